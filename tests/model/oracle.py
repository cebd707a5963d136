"""What FastAPI makes of dependencies and parameters, and what the model makes of them, in one comparable form."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from fastapi.dependencies.models import Dependant as RealDependant
from fastapi.dependencies.utils import get_dependant
from fastapi.security.base import SecurityBase

from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.security.authentication import scheme_class

INJECTED = ("request", "websocket", "http_connection", "response", "background_tasks", "security_scopes")
Described = dict[str, Any]


def real_dependant(call: Callable[..., Any], path: str) -> RealDependant:
    """FastAPI's dependant of a callable."""
    return get_dependant(path=path, call=call)


def describe_real(dependant: RealDependant) -> Described:
    """A dependant of FastAPI."""
    fields = [
        field
        for place in ("path", "query", "header", "cookie", "body")
        for field in getattr(dependant, f"{place}_params")
    ]
    return {
        "call": real_name(dependant.call),
        "name": dependant.name,
        "parameters": sorted(
            (type(field.field_info).__name__.lower(), field.name, field.alias, field.field_info.is_required())
            for field in fields
        ),
        "injected": sorted(name for kind in INJECTED if (name := getattr(dependant, f"{kind}_param_name")) is not None),
        "scopes": sorted(set(dependant.own_oauth_scopes or [])),
        "use_cache": dependant.use_cache,
        "scope": dependant.scope,
        "scheme": _real_scheme(dependant.call),
        "dependencies": [describe_real(below) for below in dependant.dependencies],
    }


def describe(dependant: Dependant) -> Described:
    """A dependant of the model."""
    return {
        "call": dependant.qualified_name,
        "name": dependant.name,
        "parameters": sorted(_parameter(parameter) for parameter in dependant.parameters),
        "injected": sorted(parameter.name for parameter in dependant.injected),
        "scopes": sorted(set(dependant.scopes)),
        "use_cache": dependant.use_cache,
        "scope": dependant.scope,
        "scheme": scheme_class(dependant.call),
        "dependencies": [describe(below) for below in dependant.dependencies],
    }


def _parameter(parameter: RouteParameter) -> tuple[str, str, str, bool | None]:
    return parameter.place, parameter.name, parameter.alias, parameter.required


def _unwrapped(call: Any) -> Any:
    while isinstance(call, functools.partial):
        call = call.func
    return inspect.unwrap(call)


def _real_scheme(call: Any) -> str | None:
    unwrapped = _unwrapped(call)
    return type(unwrapped).__name__ if isinstance(unwrapped, SecurityBase) else None


def real_name(call: Any) -> str:
    if isinstance(call, functools.partial):
        return f"partial({real_name(call.func)})"
    if inspect.ismethod(call):
        owner = call.__self__ if isinstance(call.__self__, type) else type(call.__self__)
        return f"{owner.__module__}.{owner.__qualname__}.{call.__name__}"
    if not hasattr(call, "__qualname__"):
        call = type(call)
    if issubclass(call, SecurityBase) if isinstance(call, type) else False:
        return f"fastapi.security.{call.__qualname__}" if call.__module__.startswith("fastapi.") else _dotted(call)
    return _dotted(call)


def _dotted(thing: Any) -> str:
    module = "fastapi.security" if thing.__module__.startswith("fastapi.security") else thing.__module__
    return f"{module}.{thing.__qualname__}"
