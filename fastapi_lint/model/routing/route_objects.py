"""``router.routes``: the list of route objects that code may read and change after routes were registered.

Up to FastAPI 0.136 it holds copies of what was included; later releases keep a reference to the included router, in
which code that looks for ``APIRoute`` objects finds nothing (verified by running 0.136 and 0.137).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Condition,
    External,
    ExternalResult,
    Literal,
    Unknown,
    Value,
    certain,
)

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routers import Router, RouteRegistration
    from fastapi_lint.model.routing.routes import Route

INCLUDED_ROUTER = External("fastapi.routing._IncludedRouter")
"""What stands in the list for an included router from FastAPI 0.137 on."""
ROUTE_CLASSES = {
    "api": ("fastapi.routing.APIRoute", "starlette.routing.Route", "starlette.routing.BaseRoute"),
    "websocket": (
        "fastapi.routing.APIWebSocketRoute",
        "starlette.routing.WebSocketRoute",
        "starlette.routing.BaseRoute",
    ),
}
"""The classes of a route object by the kind of its route."""
_CONVERTOR = re.compile(r":\w+(?=})")


@dataclass(slots=True, eq=False)
class RouteObject(Value):
    """An element of ``router.routes``."""

    router: Router
    route: Route

    def attribute(self, name: str) -> Value:
        """``route.name``."""
        changed = self.route.changes.get(name)
        if changed is not None:
            return changed
        known = _ATTRIBUTES.get(name)
        if known is not None:
            return known(self.route)
        if name in _GIVEN:
            return self.route.argument(name) or Literal(None)
        return Unknown(f"the attribute {name!r} of a route")

    def registered(self, order: int, conditions: tuple[Condition, ...]) -> RouteRegistration:
        """The route as another router has it that is given this object."""
        return replace(
            self.route.registration,
            order=order,
            conditions=(*conditions, *self.route.conditions),
            own=None,
            path=self.attribute("path"),
            endpoint=self.attribute("endpoint"),
            levels=self.route.levels[:-1],
        )

    def change(self, name: str, value: Value) -> None:
        """``route.name = value``."""
        self.router.changed.setdefault(self.route.trail, {})[name] = value
        self.route.changes = {**self.route.changes, name: value}


@dataclass(slots=True, eq=False)
class RouteList(Collection):
    """``router.routes``: reading it is as with any list, taking something out of it changes what the router serves."""

    router: Router | None = None

    def drop(self, dropped: Sequence[Value], conditions: tuple[Condition, ...]) -> None:
        """Takes elements out; ``conditions`` are those under which that happens."""
        assert self.router is not None
        trails = {item.route.trail for item in map(certain, dropped) if isinstance(item, RouteObject)}
        self.router.dropped.update(dict.fromkeys(trails, conditions))
        if not conditions:
            self.items = [item for item in self.items if not _is_one_of(certain(item), trails)]

    def keep(self, kept: Sequence[Value], conditions: tuple[Condition, ...]) -> None:
        """Takes all elements out but some."""
        trails = {item.route.trail for item in map(certain, kept) if isinstance(item, RouteObject)}
        self.drop([item for item in self.items if not _is_one_of(certain(item), trails)], conditions)


def _is_one_of(item: Value, trails: set[tuple[int, ...]]) -> bool:
    return isinstance(item, RouteObject) and item.route.trail in trails


def is_route_of(value: RouteObject, cls: Value) -> bool | None:
    """``isinstance(value, cls)``; None for a class that may be derived from FastAPI's."""
    name = cls.name if isinstance(cls, External) else ""
    if name in ROUTE_CLASSES.get(value.route.kind, ()):
        return True
    return None if isinstance(cls, ClassDefinition) else False


def _path(route: Route) -> Value:
    return Literal(route.path[len(route.mount) :])


def _path_format(route: Route) -> Value:
    return Literal(_CONVERTOR.sub("", route.path[len(route.mount) :]))


def _methods(route: Route) -> Value:
    return Collection("set", [Literal(method) for method in route.methods or ()])


def _name(route: Route) -> Value:
    given = route.argument("name")
    if isinstance(given, Literal) and given.value:
        return given
    if isinstance(route.endpoint, FunctionDefinition):
        return Literal(route.endpoint.innermost.name)
    return Unknown("the name of a route")


def _unique_id(route: Route) -> Value:
    """As ``fastapi.utils.generate_unique_id`` makes it."""
    name = _name(route)
    if route.operation_id is not None:
        return Literal(route.operation_id)
    if not isinstance(name, Literal) or not route.methods or route.arguments("generate_unique_id_function"):
        return Unknown("the unique id of a route")
    word = re.sub(r"\W", "_", f"{name.value}{_path_format(route).value}")  # type: ignore[attr-defined]
    return Literal(f"{word}_{route.methods[0].lower()}")


def _dependencies(route: Route) -> Value:
    lists = [value for _, value in route.arguments("dependencies") if isinstance(value, Collection)]
    return Collection("list", [item for value in lists for item in value.items], all(value.complete for value in lists))


_ATTRIBUTES: dict[str, Callable[[Route], Value]] = {
    "path": _path,
    "path_format": _path_format,
    "endpoint": lambda route: route.endpoint,
    "methods": _methods,
    "name": _name,
    "unique_id": _unique_id,
    "tags": lambda route: Collection("list", [Literal(tag) for tag in route.tags]),
    "include_in_schema": lambda route: Literal(route.include_in_schema),
    "deprecated": lambda route: Literal(route.deprecated or None),
    "status_code": lambda route: Literal(route.status_code),
    "operation_id": lambda route: Literal(route.operation_id),
    "response_model": lambda route: route.response_model or Literal(None),
    "dependencies": _dependencies,
}
_GIVEN = frozenset(
    """summary description response_description responses response_class callbacks openapi_extra response_model_include
    response_model_exclude response_model_by_alias response_model_exclude_unset response_model_exclude_defaults
    response_model_exclude_none""".split()
)
"""Attributes that are what the route was given."""


def included_router() -> Value:
    """The element that stands for an included router in a release that keeps a reference to it."""
    return ExternalResult(INCLUDED_ROUTER, Arguments())
