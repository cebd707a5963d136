"""Which schemas are the API: those that requests bring and those that responses show, at any depth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.values import Dictionary, Site, Value, certain

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Route


def input_schemas(routes: Iterable[Route], schemas: Schemas) -> dict[Schema, Route]:
    """The Pydantic models in the bodies of routes, at any depth, each with the first route that takes it."""
    found: dict[Schema, Route] = {}
    for route in routes:
        for parameter in route.parameters if route.kind == "api" else ():
            if parameter.in_body:
                _add(found, route, _models(parameter.type, schemas, written=False))
    return found


def response_schemas(routes: Iterable[Route], schemas: Schemas) -> dict[Schema, Route]:
    """The Pydantic models in the responses of routes, at any depth, each with the first route that shows it."""
    found: dict[Schema, Route] = {}
    for route in routes:
        if route.response_model is not None:
            _add(found, route, _models(route.response_model, schemas, written=True))
    return found


def documented_schemas(routes: Iterable[Route], schemas: Schemas) -> dict[Schema, Route]:
    """The Pydantic models of the additional responses of routes (``responses={404: {"model": …}}``), at any depth, each
    with the first route that documents it."""
    found: dict[Schema, Route] = {}
    for route in routes:
        for _, responses in route.arguments("responses"):
            for _, described in responses.items if isinstance(responses, Dictionary) else ():
                described = certain(described)
                model = described.get("model") if isinstance(described, Dictionary) else None
                if model is not None:
                    _add(found, route, _models(model, schemas, written=True))
    return found


class DeclaredFields(NamedTuple):
    """Fields of schemas that one class declares, in order, and the first route that has one of them."""

    owner: ClassDefinition
    fields: list[SchemaField]
    route: Route


def declared_fields(
    used: dict[Schema, Route], fields_of: Callable[[Schema], Iterable[SchemaField]]
) -> Iterator[DeclaredFields]:
    """The fields of schemas by the classes that declare them, each field once: schemas share those that they inherit.

    Args:
        used: the schemas, each with the first route that has it.
        fields_of: which of the fields of a schema are asked for.
    """
    seen: set[Site] = set()
    for schema, route in used.items():
        by_owner: dict[ClassDefinition, list[SchemaField]] = {}
        for field in fields_of(schema):
            if field.owner is not None and field.site not in seen:
                seen.add(field.site)
                by_owner.setdefault(field.owner, []).append(field)
        for owner, fields in by_owner.items():
            yield DeclaredFields(owner, fields, route)


def _models(type_: Value, schemas: Schemas, written: bool) -> Iterator[Schema]:
    for schema in schemas.in_type(type_):
        yield from (inner for inner in (schema, *schema.nested(written)) if inner.kind == "model")


def _add(found: dict[Schema, Route], route: Route, schemas: Iterator[Schema]) -> None:
    for schema in schemas:
        if schema not in found:
            found[schema] = route
