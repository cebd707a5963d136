"""Event loops that are run while one runs already, and tasks of which nobody keeps hold."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import mentions
from fastapi_lint.model.concurrency.request_path import Reach, RequestPath
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent
from fastapi_lint.model.knowledge.event_loops import LOOP_BRIDGES, LOOP_PROBES, LOOP_RUNNERS


def nested_loops(path: RequestPath, bodies: Bodies) -> Iterator[tuple[Reach, CallEvent]]:
    """The calls on the thread of the event loop that run a loop there, so that they fail; with the way to the function
    that holds each. Code that asks whether a loop runs, or that is prepared for the error, is left out."""
    for reach in (*path.on_loop.values(), *path.lent.values()):
        yield from ((reach, event) for event in _runs(bodies.of(reach.function), LOOP_RUNNERS | LOOP_BRIDGES))


def second_loops(path: RequestPath, bodies: Bodies) -> Iterator[tuple[Reach, CallEvent]]:
    """The calls in plain endpoints and dependencies that run a loop of their own in the thread pool; with the entry."""
    for entry in path.entries:
        if entry.kind in ("endpoint", "dependency") and not entry.function.is_async:
            reach = Reach(entry, entry.function)
            yield from ((reach, event) for event in _runs(bodies.of(entry.function), LOOP_RUNNERS))


def _runs(body: Body, runners: frozenset[str]) -> Iterator[CallEvent]:
    """The calls of ``runners`` in a body that does not ask whether a loop runs."""
    found = [event for event in body.calls if event.names and runners.issuperset(event.names)]
    if found and not any(LOOP_PROBES.intersection(event.names) for event in body.calls):
        yield from (event for event in found if not event.inside("handler") and not _expects_error(event))


def _expects_error(event: CallEvent) -> bool:
    """Whether a ``try`` around a call catches the error that a second loop raises."""
    attempts = (context.node for context in event.context if context.kind == "try")
    return any(
        handler.type is not None and mentions([handler.type], "RuntimeError")
        for attempt in attempts
        if isinstance(attempt, st.Try)
        for handler in attempt.handlers
    )
