"""Asynchronous sessions that several tasks use at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import is_name, walk
from fastapi_lint.model.interpreter.bodies import Body, CallEvent, Context
from fastapi_lint.model.knowledge.event_loops import TASK_STARTERS
from fastapi_lint.model.knowledge.sqlalchemy import ASYNC_SESSIONS
from fastapi_lint.model.values import ExternalResult, Value, possibilities

GATHERING = frozenset({"asyncio.gather"})
TASK_GROUPS = "asyncio.TaskGroup().create_task"
_REPEATING = ("loop", "comprehension")


class SharedSession(NamedTuple):
    """A session that tasks share.

    Attributes:
        first: the call that the first task makes with it.
        second: the one that the second makes; the same where one call is made for several items.
    """

    first: CallEvent
    second: CallEvent


def shared_sessions(body: Body) -> Iterator[SharedSession]:
    """The sessions that several coroutines of one ``asyncio.gather(…)`` or ``TaskGroup`` are given, one for each of
    these."""
    for around, coroutines in _groups(body):
        uses: dict[int, list[CallEvent]] = {}
        for event in coroutines:
            for session in _sessions(event):
                uses.setdefault(id(session), []).append(event)
        for events in uses.values():
            repeated = [event for event in events if _repeats(event, around)]
            if len(events) > 1 or repeated:
                yield SharedSession(events[0], events[1] if len(events) > 1 else events[0])
                break


def _groups(body: Body) -> Iterator[tuple[tuple[Context, ...], list[CallEvent]]]:
    """For each thing that runs coroutines at once: what is around it, and the calls that give the coroutines."""
    for event in body.calls:
        if event.names and GATHERING.issuperset(event.names) and isinstance(event.node, ex.Call):
            given = [node for argument in event.node.arguments for node in _coroutines(argument, body)]
            yield event.context, _events(given, body)
    groups: dict[int, tuple[tuple[Context, ...], list[ex.Expression]]] = {}
    for event in body.calls:
        if TASK_GROUPS in event.names and isinstance(event.node, ex.Call) and event.node.arguments:
            kinds = [context.kind for context in event.context]
            depth = kinds.index("with") + 1 if "with" in kinds else 0
            around = event.context[:depth]
            key = id(around[-1].node) if around else 0
            groups.setdefault(key, (around, []))[1].append(event.node.arguments[0].value)
    for around, given in groups.values():
        yield around, _events(given, body)


def _repeats(event: CallEvent, around: tuple[Context, ...]) -> bool:
    """Whether a loop that is not around a group of tasks makes a coroutine for each of its items."""
    outside = [context.node for context in around]
    return any(context.kind in _REPEATING and context.node not in outside for context in event.context)


def _events(nodes: list[ex.Expression], body: Body) -> list[CallEvent]:
    places = {(node.start, node.end) for node in nodes}
    return [event for event in body.calls if (event.node.start, event.node.end) in places]


def _coroutines(argument: ex.Argument, body: Body) -> Iterator[ex.Expression]:
    """The calls whose coroutines an argument of ``gather`` holds."""
    node = argument.value
    if argument.star == "*" and isinstance(node, ex.Name):
        for statement in walk(body.function.fact.body):
            if isinstance(statement, st.Assign) and any(is_name(target, node.id) for target in statement.targets):
                yield from _listed(statement.value, body)
            elif isinstance(statement, ex.Call) and isinstance(statement.func, ex.Attribute) and statement.arguments:
                if statement.func.attr == "append" and is_name(statement.func.value, node.id):
                    yield _behind_task(statement.arguments[0].value, body)
    elif argument.star == "*":
        yield from _listed(node, body)
    else:
        yield _behind_task(node, body)


def _listed(node: ex.Expression, body: Body) -> Iterator[ex.Expression]:
    if isinstance(node, ex.Comprehension):
        yield _behind_task(node.element, body)
    elif isinstance(node, ex.Sequence):
        yield from (_behind_task(item, body) for item in node.items)


def _behind_task(node: ex.Expression, body: Body) -> ex.Expression:
    """The call whose coroutine a task is made of, or the call itself."""
    for event in body.calls:
        if event.node is node and event.names and TASK_STARTERS.issuperset(event.names) and event.node.arguments:
            return event.node.arguments[0].value
    return node


def _sessions(event: CallEvent) -> list[Value]:
    """The asynchronous sessions that a call is given or is a method of, when it is not made by the call itself."""
    receivers = [getattr(callee, "receiver", None) for callee in possibilities(event.callee)]
    given = [value for argument in event.arguments for value in possibilities(argument)]
    return [
        value
        for value in {id(value): value for value in (*receivers, *given)}.values()
        if isinstance(value, ExternalResult) and value.name in ASYNC_SESSIONS and not _is_made_inside(value, event)
    ]


def _is_made_inside(session: ExternalResult, event: CallEvent) -> bool:
    """Whether a session is made within the loop that repeats a call, so that each task has its own."""
    made = session.site
    return made is not None and any(
        context.kind in _REPEATING and context.node.start <= made.start < context.node.end
        for context in event.context
        if made.module is event.site.module
    )
