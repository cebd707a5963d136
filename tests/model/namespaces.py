"""What names hold once modules were executed: by the model, and by Python itself, in one comparable form."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from running import imported, linked

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.values import (
    Ambiguous,
    Collection,
    Deferred,
    Dictionary,
    EnumMember,
    External,
    ExternalResult,
    Instance,
    Literal,
    Method,
    ModuleReference,
    Partial,
    Possible,
    Unknown,
    Value,
)

OUTSIDE = "<outside>"


def names_of(sources: Mapping[str, str] | str, module: str = "main") -> dict[str, Any]:
    """The names that a module of a project holds, as the model has it."""
    texts = {"main.py": sources} if isinstance(sources, str) else sources
    modules = linked(texts).interpreter.linker.modules.values()
    return described_names(next(own for own in modules if own.name == module))


def described_names(module: Module) -> dict[str, Any]:
    """The public names of an executed module."""
    return {name: describe(value) for name, value in module.scope.names.items() if not name.startswith("_")}


def assert_like_python(sources: Mapping[str, str] | str, folder: Path, module: str = "main") -> None:
    """Executes a project twice; the public names of a module must hold the same, and none be unknown."""
    texts = {"main.py": sources} if isinstance(sources, str) else sources
    own = {Path(path).parts[0].removesuffix(".py") for path in texts}
    with imported(texts, folder, entry=module) as modules:
        theirs = {name: _real(value, own) for name, value in vars(modules[module]).items() if not name.startswith("_")}
    ours = names_of(texts, module)
    differing = [name for name in {**theirs, **ours} if ours.get(name, "<missing>") != theirs.get(name, "<missing>")]
    assert not differing, "\n".join(f"{name}: {ours.get(name)!r}, but {theirs.get(name)!r}" for name in differing)


def describe(value: Value, around: tuple[Value, ...] = ()) -> Any:
    """A value of the model: a plain object for data, a text in angle brackets for all else."""
    if value in around:
        return "<itself>"
    around = (*around, value)
    if isinstance(value, Literal):
        return value.value
    if isinstance(value, Collection):
        items = [describe(item, around) for item in value.items]
        return _collected(value.form, items) if value.complete else f"<{value.form} with {items}>"
    if isinstance(value, Dictionary):
        pairs = {describe(key, around): describe(item, around) for key, item in value.items}
        return pairs if value.complete else f"<dict with {pairs}>"
    if isinstance(value, Instance):
        return {"": f"<{value.cls.qualified_name}>"} | {k: describe(v, around) for k, v in value.attributes.items()}
    if isinstance(value, Ambiguous):
        return "<" + " or ".join(sorted(str(describe(option, around)) for option in value.options)) + ">"
    if isinstance(value, Possible):
        return f"<perhaps {describe(value.value, around)}>"
    if isinstance(value, Partial):
        arguments = [describe(item, around) for item in value.arguments.positional]
        keywords = {name: describe(item, around) for name, item in value.arguments.keywords.items()}
        return ("partial", describe(value.function, around), arguments, keywords)
    if isinstance(value, (External, ExternalResult)):
        return OUTSIDE
    return _name(value)


def _name(value: Value) -> str:
    if isinstance(value, EnumMember):
        return f"<{value.cls.qualified_name}.{value.name}>"
    if isinstance(value, FunctionDefinition):
        return f"<{value.innermost.qualified_name}>"
    if isinstance(value, ClassDefinition):
        return f"<{value.qualified_name}>"
    if isinstance(value, Method):
        return f"<bound {value.function.qualified_name}>"
    if isinstance(value, ModuleReference):
        return f"<module {value.module.name}>"
    if isinstance(value, Deferred):
        return f"<later {value.module.name}.{value.name}>"
    return f"<unknown: {value.reason}>" if isinstance(value, Unknown) else f"<{type(value).__name__}>"


def _collected(form: str, items: list[Any]) -> Any:
    return {"list": list, "tuple": tuple}.get(form, lambda members: ("set", sorted(members, key=repr)))(items)


def _real(value: Any, own: set[str], around: tuple[Any, ...] = ()) -> Any:
    """An object of Python; ``own`` are the top-level names of the project."""
    if any(value is outer for outer in around):
        return "<itself>"
    inside = functools.partial(_real, own=own, around=(*around, value))
    if isinstance(value, Enum):
        return f"<{type(value).__module__}.{type(value).__qualname__}.{value.name}>"
    if value is None or isinstance(value, (str, int, float, bytes)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        form = "set" if isinstance(value, (set, frozenset)) else "list" if isinstance(value, list) else "tuple"
        return _collected(form, [inside(item) for item in value])
    if isinstance(value, dict):
        return {inside(key): inside(item) for key, item in value.items()}
    if isinstance(value, functools.partial):
        keywords = {name: inside(item) for name, item in value.keywords.items()}
        return ("partial", inside(value.func), [inside(item) for item in value.args], keywords)
    if isinstance(value, ModuleType):
        return f"<module {value.__name__}>" if value.__name__.partition(".")[0] in own else OUTSIDE
    if getattr(value, "__module__", "").partition(".")[0] not in own or type(value).__module__ == "typing":
        return OUTSIDE
    if inspect.ismethod(value):
        return f"<bound {value.__module__}.{value.__qualname__}>"
    if inspect.isfunction(value) or inspect.isclass(value):
        return f"<{value.__module__}.{value.__qualname__}>"
    return {"": f"<{type(value).__module__}.{type(value).__qualname__}>"} | inside(vars(value))
