"""Functions: how a function is written, and the decorators that projects put around their functions."""

from __future__ import annotations

from generated.choices import Choices
from generated.definitions import made
from generated.imports import use
from generated.parameters import Parameter, listed
from generated.source import Scope


def write_function(
    choices: Choices,
    scope: Scope,
    name: str,
    parameters: list[Parameter],
    decorators: tuple[str, ...] = (),
    returns: str = "",
    receiver: str = "",
    body: tuple[str, ...] = (),
) -> None:
    """Writes a function that does nothing in particular.

    Args:
        choices: where the choices are made.
        scope: where it is written.
        name: its name.
        parameters: those it has.
        decorators: from the top, without the ``@``.
        returns: its return annotation, if any.
        receiver: "self" or "cls" for a method.
        body: its statements.
    """
    word = choices.pick("def", ["def", "async def"])
    arrow = f" -> {returns}" if returns else ""
    signature = ", ".join(part for part in (receiver, listed(parameters)) if part)
    scope.write(*(f"@{decorator}" for decorator in decorators))
    if not body and not choices.chance("long", 30):
        scope.write(f"{word} {name}({signature}){arrow}: ...")
    else:
        scope.write(f"{word} {name}({signature}){arrow}:", *(f"    {line}" for line in body or ("return None",)))


def decorator(choices: Choices, scope: Scope) -> str:
    """A decorator of the project's, as it stands behind the ``@``."""
    if choices.chance("factory", 35):
        symbol = made(choices, scope, "decorator factory", _factory, "dependencies", "settings")
        return f"{use(choices, scope, symbol)}(3)"
    define = choices.pick("define", [_decorator, _decorator, _decorator_class])
    return use(choices, scope, made(choices, scope, f"decorator {define.__name__}", define, "dependencies", "settings"))


def _decorator(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["logged", "timed"]))
    with top.block(f"def {name}(function):") as body:
        _write_wrapper(choices, body)
    return name


def _decorator_class(choices: Choices, top: Scope) -> str:
    """A class whose instances stand for the functions that they decorate."""
    name = top.fresh("Traced")
    top.write(f"class {name}:", "    def __init__(self, function):", "        self.function = function")
    if choices.chance("updated", 60):
        top.write(f"        {top.get('functools.update_wrapper')}(self, function)")
        top.write("    def __call__(self, *args, **kwargs):", "        return self.function(*args, **kwargs)")
    else:
        top.write("    def __call__(self, q: int = 1):", "        return self.function()")
    return name


def _factory(choices: Choices, top: Scope) -> str:
    name = top.fresh(choices.pick("name", ["limited", "retried"]))
    with top.block(f"def {name}(count):") as outer:
        with outer.block("def decorate(function):") as body:
            _write_wrapper(choices, body)
        outer.write("return decorate")
    return name


def _write_wrapper(choices: Choices, body: Scope) -> None:
    """What a decorator returns for ``function``."""
    form = choices.pick("form", ["wraps", "wraps", "async", "marked", "update_wrapper", "other signature"])
    if form == "marked":
        body.write("function.is_marked = True", "return function")
        return
    if form in ("wraps", "async"):
        body.write(f"@{body.get('functools.wraps')}(function)")
    parameters = "q: int = 1" if form == "other signature" else "*args, **kwargs"
    call = "function()" if form == "other signature" else "function(*args, **kwargs)"
    if form == "async":
        body.write(f"async def wrapper({parameters}):", f"    return await {call}")
    else:
        body.write(f"def wrapper({parameters}):", f"    return {call}")
    if form == "update_wrapper":
        body.write(f"return {body.get('functools.update_wrapper')}(wrapper, function)")
    else:
        body.write("return wrapper")
