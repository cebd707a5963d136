"""Locks between threads that are held while a coroutine waits."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import statements as st
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.knowledge.locks import THREAD_LOCKS
from fastapi_lint.model.values import external_name, possibilities


def held_over_await(body: Body) -> Iterator[tuple[st.With, CallEvent]]:
    """The ``with`` statements of a body that hold a lock between threads, each with the first call that is awaited
    within."""
    found: dict[st.With, CallEvent] = {}
    for event in body.calls:
        for context in event.context if event.awaited else ():
            if isinstance(context.node, st.With) and not context.node.is_async:
                names = {external_name(option) for option in possibilities(context.source)}
                if names & THREAD_LOCKS:
                    found.setdefault(context.node, event)
    yield from found.items()
