"""Which schemas are the API: those that requests bring and those that responses show, at any depth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.values import Value

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


def _models(type_: Value, schemas: Schemas, written: bool) -> Iterator[Schema]:
    for schema in schemas.in_type(type_):
        yield from (inner for inner in (schema, *schema.nested(written)) if inner.kind == "model")


def _add(found: dict[Schema, Route], route: Route, schemas: Iterator[Schema]) -> None:
    for schema in schemas:
        if schema not in found:
            found[schema] = route
