"""The routes that FastAPI serves and those that the model has, in one comparable form."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, APIWebSocketRoute, iter_route_contexts
from linking import project_of
from oracle import describe, describe_real, real_name, real_type, without_place
from running import imported
from starlette.routing import Mount

from fastapi_lint.model.dependencies.dependants import qualified_name
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import render
from fastapi_lint.model.values import Literal, Unknown

Described = dict[str, Any]


def assert_like_fastapi(
    sources: Mapping[str, str] | str, folder: Path, app: str = "main:app", start: bool = False
) -> Project:
    """Builds an application twice; its routes, middlewares and exception handlers must be the same, in the same order.
    Returns the project.

    Args:
        sources: texts by path, or that of ``main.py``.
        folder: where to write them.
        app: ``module:variable``, or ``module:function()`` for a factory.
        start: whether the application is started too.
    """
    texts = {"main.py": sources} if isinstance(sources, str) else sources
    project = project_of(texts)
    module, _, name = app.partition(":")
    with imported(texts, folder, entry=module) as modules:
        real = getattr(modules[module], name.removesuffix("()"))
        real = real() if name.endswith("()") else real
        if start:
            asyncio.run(_started(real))
        theirs = real_app(real)
    named = [known for known in project.apps if known.name == app.removesuffix("()")]
    own = named[0] if named else next(known for known in project.apps if not known.mounted)
    for part, items in describe_app(own).items():
        ours = [{key: value for key, value in item.items() if key != "conditional"} for item in items]
        assert ours == theirs[part], "\n".join([part, *_differences(ours, theirs[part])])
    return project


def real_app(app: FastAPI) -> dict[str, list[Described]]:
    """An application of FastAPI: its routes, and what surrounds them, in the order of registration."""
    middlewares = [_real_middleware(middleware) for middleware in reversed(app.user_middleware)]
    handlers = [
        {"for": key if isinstance(key, int) else real_name(key), "call": real_name(handler)}
        for key, handler in app.exception_handlers.items()
        if not handler.__module__.startswith("fastapi.")
    ]
    return {"routes": list(real_routes(app)), "middlewares": middlewares, "handlers": handlers}


def _real_middleware(middleware: Any) -> Described:
    return {"call": real_name(middleware.kwargs.get("dispatch", middleware.cls))}


def describe_app(app: App) -> dict[str, list[Described]]:
    """An application of the model. What exists under a condition only says so."""
    routes = [describe_route(route) | _condition(route.conditional) for route in app.routes]
    middlewares = [
        {"call": qualified_name(middleware.handler)} | _condition(bool(middleware.conditions))
        for middleware in app.middlewares
    ]
    handlers: dict[Any, Described] = {}
    for handler in app.exception_handlers:
        given = handler.arguments.get("exc_class_or_status_code", 0) or Unknown("nothing")
        name = given.value if isinstance(given, Literal) else qualified_name(given)
        described = {"for": name, "call": qualified_name(handler.handler)}
        handlers[name if isinstance(given, Literal) else given] = described | _condition(bool(handler.conditions))
    return {"routes": routes, "middlewares": middlewares, "handlers": list(handlers.values())}


def _condition(conditional: bool) -> Described:
    return {"conditional": True} if conditional else {}


def _differences(ours: list[Described], theirs: list[Described]) -> Iterator[str]:
    """What the model has and FastAPI has not, and the other way round, in order."""
    yield from (f"model:   {route}" for route in ours if route not in theirs)
    yield from (f"FastAPI: {route}" for route in theirs if route not in ours)
    if len(ours) == len(theirs) and all(route in theirs for route in ours):
        yield f"another order: {ours}, but {theirs}"


async def _started(app: FastAPI) -> None:
    async with app.router.lifespan_context(app):
        pass


def real_routes(app: Any, mount: str = "") -> Iterator[Described]:
    """The routes of an application or router, those of mounted ones included."""
    for route in iter_route_contexts(app.routes):
        original = route.original_route
        if isinstance(original, (APIRoute, APIWebSocketRoute)):
            yield _real_route(route, mount, isinstance(original, APIRoute))
        elif isinstance(original, Mount) and hasattr(original.app, "routes"):
            yield from real_routes(original.app, mount + str(route.path))


def _real_route(route: Any, mount: str, is_http: bool) -> Described:
    described: Described = {
        "kind": "api" if is_http else "websocket",
        "methods": tuple(sorted(route.methods)) if is_http else None,
        "path": mount + route.path,
        "endpoint": _real_endpoint(route.endpoint),
        "dependant": _without_call(describe_real(route.dependant)),
        "dependencies": _real_dependencies(route.dependant, [], []),
    }
    if is_http:
        described |= {
            "tags": tuple(dict.fromkeys(str(getattr(tag, "value", tag)) for tag in route.tags)),
            "status_code": int(route.status_code) if route.status_code is not None else None,
            "response_model": real_type(route.response_model) if route.response_model else None,
            "include_in_schema": bool(route.include_in_schema),
            "deprecated": bool(route.deprecated),
            "operation_id": route.operation_id,
        }
    return described


def _without_call(described: Described) -> Described:
    """What describes an endpoint's dependant: the endpoint itself is described more closely elsewhere."""
    return {key: value for key, value in described.items() if key not in ("call", "scope", "use_cache", "scheme")}


def _real_endpoint(endpoint: Any) -> str:
    """The innermost function of an endpoint, with the line of its first decorator."""
    while isinstance(endpoint, functools.partial):
        endpoint = endpoint.func
    function = inspect.unwrap(endpoint)
    if not inspect.isroutine(function):
        function = inspect.unwrap(type(function).__call__)
    return without_place(f"{function.__module__}.{function.__qualname__}:{function.__code__.co_firstlineno}")


def _real_dependencies(dependant: Any, seen: list[Any], names: list[str]) -> list[str]:
    """The dependencies in the order in which they are solved, each callable once."""
    for below in dependant.dependencies:
        if below.call not in seen:
            seen.append(below.call)
            _real_dependencies(below, seen, names)
            names.append(without_place(real_name(below.call)))
    return names


def _endpoint(route: Route) -> str | None:
    function = route.function
    return without_place(f"{function.qualified_name}:{function.line}") if function is not None else None


def describe_route(route: Route) -> Described:
    """A route of the model."""
    described: Described = {
        "kind": route.kind,
        "methods": route.methods,
        "path": route.path,
        "endpoint": _endpoint(route),
        "dependant": _without_call(describe(route.dependant)),
        "dependencies": [without_place(below.qualified_name) for below in route.dependencies],
    }
    if route.kind == "api":
        described |= {
            "tags": route.tags,
            "status_code": route.status_code,
            "response_model": render(route.response_model) if route.response_model is not None else None,
            "include_in_schema": route.include_in_schema,
            "deprecated": route.deprecated,
            "operation_id": route.operation_id,
        }
    return described
