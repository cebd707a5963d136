"""Examples: which bodies of requests show clients what to send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.knowledge.pydantic import EXAMPLE_ARGUMENTS, SCHEMA_METHODS, SCHEMA_OPTIONS
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.values import Dictionary, is_none

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Route


def bodies_without_example(route: Route, schemas: Schemas) -> Iterator[Schema]:
    """The models in the body of a documented route that have no example: neither their configuration nor a field at any
    depth gives one, nor does the parameter or the route (``openapi_extra``).

    Silent where the document is changed by code that may add one.

    Args:
        route: any route.
        schemas: the schemas of the project.
    """
    if route.kind != "api" or not route.include_in_schema or _is_described_by_hand(route):
        return
    for parameter in route.parameters:
        if parameter.in_body and not _has_example(parameter):
            for schema in schemas.in_type(parameter.type):
                if schema.kind == "model" and not any(map(_shows_itself, (schema, *schema.nested()))):
                    yield schema


def _is_described_by_hand(route: Route) -> bool:
    """Whether a route may say itself what its body is in the document."""
    extra = route.argument("openapi_extra")
    if isinstance(extra, Dictionary) and extra.complete:
        return extra.get("requestBody") is not None
    return extra is not None and not is_none(extra)


def _has_example(parameter: RouteParameter) -> bool:
    """Whether the declaration of a parameter may give an example."""
    arguments = parameter.marker.arguments if parameter.marker is not None else None
    return arguments is not None and (not arguments.complete or bool(EXAMPLE_ARGUMENTS & arguments.keywords.keys()))


def _shows_itself(schema: Schema) -> bool:
    """Whether a schema, or one of its fields, may give an example."""
    if SCHEMA_OPTIONS & schema.config.keys() or any(schema.cls.find(name) is not None for name in SCHEMA_METHODS):
        return True
    return any(map(_is_shown, schema.fields))


def _is_shown(field: SchemaField) -> bool:
    return any(
        not call.arguments.complete or EXAMPLE_ARGUMENTS & call.arguments.keywords.keys() for call in field.calls
    )
