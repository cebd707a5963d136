"""Lists: which routes answer with all that a query gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.endpoints.answers import Answer, success_answers
from fastapi_lint.model.endpoints.page_sizes import is_position, is_size
from fastapi_lint.model.knowledge.sqlalchemy import BOUNDING_METHODS
from fastapi_lint.model.orm.queries import QueryOrigin, statements
from fastapi_lint.model.routing.paths import shape
from fastapi_lint.model.values import Collection, Instance, Value, possibilities
from fastapi_lint.text.location import Location

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route


@dataclass(frozen=True, slots=True)
class Listing:
    """What a route lists: objects of a mapped class, the answer that gives them, and where the query is sent."""

    model: ClassDefinition
    answer: Answer
    query: Location | None


def unpaginated(route: Route, project: Project) -> Listing | None:
    """What a route lists as a whole: it answers with everything that a query gives, and no parameter asks for a part.

    None too for what belongs to one parent (``/users/{id}/roles``) and where a query parameter is required, which
    chooses what is listed.
    """
    segments = shape(route.path).segments
    if route.methods != ("GET",) or (len(segments) > 1 and segments[-2].is_parameter) or shape(route.path).is_item:
        return None
    for parameter in route.parameters:
        if parameter.place == "unknown" or is_size(parameter.name) or is_position(parameter.name):
            return None
        if parameter.place == "query" and (parameter.required is not False or parameter.model is not None):
            return None
    for answer in success_answers(route, project):
        if (origin := _queried(answer.value)) is None or origin[1].path or not origin[1].several:
            continue
        sent = statements(origin[1].query)
        calls = {call.callee.name.rpartition(".")[2] for statement in sent or () for call in statement.calls}
        if sent is not None and not calls & BOUNDING_METHODS:
            site = origin[1].query.site
            return Listing(origin[0], answer, site.location if site is not None else None)
    return None


def _queried(value: Value) -> tuple[ClassDefinition, QueryOrigin] | None:
    """The class of the objects in a list, and the query that they come from."""
    for option in possibilities(value):
        if isinstance(option, Collection) and not option.items:
            for item in possibilities(option.element):
                if isinstance(item, Instance) and isinstance(item.origin, QueryOrigin):
                    return item.cls, item.origin
    return None


def may_grow(model: ClassDefinition, project: Project) -> bool:
    """Whether requests add objects of a mapped class, so that a list of them has no end; also where a project has no
    route at all that might, so that something else must fill its tables."""
    writing = [
        route.function
        for route in project.registered_routes
        if route.function is not None and {"POST", "PUT"} & set(route.methods or ())
    ]
    changes = (change for function in writing for change in project.persistence.changes(function))
    return not writing or any(change.kind == "create" and change.model is model for change in changes)
