"""What is written in a call, by the parameters that take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent, passable

_What = TypeVar("_What")


def by_parameter(function: FunctionDefinition, written: Sequence[tuple[ex.Argument, _What]]) -> dict[str, _What]:
    """What a call passes to a function of the project, by the names of the function's parameters.

    Args:
        function: what is called.
        written: the arguments of the call, each with what is asked about it.

    Returns:
        Nothing where a ``*`` or ``**`` of the call hides what goes where.
    """
    if any(argument.star for argument, _ in written):
        return {}
    names = [parameter.name for parameter in passable(function) if parameter.form != "keyword"]
    positional = (what for argument, what in written if argument.keyword is None)
    named = {argument.keyword: what for argument, what in written if argument.keyword is not None}
    return dict(zip(names, positional)) | named


def passed_to(callee: FunctionDefinition, event: CallEvent, name: str) -> ex.Expression | None:
    """What a call passes for a parameter of the function that it enters; None where that is not seen."""
    if not isinstance(event.node, ex.Call):
        return None
    return by_parameter(callee, [(argument, argument.value) for argument in event.node.arguments]).get(name)
