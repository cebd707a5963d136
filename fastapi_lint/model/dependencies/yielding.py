"""Dependencies that yield: what they do with the error that the endpoint has raised.

Since FastAPI 0.106 such an error is raised at the ``yield``, and a dependency that neither raises it again nor another
one leaves FastAPI without an error and without a response: it answers 500, whatever the error was (verified in
``tests/proofs/test_proof_yield_dependencies.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import contains
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.errors.catches import caught
from fastapi_lint.model.errors.flow import catches
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.values import External

_HTTP_EXCEPTION = External("fastapi.HTTPException")
_YIELD, _RAISE = frozenset({ex.Yield}), frozenset({st.Raise})


def swallowing_handlers(function: FunctionDefinition, bodies: Bodies, interpreter: Interpreter) -> Iterator[st.Handler]:
    """The handlers around the ``yield`` of a function that catch HTTP exceptions and end without raising.

    Args:
        function: a dependency.
        bodies: what happens in functions.
        interpreter: says what the handlers catch.
    """
    for statement in _around_yield(function.fact.body):
        for handler in statement.handlers:
            if _catches_http_exceptions(handler, function, interpreter):
                if not contains(handler.body, _RAISE) and not _calls_what_raises(handler, function, bodies):
                    yield handler
                break


def _around_yield(statements: Iterable[st.Statement]) -> Iterator[st.Try]:
    """The ``try`` statements that a ``yield`` stands in, the innermost first."""
    for statement in statements:
        if isinstance(statement, (st.If, st.For, st.While, st.With)):
            yield from _around_yield(statement.body)
        elif isinstance(statement, st.Try) and contains(statement.body, _YIELD):
            yield from _around_yield(statement.body)
            yield statement


def _catches_http_exceptions(handler: st.Handler, function: FunctionDefinition, interpreter: Interpreter) -> bool:
    return any(catches(each, _HTTP_EXCEPTION) for each in caught(handler, function, interpreter))


def _calls_what_raises(handler: st.Handler, function: FunctionDefinition, bodies: Bodies) -> bool:
    """Whether a handler calls a function of the project that may raise in its stead."""
    inside = (event for event in bodies.of(function).calls if handler.start <= event.site.start < handler.end)
    return any(bodies.of(callee).raises for event in inside for callee in event.functions)
