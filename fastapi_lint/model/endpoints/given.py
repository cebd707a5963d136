"""What a return gives in the end: followed through the functions of the project that make it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, GiveEvent
from fastapi_lint.model.values import Value, possibilities

_MAX_DEPTH = 4
"""Through how many calls a returned value is followed."""


class Given(NamedTuple):
    """One thing that a return may give: the value, the return that says so, and the function which that stands in."""

    value: Value
    event: GiveEvent
    function: FunctionDefinition


def given(
    event: GiveEvent, body: Body, bodies: Bodies, wanted: Callable[[Value], bool], depth: int = _MAX_DEPTH
) -> Iterator[Given]:
    """What a return gives. Where a function of the project makes it that may give something wanted, it is what this
    function returns for the arguments of the call.

    Args:
        event: the return.
        body: the body in which it stands.
        bodies: what happens in functions.
        wanted: whether a value is of the kind that is looked for.
        depth: through how many calls it is followed.
    """
    calls: dict[CallEvent, None] = {}
    for value in possibilities(event.value):
        makers = _makers(value, event, body) if depth else []
        if any(_may_give(function, bodies, wanted, depth - 1) for call in makers for function, _ in call.entered):
            calls.update(dict.fromkeys(makers))
        else:
            yield Given(value, event, body.function)
    for call in calls:
        for function, receiver in call.entered:
            inner = bodies.called(function, receiver, call.arguments)
            for returned in inner.returns:
                yield from given(returned, inner, bodies, wanted, depth - 1)


def _makers(value: Value, event: GiveEvent, body: Body) -> list[CallEvent]:
    """The calls of functions of the project that give a returned value: those in the return, or else those before."""
    calls = [call for call in body.calls if call.functions and _is_among(value, call.result)]
    inside = [call for call in calls if event.node.start <= call.node.start and call.node.end <= event.node.end]
    return inside or calls


def _may_give(function: FunctionDefinition, bodies: Bodies, wanted: Callable[[Value], bool], depth: int) -> bool:
    """Whether a function may return something wanted, whatever its annotation says of it."""
    body = bodies.of(function)
    return not function.fact.yields and any(
        wanted(value)
        or (depth > 0 and any(_may_give(callee, bodies, wanted, depth - 1) for callee in _callees(value, event, body)))
        for event in body.returns
        for value in possibilities(event.value)
    )


def _callees(value: Value, event: GiveEvent, body: Body) -> Iterator[FunctionDefinition]:
    return (function for call in _makers(value, event, body) for function, _ in call.entered)


def _is_among(value: Value, result: Value) -> bool:
    return any(option is value for option in possibilities(result))
