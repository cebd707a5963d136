"""Signatures that code states by hand instead of writing parameters.

A wrapper that takes ``*args, **kwargs`` says what FastAPI shall pass to it by ``wrapper.__signature__ = …`` or by
``makefun.with_signature(…)`` (https://docs.python.org/3/library/inspect.html#inspect.signature,
https://smarie.github.io/python-makefun/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.values import Collection, ExternalResult, Literal, Site, Value, external_name

WITH_SIGNATURE = "makefun.with_signature()"
_SIGNATURE_OF = "inspect.signature()"
_SIGNATURE = "inspect.Signature()"
_PARAMETER = "inspect.Parameter()"


@dataclass(frozen=True, slots=True, eq=False)
class StatedParameter:
    """``inspect.Parameter(name, kind, default=…, annotation=…)``; the name is made up where it is not a constant."""

    name: str
    annotation: Value | None
    default: Value | None
    site: Site | None


def stated_by_decorator(function: FunctionDefinition) -> Value | None:
    """The signature that a decorator gives a function, or None."""
    for decorator in function.decorators:
        if isinstance(decorator, ExternalResult) and decorator.name == WITH_SIGNATURE:
            return decorator.arguments.get("func_signature", 0)
    return None


def assigned_expression(function: FunctionDefinition) -> ex.Expression | None:
    """What the code around a function's definition assigns to its ``__signature__``, or None."""
    if any(parameter.form not in ("*", "**") for parameter in function.fact.parameters):
        return None
    for statement in _statements_around(function):
        if isinstance(statement, st.Assign) and any(_is_signature_of(target, function) for target in statement.targets):
            return statement.value
    return None


def signed_like(value: Value) -> Value | None:
    """The callable of ``inspect.signature(callable)``, or None for another signature."""
    if isinstance(value, ExternalResult) and value.name == _SIGNATURE_OF:
        return value.arguments.get("obj", 0)
    return None


def stated_parameters(value: Value) -> tuple[list[StatedParameter], bool]:
    """The parameters of ``inspect.Signature([…])`` or ``signature.replace(parameters=[…])`` that are known, and whether
    they are all."""
    if not isinstance(value, ExternalResult):
        return [], False
    if value.name == _SIGNATURE:
        given = value.arguments.get("parameters", 0)
    elif value.callee.name.endswith(("signature().replace", "Signature().replace")):
        given = value.arguments.get("parameters")
    else:
        return [], False
    if given is None:
        return [], True
    if not isinstance(given, Collection):
        return [], False
    parameters = [_parameter(item, number) for number, item in enumerate(given.items)]
    known = [parameter for parameter in parameters if parameter is not None]
    return known, given.complete and len(known) == len(parameters)


def _parameter(value: Value, number: int) -> StatedParameter | None:
    if not isinstance(value, ExternalResult) or value.name != _PARAMETER:
        return None
    arguments = value.arguments
    name = arguments.get("name", 0)
    text = name.value if isinstance(name, Literal) and isinstance(name.value, str) else f"parameter_{number}"
    default, annotation = arguments.get("default"), arguments.get("annotation")
    return StatedParameter(text, _unless_empty(annotation), _unless_empty(default), value.site)


def _unless_empty(value: Value | None) -> Value | None:
    return None if external_name(value).endswith((".empty", "._empty")) else value


def _statements_around(function: FunctionDefinition) -> Iterator[st.Statement]:
    """The statements of the body in which a function is defined."""
    outer, _, _ = function.fact.qualname.rpartition(".<locals>.")
    body: tuple[st.Statement, ...] = function.module.facts.body
    if outer:
        around = next((fact for fact in _functions(body) if fact.qualname == outer), None)
        body = around.body.statements if around is not None else ()
    yield from body


def _functions(statements: tuple[st.Statement, ...]) -> Iterator[st.Function]:
    for statement in statements:
        if isinstance(statement, st.Function):
            yield statement
            yield from _functions(statement.body.statements)
        elif isinstance(statement, st.Class):
            yield from _functions(statement.body)


def _is_signature_of(target: ex.Expression, function: FunctionDefinition) -> bool:
    return (
        isinstance(target, ex.Attribute)
        and target.attr == "__signature__"
        and isinstance(target.value, ex.Name)
        and target.value.id == function.name
    )
