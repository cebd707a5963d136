"""Schemas that read mapped objects: which relationships they read that the query did not load.

FastAPI validates what an endpoint returns by the response model, which reads the fields as attributes of the object;
``model_validate`` and ``from_orm`` do so, too. A relationship that is not loaded is loaded then, one statement for each
object, or, under an AsyncSession, not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import is_name, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Body, GiveEvent
from fastapi_lint.model.orm.loading import LazyRead, comes_back
from fastapi_lint.model.orm.models import OrmModel, OrmRelationship
from fastapi_lint.model.orm.queries import QueryOrigin
from fastapi_lint.model.schemas.config import Validator
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.types import element, members, strip, without_none
from fastapi_lint.model.values import (
    Collection,
    Dictionary,
    External,
    Instance,
    Literal,
    Value,
    is_none,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route
    from fastapi_lint.model.schemas.fields import SchemaField

VALIDATING = ("model_validate", "from_orm")
"""Class methods of models that read the attributes of an object."""
MAX_DEPTH = 4
"""Schemas in schemas are looked into so far."""


@dataclass(slots=True, frozen=True, eq=False)
class LazyField:
    """A field of a response that reads a relationship which is not loaded.

    Attributes:
        give: the return of the endpoint.
        schema: the schema that has the field.
        field: the field.
        relationship: what it reads.
        origin: where the object comes from that has the relationship.
    """

    give: GiveEvent
    schema: Schema
    field: SchemaField
    relationship: OrmRelationship
    origin: QueryOrigin

    @property
    def is_parent_of_parts(self) -> bool:
        """Whether it is the one parent of objects that belong to another one themselves: many of those often share it,
        and a session loads it once."""
        return bool(self.origin.path) and self.relationship.uselist is False


def lazy_fields(route: Route, project: Project) -> Iterator[LazyField]:
    """The fields of a route's response that read a relationship which the query does not load: for each of several
    objects, or of an AsyncSession. Relationships that the endpoint reads itself are loaded by then, and parents that
    parts of an object share are loaded once."""
    if route.function is None or route.response_model is None or not len(project.orm_models):
        return
    body = project.bodies.of(route.function)
    seen: set[tuple[OrmRelationship, str]] = set()
    for give in body.returns:
        for schema, field, relationship, origin in _Reader(project).read(give.value, route.response_model, 0):
            found = LazyField(give, schema, field, relationship, origin)
            if not origin.is_async and (not origin.several or found.is_parent_of_parts):
                continue
            if _is_touched(relationship, body):
                continue
            if (relationship, schema.name) not in seen:
                seen.add((relationship, schema.name))
                yield found


def lazy_validations(function: FunctionDefinition, project: Project) -> Iterator[LazyRead]:
    """The relationships that schemas read which a function makes of each item of a loop."""
    body = function.fact.body
    if not len(project.orm_models) or not body.may_hold("@for", "@comprehension") or not body.may_hold(*VALIDATING):
        return
    for event in project.bodies.of(function).calls:
        loops = [context.node for context in event.context]
        for callee in possibilities(event.callee) if loops and event.arguments.positional else ():
            if not isinstance(callee, External) or callee.name.rpartition(".")[2] not in VALIDATING:
                continue
            for schema, field, relationship, origin in _Reader(project).read(
                event.arguments.positional[0], callee.receiver, 0
            ):
                if origin.loop in loops:
                    reader = Related(f"{schema.name} reads it by this field", field.location)
                    yield LazyRead(event, relationship, origin, reader)


Read = tuple[Schema, "SchemaField", OrmRelationship, QueryOrigin]


class _Reader:
    """Reads values as response models do."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def read(self, value: Value, type_: Value, depth: int) -> Iterator[Read]:
        """The lazy relationships that validating a value by a type reads; nothing where several types may fit."""
        kinds = members(without_none(strip(type_)))
        if len(kinds) != 1 or depth > MAX_DEPTH:
            return
        for option in possibilities(value):
            if isinstance(option, Collection):
                inner = element(kinds[0])
                for item in (*option.items, option.element) if inner is not None else ():
                    if item is not None:
                        yield from self.read(item, inner, depth)
            elif (schema := self._project.schemas.of(kinds[0])) is not None and schema.kind == "model":
                yield from self._read_by(option, schema, depth)

    def _read_by(self, value: Value, schema: Schema, depth: int) -> Iterator[Read]:
        """What a schema reads of one value: an object of the database, a dict or an object of its own class."""
        if not all(map(_keeps_data, schema.validators)):
            return
        origin = value.origin if isinstance(value, Instance) else None
        if isinstance(value, Instance) and isinstance(origin, QueryOrigin):
            yield from self._read_mapped(value, origin, schema, depth)
            return
        for field in schema.fields:
            held = value.attributes.get(field.name) if isinstance(value, Instance) else None
            if isinstance(value, Dictionary):
                held = value.get(field.name)
            if held is not None:
                yield from self.read(held, field.type, depth + 1)

    def _read_mapped(self, value: Instance, origin: QueryOrigin, schema: Schema, depth: int) -> Iterator[Read]:
        model = self._project.orm_models.of(value)
        for field, relationship in related_fields(schema, model) if model is not None else ():
            if field.name in value.attributes or comes_back(origin, relationship):
                continue
            is_lazy = self._project.loading.is_lazy(origin, relationship)
            if is_lazy:
                if not self._project.loading.is_shared(origin, relationship):
                    yield schema, field, relationship, origin
            elif is_lazy is False:
                related = self._project.interpreter.queries.related(value, field.name)
                if related is not None:
                    yield from self.read(related, field.type, depth + 1)


def related_fields(schema: Schema, model: OrmModel) -> Iterator[tuple[SchemaField, OrmRelationship]]:
    """The fields of a schema that read relationships of a mapped class, those apart that have another name or a
    validator.

    Args:
        schema: what reads.
        model: whose object is read.
    """
    validated = {name for validator in schema.validators for name in validator.fields}
    for field in schema.fields:
        relationship = model.relationship(field.name)
        if relationship is not None and field.alias in (None, field.name) and field.name not in validated:
            yield field, relationship


def _keeps_data(validator: Validator) -> bool:
    """Whether a validator of a whole model, if it is one, leaves what the fields are read from: it runs after that, or
    gives back what it was given."""
    if validator.kind not in ("model_validator", "root_validator") or validator.mode == "after":
        return True
    parameters = [parameter.name for parameter in validator.function.fact.parameters[1:2]]
    inner = list(within(validator.function.fact.body.statements))
    returns = [node for node in inner if isinstance(node, st.Return)]
    targets = [target for node in inner if isinstance(node, st.Assign) for target in node.targets]
    if validator.mode != "before" or not returns or any(is_name(target, *parameters) for target in targets):
        return False
    return all(is_name(node.value, *parameters) for node in returns)


def _is_touched(relationship: OrmRelationship, body: Body) -> bool:
    """Whether a function reads or assigns a relationship itself, or names it when it refreshes an object."""
    name = relationship.name
    touched = (event.node for event in (*body.reads, *body.stores))
    if any(isinstance(node, ex.Attribute) and node.attr == name for node in touched):
        return True
    refreshes = (event for event in body.calls if any(called.endswith(".refresh") for called in event.names))
    return any(_names(event.arguments.get("attribute_names", 1), name) for event in refreshes)


def _names(value: Value | None, name: str) -> bool:
    """Whether a value is a list of names with this one, or may be."""
    if value is None or is_none(value):
        return False
    return not isinstance(value, Collection) or any(isinstance(i, Literal) and i.value == name for i in value.items)
