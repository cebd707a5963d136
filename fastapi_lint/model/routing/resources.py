"""Resources: which routes speak of the same thing, and which schemas show and change it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.paths import shape
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.types import strip
from fastapi_lint.model.values import Parametrized, Value, external_name


class Resource(NamedTuple):
    """A resource of an application, told by the path of its collection: ``/users`` for ``/users/{id}`` too."""

    app: App
    path: str


def resource_of(route: Route) -> Resource:
    """The resource of a route: its path up to the last name that is no action."""
    segments = list(shape(route.path).segments)
    while segments and (segments[-1].is_parameter or segments[-1].is_action):
        segments.pop()
    return Resource(route.app, "/" + "/".join("{}" if segment.is_parameter else segment.text for segment in segments))


def is_single(routes: Sequence[Route]) -> bool:
    """Whether the routes of a resource are about one thing, such as settings: it is replaced, changed or deleted at its
    own path, and no path names an item of it."""
    at_path = [route for route in routes if not shape(route.path).is_item and not shape(route.path).is_action]
    changing = {"PUT", "PATCH", "DELETE"}
    return any(changing & set(route.methods or ()) for route in at_path) and not any(
        shape(route.path).is_item for route in routes
    )


def shown_schemas(type_: Value, schemas: Schemas) -> Iterator[Schema]:
    """The schemas that a response of a type shows: those it mentions, and those that a page or another envelope of one
    lists."""
    for schema in schemas.in_type(type_):
        yield schema
        for field in schema.fields:
            if not field.excluded and _is_list(field.type):
                yield from schemas.in_type(field.type)


def taken_schemas(route: Route, schemas: Schemas) -> Iterator[tuple[RouteParameter, Schema]]:
    """The parameters of an endpoint that take one schema as the body, or as a part of it, and that schema."""
    for parameter in route.dependant.parameters:
        schema = schemas.of(strip(parameter.type)) if parameter.place == "body" else None
        if schema is not None and schema.kind == "model" and not schema.is_root:
            yield parameter, schema


def _is_list(type_: Value) -> bool:
    type_ = strip(type_)
    return isinstance(type_, Parametrized) and external_name(type_.origin).rpartition(".")[2].lower() in _LISTS


_LISTS = frozenset({"list", "sequence", "tuple", "set"})
