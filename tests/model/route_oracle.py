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
from oracle import real_name
from running import imported
from starlette.routing import Mount

from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route

Described = dict[str, Any]


def assert_like_fastapi(
    sources: Mapping[str, str] | str, folder: Path, app: str = "main:app", start: bool = False
) -> Project:
    """Builds an application twice; its routes must be the same, in the same order. Returns the project.

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
        theirs = list(real_routes(real))
    named = [known for known in project.apps if known.name == app.removesuffix("()")]
    own = named[0] if named else next(known for known in project.apps if not known.mounted)
    ours = [describe_route(route) for route in own.routes]
    assert ours == theirs, "\n".join(_differences(ours, theirs))
    return project


def _differences(ours: list[Described], theirs: list[Described]) -> Iterator[str]:
    """What the model has and FastAPI has not, and the other way round, in order."""
    yield from (f"model:   {route}" for route in ours if route not in theirs)
    yield from (f"FastAPI: {route}" for route in theirs if route not in ours)
    if len(ours) == len(theirs) and all(route in theirs for route in ours):
        yield f"another order: {[route['path'] for route in ours]}, but {[route['path'] for route in theirs]}"


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
        "methods": tuple(sorted(route.methods)) if is_http else None,
        "path": mount + route.path,
        "endpoint": real_name(_innermost(route.endpoint)),
        "dependencies": list(dict.fromkeys(_real_dependencies(route.dependant))),
    }
    if is_http:
        described |= {
            "tags": tuple(dict.fromkeys(str(getattr(tag, "value", tag)) for tag in route.tags)),
            "status_code": int(route.status_code) if route.status_code is not None else None,
            "include_in_schema": bool(route.include_in_schema),
            "deprecated": bool(route.deprecated),
            "operation_id": route.operation_id,
        }
    return described


def _innermost(endpoint: Any) -> Any:
    while isinstance(endpoint, functools.partial):
        endpoint = endpoint.func
    return inspect.unwrap(endpoint)


def _real_dependencies(dependant: Any) -> Iterator[str]:
    for below in dependant.dependencies:
        yield from _real_dependencies(below)
        yield real_name(below.call)


def describe_route(route: Route) -> Described:
    """A route of the model."""
    described: Described = {
        "methods": route.methods,
        "path": route.path,
        "endpoint": route.function.qualified_name if route.function is not None else None,
        "dependencies": list(dict.fromkeys(below.qualified_name for below in route.dependencies)),
    }
    if route.kind == "api":
        described |= {
            "tags": route.tags,
            "status_code": route.status_code,
            "include_in_schema": route.include_in_schema,
            "deprecated": route.deprecated,
            "operation_id": route.operation_id,
        }
    return described
