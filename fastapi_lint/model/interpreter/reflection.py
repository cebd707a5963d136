"""Builtins that ask values what they are: ``isinstance``, ``hasattr``, ``vars`` and their kin."""

from __future__ import annotations

import builtins
import sys

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.packages import FRAMEWORKS
from fastapi_lint.model.knowledge.routers import APP_CLASSES, ROUTER_CLASSES
from fastapi_lint.model.routing.route_objects import INCLUDED_ROUTER, RouteObject, is_route_of
from fastapi_lint.model.routing.routers import Router
from fastapi_lint.model.values import (
    Ambiguous,
    Arguments,
    Collection,
    Condition,
    Deferred,
    Dictionary,
    EnumMember,
    External,
    ExternalResult,
    FilePath,
    Instance,
    Literal,
    Method,
    ModuleReference,
    Native,
    Parametrized,
    Partial,
    Unknown,
    Value,
    external_name,
    possible,
    text_of,
)

_KINDS: dict[str, type[Value]] = {
    "inspect.isclass": ClassDefinition,
    "inspect.isfunction": FunctionDefinition,
    "inspect.ismethod": Method,
    "inspect.ismodule": ModuleReference,
}
_ASKS_FOR_COROUTINES = frozenset(
    {
        "inspect.iscoroutinefunction",
        "asyncio.iscoroutinefunction",
        "asgiref.sync.iscoroutinefunction",
        "starlette._utils.is_async_callable",
    }
)


def call_reflection(name: str, arguments: Arguments) -> Value | None:
    """What a call of such a builtin gives; None when it is not one of those known here, or not decided."""
    positional = arguments.positional
    if name == "isinstance" and len(positional) == 2:
        verdict = is_instance(positional[0], positional[1])
    elif name == "issubclass" and len(positional) == 2:
        verdict = _is_subclass(positional[0], positional[1])
    elif name == "type" and len(positional) == 1 and isinstance(positional[0], Instance):
        return positional[0].cls
    elif name == "vars" and len(positional) == 1 and isinstance(positional[0], ModuleReference):
        return namespace(positional[0])
    elif name in _KINDS and len(positional) == 1:
        verdict = _is_kind(positional[0], _KINDS[name])
    elif name in _ASKS_FOR_COROUTINES and len(positional) == 1:
        verdict = _is_coroutine_function(positional[0])
    elif name == "dir" and len(positional) == 1 and member_names(positional[0]) is not None:
        return Collection("list", [Literal(key) for key in sorted(member_names(positional[0]) or ())])
    else:
        return None
    return Literal(verdict) if verdict is not None else None


def _is_kind(value: Value, kind: type[Value]) -> bool | None:
    """Whether a value is a class, function, method or module; None where that is not known."""
    if isinstance(value, Ambiguous):
        return _agreed([_is_kind(option, kind) for option in value.options])
    known = isinstance(value, (*_KINDS.values(), Literal, Collection, Dictionary, Instance, EnumMember, Router))
    return isinstance(value, kind) if known else None


def _is_coroutine_function(value: Value) -> bool | None:
    """Whether calling a function gives a coroutine; None where that is not known."""
    if isinstance(value, Ambiguous):
        return _agreed([_is_coroutine_function(option) for option in value.options])
    if isinstance(value, (Method, Partial)):
        return _is_coroutine_function(value.function)
    if isinstance(value, FunctionDefinition):
        return value.is_async and not value.fact.yields
    return None


def member_names(value: Value) -> set[str] | None:
    """The names of the attributes that a module, class or instance of the project has; None where that is not known."""
    if isinstance(value, ModuleReference):
        return {text_of(key) or "" for key, _ in namespace(value).items} if value.module.state == "done" else None
    cls = value.cls if isinstance(value, Instance) else value
    if not isinstance(cls, ClassDefinition):
        return None
    own = set(value.attributes) if isinstance(value, Instance) else set()
    return own.union(*(entry.namespace.names for entry in cls.project_lineage))


def namespace(reference: ModuleReference) -> Dictionary:
    """The names of a module as a dict."""
    module = reference.module
    items: list[tuple[Value, Value]] = [
        (Literal(name), possible(value, (), conditions_of_name(reference, name)))
        for name, value in module.scope.names.items()
        if not isinstance(value, Deferred)
    ]
    return Dictionary(items, complete=module.state == "done")


def conditions_of_name(value: Value, name: str) -> tuple[Condition, ...]:
    """The conditions under which a module has a name; none for what is no module."""
    return value.module.sometimes.get(name, ()) if isinstance(value, ModuleReference) else ()


