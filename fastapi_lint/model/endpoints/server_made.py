"""Fields of requests that the table behind them fills by itself: keys that it counts and times that it notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.endpoints.creation import creation
from fastapi_lint.model.knowledge.fields import TIMES
from fastapi_lint.model.orm.columns import OrmColumn
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.routing.resources import shown_schemas, taken_schemas
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.types import origin_name, strip
from fastapi_lint.model.values import external_name

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_INTEGERS = frozenset({"Integer", "BigInteger", "SmallInteger", "INTEGER", "BIGINT"})


class ServerMade(NamedTuple):
    """A field that a request may set though the table fills it: with its schema, the mapped class and the column."""

    field: SchemaField
    schema: Schema
    model: OrmModel
    column: OrmColumn


def server_made_fields(route: Route, project: Project) -> Iterator[ServerMade]:
    """The fields in the body of a route that creates an object whose columns the table, or its class, fills by itself:
    whole numbers as primary keys, and times with a default. Schemas that are the response too are left out.

    Args:
        route: any route.
        project: its project.
    """
    if "POST" not in (route.methods or ()) or not len(project.orm_models):
        return
    schemas = project.schemas
    shown = list(shown_schemas(route.response_model, schemas)) if route.response_model is not None else []
    taken = [schema for _, schema in taken_schemas(route, schemas) if schema not in shown]
    change = creation(route, project) if any(map(_candidates, taken)) else None
    model = project.orm_models.of(change.model) if change is not None else None
    for schema in taken if model is not None else ():
        for field in _candidates(schema):
            column = model.column(field.name) if model is not None else None
            if model is not None and column is not None and _fills(column):
                yield ServerMade(field, schema, model, column)


def _candidates(schema: Schema) -> list[SchemaField]:
    return [field for field in schema.fields if field.name == "id" or field.name in TIMES]


def _fills(column: OrmColumn) -> bool:
    """Whether nobody needs to say the value of a column."""
    if column.name in TIMES:
        given = (column.default, column.server_default, column.argument("onupdate"))
        return any(value is not None for value in given)
    if column.primary_key is not True or column.foreign_keys:
        return False
    type_ = external_name(column.type).removesuffix("()").rpartition(".")[2] if column.type is not None else ""
    return type_ in _INTEGERS or (
        not type_ and column.python_type is not None and origin_name(strip(column.python_type)) == "int"
    )
