"""Asynchronous sessions that several tasks use at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import is_name, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, Context, is_bound
from fastapi_lint.model.knowledge.event_loops import TASK_STARTERS
from fastapi_lint.model.knowledge.sessions import COROUTINE_METHODS
from fastapi_lint.model.knowledge.sqlalchemy import ASYNC_SESSIONS
from fastapi_lint.model.values import Collection, ExternalResult, Instance, Value, possibilities

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


def shared_sessions(body: Body, bodies: Bodies) -> Iterator[SharedSession]:
    """The sessions that several coroutines of one ``asyncio.gather(…)`` or ``TaskGroup`` are given, or that the object
    holds whose methods they are, one for each of these."""
    for around, coroutines in _groups(body):
        uses: dict[int, list[CallEvent]] = {}
        for event in coroutines:
            for session in _sessions(event, bodies):
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


def _sessions(event: CallEvent, bodies: Bodies) -> list[Value]:
    """The asynchronous sessions that a call is given, is a method of, or finds in the object of whose class it is a
    method, when they are not made by the call itself. The object stands for a session in it of which nothing else is
    known."""
    receivers = [getattr(callee, "receiver", None) for callee in possibilities(event.callee)]
    given = [value for argument in event.arguments for value in possibilities(argument)]
    found = [value for value in (*receivers, *given) if value is not None and _is_session(value)]
    for function, receiver in event.entered:
        if isinstance(receiver, Instance):
            found += [_held(receiver, name, bodies) for name in _attributes_asked(function, bodies)]
    return [value for value in {id(value): value for value in found}.values() if not _is_made_inside(value, event)]


def _is_session(value: Value) -> bool:
    return isinstance(value, ExternalResult) and value.name in ASYNC_SESSIONS


def _attributes_asked(function: FunctionDefinition, bodies: Bodies) -> set[str]:
    """The attributes of its own object that a method uses as asynchronous sessions."""
    own = function.fact.parameters[0].name if is_bound(function) and function.fact.parameters else ""
    return {
        event.node.func.value.attr
        for event in bodies.of(function).calls
        if event.names
        and COROUTINE_METHODS.issuperset(event.names)
        and isinstance(event.node, ex.Call)
        and isinstance(event.node.func, ex.Attribute)
        and isinstance(event.node.func.value, ex.Attribute)
        and is_name(event.node.func.value.value, own)
    }


def _held(receiver: Instance, name: str, bodies: Bodies) -> Value:
    """The session in an attribute of an object, as its constructor is given it; else the object itself."""
    initializer = receiver.cls.find_method("__init__")
    stored = [receiver.attributes[name]] if name in receiver.attributes else []
    if not stored and initializer is not None and receiver.arguments is not None:
        made = bodies.called(initializer, receiver, receiver.arguments)
        stored = [store.value for store in made.stores if getattr(store.node, "attr", "") == name]
    return next(filter(_is_session, stored), receiver)


def _is_made_inside(value: Value, event: CallEvent) -> bool:
    """Whether a session, or the object that holds it, is made within the loop that repeats a call or is an item of it,
    so that each task has its own."""
    made = value.site if isinstance(value, (ExternalResult, Instance)) else None
    for context in event.context:
        if context.kind not in _REPEATING:
            continue
        if made is not None and made.module is event.site.module:
            if context.node.start <= made.start < context.node.end:
                return True
        items = (context.source.element, *context.source.items) if isinstance(context.source, Collection) else ()
        if any(item is value for item in items):
            return True
    return False