def is_instance(value: Value, cls: Value) -> bool | None:
    """``isinstance(value, cls)``; None when source code does not decide it."""
    if isinstance(value, Ambiguous):
        return _agreed([is_instance(option, cls) for option in value.options])
    choices = _choices(cls)
    if choices is not None:
        return _any([is_instance(value, choice) for choice in choices])
    name = external_name(cls)
    if isinstance(value, Router):
        return _is_router(value, cls)
    if isinstance(value, RouteObject):
        return is_route_of(value, cls)
    if isinstance(value, ExternalResult) and value.callee is INCLUDED_ROUTER:
        return name == INCLUDED_ROUTER.name or name == "starlette.routing.BaseRoute"
    if isinstance(value, Instance):
        return _is_made_of(value, cls)
    if isinstance(value, EnumMember):
        return _is_subclass(value.cls, cls)
    if name in ROUTER_CLASSES and _is_no_router(value):
        return False
    if isinstance(value, Literal):
        known = getattr(builtins, name, None)
        if isinstance(known, type):
            return isinstance(value.value, known)
        return False if isinstance(cls, ClassDefinition) else None
    if isinstance(value, (Collection, Dictionary)) and value.complete:
        form = value.form if isinstance(value, Collection) else "dict"
        if form in ("list", "tuple", "set", "dict") and (hasattr(builtins, name) or isinstance(cls, ClassDefinition)):
            return name in (form, "object")
    if isinstance(value, (FunctionDefinition, Method, ModuleReference)) and isinstance(cls, ClassDefinition):
        return False
    return True if isinstance(value, ClassDefinition) and name == "type" else None


def _is_no_router(value: Value) -> bool:
    """Whether a value certainly is no router; of what is outside the project, the names of classes and packages are
    not, nor is anything of the standard library and of the frameworks, or made by these."""
    if isinstance(value, ExternalResult):
        return _is_familiar(value.name)
    if isinstance(value, External):
        owner, _, word = value.name.rpartition(".")
        return not owner or word[:1].isupper() or _is_familiar(value.name)
    return isinstance(value, _NO_ROUTERS)


_NO_ROUTERS = (
    Literal,
    Collection,
    Dictionary,
    FilePath,
    FunctionDefinition,
    ClassDefinition,
    ModuleReference,
    Parametrized,
    Partial,
    Method,
    Native,
)


def _is_familiar(name: str) -> bool:
    """Whether something outside the project is one of Python's own, or of the frameworks that the model knows."""
    top = name.partition(".")[0].removesuffix("()")
    return top in sys.stdlib_module_names or top in FRAMEWORKS or hasattr(builtins, top)


def _choices(cls: Value) -> list[Value] | None:
    """The classes of ``isinstance(value, (A, B))`` and ``isinstance(value, A | B)``."""
    if isinstance(cls, Collection) and cls.complete:
        return cls.items
    if isinstance(cls, Parametrized) and external_name(cls.origin) == "typing.Union":
        return list(cls.arguments)
    return None


def _is_router(router: Router, cls: Value) -> bool | None:
    if isinstance(cls, ClassDefinition):
        return isinstance(router.cls, ClassDefinition) and cls in router.cls.lineage
    name = external_name(cls)
    if name in ROUTER_CLASSES:
        return router.is_app is (name in APP_CLASSES)
    return False if hasattr(builtins, name) and name != "object" else None


def _is_made_of(instance: Instance, cls: Value) -> bool | None:
    """As :func:`is_instance`; what was not seen made may be of a subclass."""
    verdict = _is_subclass(instance.cls, cls)
    return verdict if verdict or instance.arguments is not None else None


def _is_subclass(own: Value, cls: Value) -> bool | None:
    choices = _choices(cls)
    if choices is not None:
        return _any([_is_subclass(own, choice) for choice in choices])
    if not isinstance(own, ClassDefinition):
        return None
    name = external_name(cls)
    if cls in own.lineage or name in own.external_bases or name == "object":
        return True
    bases = [base for entry in own.project_lineage for base in entry.bases]
    if any(isinstance(base, (Unknown, Ambiguous)) for base in bases):
        return None
    if isinstance(cls, ClassDefinition) or (name and not own.external_bases):
        return False
    return False if name in ROUTER_CLASSES and all(map(_is_familiar, own.external_bases)) else None


def _any(verdicts: list[bool | None]) -> bool | None:
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _agreed(verdicts: list[bool | None]) -> bool | None:
    return verdicts[0] if len(set(verdicts)) == 1 else None
