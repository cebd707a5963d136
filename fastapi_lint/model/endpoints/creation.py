"""What a route creates, among all that it stores: the new object that a request is about; and whether it deletes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.endpoints.answers import answers_of, sets_status, success_answers
from fastapi_lint.model.endpoints.persistence import Change
from fastapi_lint.model.knowledge.paths import CREATING_VERBS
from fastapi_lint.model.routing.paths import shape, split_words, stem
from fastapi_lint.model.schemas.schemas import mentions
from fastapi_lint.model.structure.state import kept_data
from fastapi_lint.model.values import Arguments, Instance, Parametrized, Site, Value

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route


def creation(route: Route, project: Project) -> Change | None:
    """The change by which a route certainly creates the resource that it is about, or None.

    None too where the route names an action, and where it may answer with a status of its own.
    """
    function = route.function
    if function is None or not _may_create(route, project):
        return None
    changes = project.persistence.changes_of_request(function, _made_by_fastapi(route))
    created = [change for change in changes if change.kind == "create" and change.certain]
    if not created or sets_status(route, project):
        return None
    created.sort(key=lambda change: len(change.chain))
    named = [change for change in created if change.model is not None and _is_about(route, change.model, project)]
    if named:
        return named[0]
    unnamed = [change for change in created if change.model is None]
    return unnamed[0] if unnamed and split_words(function.name)[:1] in _CREATING else None


def kept_item(route: Route, project: Project) -> tuple[str, Site] | None:
    """The container of a module in which a route certainly keeps a new item, as examples and prototypes do, and where;
    None too where the route does not say by its name that it creates."""
    function = route.function
    if function is None or split_words(function.name)[:1] not in _CREATING or not _may_create(route, project):
        return None
    for name, site in kept_data(function, project.interpreter):
        if _always_reaches(function.fact.body, site.start) and not sets_status(route, project):
            return name, site
    return None


def _may_create(route: Route, project: Project) -> bool:
    """Whether a route names no action and answers with a status that the route has."""
    if shape(route.path).is_action:
        return False
    kinds = {answer.kind for answer in success_answers(route, project)}
    return bool(kinds) and "response" not in kinds


def _always_reaches(statements: Iterable[st.Statement], start: int) -> bool:
    """Whether what begins at a place is a statement of its own among others, which none before it leaves by
    ``return``."""
    for statement in statements:
        if statement.start == start:
            return True
        if isinstance(statement, st.With) and statement.start < start < statement.end:
            return _always_reaches(statement.body, start)
        if contains([statement], _RETURN):
            return False
    return False


def deletes(route: Route, project: Project) -> bool:
    """Whether a route is seen to delete something before it answers."""
    return route.function is not None and any(
        change.kind == "delete" for change in project.persistence.changes(route.function)
    )


def _made_by_fastapi(route: Route) -> dict[str, Value]:
    """The parameters of the endpoint that FastAPI makes of the request's body, by name, each a new object."""
    bodies = [parameter for parameter in route.dependant.parameters if parameter.place == "body"]
    return {
        parameter.name: Instance(parameter.type, arguments=Arguments(complete=False))
        for parameter in bodies
        if isinstance(parameter.type, ClassDefinition)
    }


def _is_about(route: Route, model: ClassDefinition, project: Project) -> bool:
    """Whether a route is about objects of a class: its path, function or response names it, or it returns one."""
    own = _stems(model.name) - _GENERIC
    function = split_words(route.function.name) if route.function is not None else ()
    subjects = [
        _stems(*words) - CREATING_VERBS for words in (shape(route.path).resource_words, function, function[-1:])
    ]
    if any(subject and (subject <= own or own <= subject) for subject in subjects if own):
        return True
    for mention in mentions(route.response_model) if route.response_model is not None else ():
        cls = mention.origin if isinstance(mention, Parametrized) else mention
        if isinstance(cls, ClassDefinition) and own and own <= _stems(cls.name):
            return True
    returned = (answer.value for answer in answers_of(route, project))
    return any(isinstance(value, Instance) and value.cls is model for value in returned)


def _stems(*names: str) -> frozenset[str]:
    return frozenset(stem(word) for name in names for word in split_words(name))


_RETURN = frozenset({st.Return})
_CREATING = frozenset((verb,) for verb in CREATING_VERBS)
_GENERIC = frozenset({"model", "db", "orm", "table", "entity", "document", "record", "base", "sql"})
"""Words in the names of mapped classes that say nothing of what they are."""
