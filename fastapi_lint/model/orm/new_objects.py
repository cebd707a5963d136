"""New objects in responses: which of their relationships nothing has loaded.

A collection of a new object is empty as long as nobody has stored it. Once it is flushed, an attribute that was never
looked at must be loaded like any other, which an AsyncSession cannot do at attribute access; neither a commit nor a
refresh without its name does it before
(https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.persistence import Change
from fastapi_lint.model.interpreter.bodies import GiveEvent
from fastapi_lint.model.knowledge.sqlalchemy import ASYNC_SESSIONS, LAZY_STRATEGIES
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.orm.relationships import OrmRelationship
from fastapi_lint.model.orm.responses import related_fields
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.types import strip, without_none
from fastapi_lint.model.values import Instance, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_STORING = tuple(f"{session}.{method}" for session in ASYNC_SESSIONS for method in ("commit", "flush", "refresh"))
_REFRESH = tuple(f"{session}.refresh" for session in ASYNC_SESSIONS)
_DATACLASS = "sqlalchemy.orm.MappedAsDataclass"
"""Classes whose constructor sets every collection."""


class UnloadedField(NamedTuple):
    """A field of a response that reads a collection of a new object: the return, the schema and its field, the
    relationship, and how the object was stored."""

    give: GiveEvent
    schema: Schema
    field: SchemaField
    relationship: OrmRelationship
    change: Change


def unloaded_fields(route: Route, project: Project) -> Iterator[UnloadedField]:
    """The fields of a route's response that read a collection of an object which the route itself has made and stored
    by an AsyncSession, where nothing on the way names that collection.

    Args:
        route: any route.
        project: its project.
    """
    function, response = route.function, route.response_model
    schema = project.schemas.of(without_none(strip(response))) if response is not None else None
    if function is None or schema is None or not len(project.orm_models):
        return
    returned = [(give, model) for give in project.bodies.of(function).returns if (model := _model_of(give, project))]
    read = [(give, *fields) for give, model in returned for fields in _read_of(schema, model)]
    if not read or not project.persistence.may_change(function):
        return
    reached = [callee for callee, _ in project.bodies.reachable(function)]
    if not _is_stored_plainly(reached, project):
        return
    changes = project.persistence.changes(function)
    taken = {field.name for _, schema in taken_schemas(route, project.schemas) for field in schema.fields}
    for give, field, relationship in read:
        change = _creation_of(relationship.model, changes)
        if change is not None and field.name not in taken:
            if not any(_speaks_of(relationship.name, callee) for callee in reached):
                yield UnloadedField(give, schema, field, relationship, change)


def _model_of(give: GiveEvent, project: Project) -> OrmModel | None:
    """The mapped class of the object that an endpoint returns, where no query is seen to find it."""
    options = possibilities(give.value)
    if len(options) != 1 or not isinstance(options[0], Instance) or options[0].origin is not None:
        return None
    model = project.orm_models.of(options[0])
    return None if model is None or model.cls.derives_from(_DATACLASS) else model


def _speaks_of(name: str, function: FunctionDefinition) -> bool:
    """Whether a function reads, sets, passes or quotes something of a name."""
    body = function.fact.body
    return body.may_hold(name) and any(
        (isinstance(node, ex.Attribute) and node.attr == name)
        or (isinstance(node, ex.Argument) and node.keyword == name)
        or (isinstance(node, ex.Constant) and node.value == name)
        for node in walk(body)
    )


def _is_stored_plainly(reached: list[FunctionDefinition], project: Project) -> bool:
    """Whether functions store something by an AsyncSession, and refresh nothing by the names of attributes."""
    calls = [event for function in reached for event in project.bodies.of(function).calls]
    refreshes = (event for event in calls if not set(_REFRESH).isdisjoint(event.names))
    if any(
        event.arguments.get("attribute_names", 1) is not None or not event.arguments.complete for event in refreshes
    ):
        return False
    return any(not set(_STORING).isdisjoint(event.names) for event in calls)


def _creation_of(model: OrmModel, changes: Iterable[Change]) -> Change | None:
    """How an object of a mapped class was certainly made and stored, if it is the only one, by an AsyncSession."""
    found = [change for change in changes if change.kind == "create" and change.model is model.cls]
    if len(found) != 1 or not found[0].certain:
        return None
    return found[0] if all(name.startswith(ASYNC_SESSIONS) for name in found[0].event.names) else None


def _read_of(schema: Schema, model: OrmModel) -> Iterator[tuple[SchemaField, OrmRelationship]]:
    """The fields of a schema that read collections of a mapped class, loaded when they are read."""
    if any(validator.kind in ("model_validator", "root_validator") for validator in schema.validators):
        return
    for field, relationship in related_fields(schema, model):
        if relationship.uselist is True and relationship.lazy in LAZY_STRATEGIES:
            yield field, relationship
