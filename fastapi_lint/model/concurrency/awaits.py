"""Coroutines that nobody awaits: calls whose coroutine is dropped where it is made, so that nothing of it ever runs."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.blocking import INLINE_DECORATORS
from fastapi_lint.model.knowledge.sessions import COROUTINE_METHODS
from fastapi_lint.model.values import external_name, possibilities


def dropped_coroutines(body: Body) -> Iterator[CallEvent]:
    """The calls of coroutine functions of the project that stand as a statement, without ``await``."""
    for event in _dropped(body):
        options = possibilities(event.callee)
        if event.functions and len(event.functions) == len(options) and all(map(_gives_coroutine, event.functions)):
            yield event


def dropped_session_calls(body: Body) -> Iterator[CallEvent]:
    """The calls of coroutine methods of an AsyncSession that stand as a statement, without ``await``."""
    for event in _dropped(body):
        if event.names and not event.functions and COROUTINE_METHODS.issuperset(event.names):
            yield event


def _dropped(body: Body) -> Iterator[CallEvent]:
    """The calls that stand as a statement and are not awaited."""
    alone = {(node.start, node.end) for node in _calls_alone(body.function.fact.body.statements)}
    for event in body.calls:
        if not event.awaited and (event.node.start, event.node.end) in alone:
            yield event


def _calls_alone(node: object) -> Iterator[ex.Call]:
    """The calls that are statements, those of inner functions apart."""
    if isinstance(node, st.Evaluate) and isinstance(node.value, ex.Call):
        yield node.value
    elif isinstance(node, tuple) and not isinstance(node, (st.Function, st.Class, ex.Lambda, st.Evaluate)):
        for part in node:
            if isinstance(part, tuple):
                yield from _calls_alone(part)


def _gives_coroutine(function: FunctionDefinition) -> bool:
    """Whether a call of a function gives a coroutine: it is async, and no decorator may make something else of it."""
    names = {external_name(decorator) for decorator in function.decorators}
    return function.is_async and not function.fact.yields and names <= INLINE_DECORATORS
