"""Coroutines that nobody awaits: calls whose coroutine is dropped where it is made, or taken for what it gives, so that
nothing of it ever runs."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, is_name, occurrences, within
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.blocking import INLINE_DECORATORS
from fastapi_lint.model.knowledge.coroutines import LIBRARY_COROUTINES
from fastapi_lint.model.knowledge.sessions import COROUTINE_METHODS
from fastapi_lint.model.values import external_name, possibilities

_OWN_METHODS = frozenset({"close", "send", "throw", "__await__"})
"""What a coroutine itself has."""
_READERS = ("len", "sorted", "sum", "list", "dict", "int", "float")
"""Builtins that take no coroutine."""


def dropped_coroutines(body: Body) -> Iterator[CallEvent]:
    """The calls of coroutine functions that stand as a statement, without ``await``."""
    return _dropped(body, [event for event in body.calls if _makes_coroutine(event)])


def used_coroutines(body: Body, *, returned: bool) -> Iterator[CallEvent]:
    """The calls of coroutine functions whose coroutine is used as if it were what it gives: tested, compared,
    calculated with, iterated, or read attributes and items of; where it is, or by the one variable that holds it.

    Args:
        body: of a function.
        returned: whether to return a coroutine is such a use, too.
    """
    made = [event for event in body.calls if not event.awaited and _makes_coroutine(event)]
    if made:
        nodes = list(within(body.function.fact.body))
        used = {(value.start, value.end) for node in nodes for value in _used_values(node, returned)}
        for event in made:
            if (event.node.start, event.node.end) in used or _is_used_by_name(event, body.function, nodes, used):
                yield event


def _is_used_by_name(
    event: CallEvent, function: FunctionDefinition, nodes: list[object], used: set[tuple[int, int]]
) -> bool:
    """Whether a coroutine is assigned to a variable of which every use wants more than a coroutine."""
    for node in nodes:
        if not isinstance(node, st.Assign) or (node.value.start, node.value.end) != (event.node.start, event.node.end):
            continue
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, ex.Name) and assigned_once(function.fact.body, target.id):
            uses = [each for each in occurrences(function.fact.body, target.id) if each.start != target.start]
            return bool(uses) and all(isinstance(use, ex.Name) and (use.start, use.end) in used for use in uses)
    return False


def _used_values(node: object, returned: bool) -> Iterator[ex.Expression]:
    """The expressions in a statement or expression that must be more than a coroutine."""
    if isinstance(node, (st.If, st.While, st.Assert, ex.Conditional)):
        yield node.test
    elif isinstance(node, ex.Unary):
        yield node.operand
    elif isinstance(node, ex.Comparison):
        yield from (node.left, *node.operands)
    elif isinstance(node, ex.Operation):
        yield from (node.left,) if node.operator in ("and", "or") else (node.left, node.right)
    elif isinstance(node, ex.Subscript) or (isinstance(node, ex.Attribute) and node.attr not in _OWN_METHODS):
        yield node.value
    elif isinstance(node, st.For) and not node.is_async:
        yield node.iterable
    elif isinstance(node, ex.Call) and is_name(node.func, *_READERS):
        yield from (argument.value for argument in node.arguments[:1])
    elif isinstance(node, st.Return) and returned and node.value is not None:
        yield from _sent(node.value)


def _sent(node: ex.Expression) -> Iterator[ex.Expression]:
    """What is sent when an endpoint returns an expression: the expression, and what the displays in it hold."""
    yield node
    if isinstance(node, ex.Mapping):
        for _, value in node.items:
            yield from _sent(value)
    elif isinstance(node, ex.Sequence):
        for item in node.items:
            yield from _sent(item)


def dropped_session_calls(body: Body) -> Iterator[CallEvent]:
    """The calls of coroutine methods of an AsyncSession that stand as a statement, without ``await``."""
    calls = (event for event in body.calls if event.names and not event.functions)
    return _dropped(body, [event for event in calls if COROUTINE_METHODS.issuperset(event.names)])


def _dropped(body: Body, calls: list[CallEvent]) -> Iterator[CallEvent]:
    """Those of some calls of a body that stand as a statement and are not awaited."""
    made = [event for event in calls if not event.awaited]
    if made:
        alone = {
            (node.value.start, node.value.end)
            for node in within(body.function.fact.body)
            if isinstance(node, st.Evaluate) and isinstance(node.value, ex.Call)
        }
        yield from (event for event in made if (event.node.start, event.node.end) in alone)


def _makes_coroutine(event: CallEvent) -> bool:
    """Whether a call certainly makes a coroutine."""
    if not event.functions:
        return bool(event.names) and LIBRARY_COROUTINES.issuperset(event.names)
    options = possibilities(event.callee)
    return len(event.functions) == len(options) and all(map(_gives_coroutine, event.functions))


def _gives_coroutine(function: FunctionDefinition) -> bool:
    """Whether a call of a function gives a coroutine: it is async, and no decorator may make something else of it."""
    names = {external_name(decorator) for decorator in function.decorators}
    return function.is_async and not function.fact.yields and names <= INLINE_DECORATORS
