"""What FastAPI makes of dependencies, parameters and types, and what the model does, in one comparable form."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from enum import Enum
from types import UnionType
from typing import Annotated, Any, ForwardRef, Literal, Union, get_args, get_origin

from fastapi.dependencies.models import Dependant as RealDependant
from fastapi.dependencies.utils import get_dependant
from fastapi.params import Cookie, Form, Header, Query
from fastapi.security.base import SecurityBase
from pydantic import BaseModel

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
        "call": without_place(real_name(dependant.call)),
        "name": dependant.name,
        "parameters": sorted(_real_parameter(field) for field in fields),
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
        "call": without_place(dependant.qualified_name),
        "name": dependant.name,
        "parameters": sorted(_parameter(parameter) for parameter in dependant.parameters),
        "injected": sorted(parameter.name for parameter in dependant.injected),
        "scopes": sorted(set(dependant.scopes)),
        "use_cache": dependant.use_cache,
        "scope": dependant.scope,
        "scheme": scheme_class(dependant.call),
        "dependencies": [describe(below) for below in dependant.dependencies],
    }


def without_place(name: str) -> str:
    """The name of a function; where an anonymous one stands is left out."""
    return re.sub(r"[\w.<>]*<lambda>", "<lambda>", name)


def _parameter(parameter: RouteParameter) -> tuple[Any, ...]:
    model = parameter.model is not None
    return parameter.place, parameter.name, parameter.wire_name, parameter.required, parameter.type_text, model


def _real_parameter(field: Any) -> tuple[Any, ...]:
    info = field.field_info
    place, wire_name = type(info).__name__.lower(), info.validation_alias or field.alias
    return place, field.name, wire_name, info.is_required(), real_type(info.annotation), _is_model(info)


def _is_model(info: Any) -> bool:
    """Whether the fields of a model are what a parameter has on the wire."""
    annotation = info.annotation
    if isinstance(info, (Query, Header, Cookie)) and get_origin(annotation) in (Union, UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        annotation = members[0] if len(members) == 1 else annotation
    carried = isinstance(info, (Query, Header, Cookie, Form))
    return carried and isinstance(annotation, type) and issubclass(annotation, BaseModel)


def real_type(annotation: Any) -> str:
    """The text of a type, as the model renders it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return real_type(arguments[0])
    if origin in (Union, UnionType):
        return " | ".join(map(real_type, arguments))
    if type(annotation).__name__ == "TypeAliasType":
        return real_type(annotation.__value__)
    if origin is Literal:
        return f"typing.Literal[{', '.join(map(_literal, arguments))}]"
    generic = getattr(annotation, "__pydantic_generic_metadata__", None) or {}
    if generic.get("origin") is not None:
        origin, arguments = generic["origin"], generic["args"]
    if origin is not None:
        return f"{real_type(origin)}[{', '.join(map(real_type, arguments))}]"
    if annotation is None or annotation is type(None):
        return "None"
    if annotation is Ellipsis:
        return "Ellipsis"
    assert not isinstance(annotation, (str, ForwardRef)), f"{annotation!r} is not resolved"
    name = getattr(annotation, "__qualname__", None) or annotation.__name__
    module = annotation.__module__
    if module.partition(".")[0] in ("pydantic", "fastapi"):
        return f"{module.partition('.')[0]}.{name}"
    if type(annotation).__name__ in ("TypeVar", "NewType"):
        return f"~{name}" if type(annotation).__name__ == "TypeVar" else name
    return name if module == "builtins" else f"{module}.{name}"


def _literal(value: Any) -> str:
    return f"{type(value).__name__}.{value.name}" if isinstance(value, Enum) else repr(value)


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
