"""Dependencies that code calls by itself: FastAPI fills no parameters then, so that a marker stays where its value is
meant (``tests/proofs/test_proof_direct_calls.py``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import calls_of, mentions, walk
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.dependencies.styles import Styles
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent, is_bound
from fastapi_lint.model.knowledge.parameters import DEPENDS, SECURITY

_MARKERS = DEPENDS | SECURITY


class DirectCall(NamedTuple):
    """A call that leaves parameters to FastAPI: ``missing`` are those that the callee reads and that keep their
    markers."""

    callee: FunctionDefinition
    missing: tuple[str, ...]
    event: CallEvent


def direct_calls(
    function: FunctionDefinition, styles: Mapping[FunctionDefinition, Styles], bodies: Bodies
) -> Iterator[DirectCall]:
    """The calls in a function that leave parameters to FastAPI which the callee reads.

    Args:
        function: the caller.
        styles: how endpoints and dependencies declare their parameters.
        bodies: what happens in functions.
    """
    for event in bodies.of(function).calls:
        declared = styles.get(event.functions[0]) if len(event.functions) == 1 else None
        if declared is None or not event.arguments.complete:
            continue
        callee = declared.function
        names = [each.name for each in callee.fact.parameters if each.form in ("positional", "ordinary")]
        given = {*names[is_bound(callee) :][: len(event.arguments.positional)], *event.arguments.keywords}
        left = [name for name in declared.by_default if name not in given]
        missing = tuple(name for name in left if _is_read(callee, name))
        if missing:
            yield DirectCall(callee, missing, event)


def _is_read(function: FunctionDefinition, name: str) -> bool:
    """Whether a function reads what it was given for a parameter, before it puts something else in its place."""
    for statement in function.fact.body.statements:
        if mentions([statement], name):
            return not isinstance(statement, st.Assign) or mentions([statement.value], name)
    return False


def is_called(function: FunctionDefinition, modules: Iterable[Module]) -> bool:
    """Whether something of its name is called anywhere, or of another name under which a module knows it."""
    for module in modules:
        names = {name for name, value in module.scope.names.items() if value is function} | {function.name}
        if any(next(calls_of(module.facts, name), None) is not None for name in names):
            return True
    return False


def assigned_markers(function: FunctionDefinition, bodies: Bodies) -> Iterator[CallEvent]:
    """The ``Depends(…)`` that a body assigns to a variable, as if that called something."""
    if not function.fact.body.may_hold("Depends", "Security"):
        return
    assigned = {
        node.value
        for node in walk(function.fact.body)
        if isinstance(node, (st.Assign, st.Annotate)) and node.value is not None
    }
    for event in bodies.of(function).calls:
        if event.names and _MARKERS.issuperset(event.names) and event.node in assigned:
            yield event


def may_leave_markers(function: FunctionDefinition) -> bool:
    """Whether a function has a parameter whose default is made by a call, as markers are."""
    return any(isinstance(parameter.default, ex.Call) for parameter in function.fact.parameters)


def by_function(styles: Iterable[Styles]) -> dict[FunctionDefinition, Styles]:
    """Styles by their functions, those without markers as defaults left out."""
    return {each.function: each for each in styles if each.by_default}
