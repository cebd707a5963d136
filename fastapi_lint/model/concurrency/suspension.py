"""Coroutine functions that never let go of the event loop."""

from __future__ import annotations

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies


def never_suspends(function: FunctionDefinition, bodies: Bodies) -> bool:
    """Whether a coroutine function calls something and awaits nothing, so that the loop waits until it returns.

    Args:
        function: any function.
        bodies: what happens in functions.
    """
    fact = function.fact
    if not fact.is_async or fact.yields or any(map(_suspends, walk(fact.body))):
        return False
    calls = bodies.of(function).calls
    hands_on = any(callee.is_async for event in calls for callee in event.functions)
    return bool(calls) and not hands_on


def _suspends(node: object) -> bool:
    return isinstance(node, ex.Await) or (isinstance(node, (st.For, st.With, ex.Clause)) and node.is_async)
