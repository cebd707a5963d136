"""Blocking input and output in a project that has the means to do the same on the event loop."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.concurrency.blocking import BlockingChains
from fastapi_lint.model.concurrency.request_path import Entry, Reach, RequestPath
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.async_means import ASYNC_MEANS, DATABASE
from fastapi_lint.model.knowledge.blocking import THREAD_ALONE
from fastapi_lint.model.knowledge.sqlalchemy import BLOCKING_CALLS

MOST = 0.5
"""The part of the endpoints that must be coroutine functions for the others to be exceptions."""


@dataclass(frozen=True, slots=True, eq=False)
class SyncWait:
    """A plain endpoint or dependency that waits where the project could await.

    Attributes:
        entry: the endpoint or dependency.
        event: the call in it that waits, or leads there.
        call: how messages name what waits.
        waits_for: what it waits for.
        example: where the project awaits the same.
    """

    entry: Entry
    event: CallEvent
    call: str
    waits_for: str
    example: Related


def sync_waits(path: RequestPath, bodies: Bodies, blocking: BlockingChains) -> Iterator[SyncWait]:
    """The plain endpoints and dependencies that wait for what the project awaits elsewhere, each with the first such
    call; nothing where most endpoints are plain functions.

    Args:
        path: what runs for requests.
        bodies: what happens in functions.
        blocking: which calls block.
    """
    endpoints = [entry.function for entry in path.entries if entry.kind == "endpoint"]
    if sum(function.is_async for function in endpoints) < MOST * len(endpoints):
        return
    examples = _examples(path.reached, bodies)
    for entry in path.entries:
        if entry.kind in ("endpoint", "dependency") and not entry.function.is_async:
            found = (wait for wait in _waits(entry.function, bodies, blocking) if wait[2] in examples)
            for event, call, waits_for in list(found)[:1]:
                yield SyncWait(entry, event, call, waits_for, examples[waits_for])


def _examples(reached: Mapping[FunctionDefinition, Reach], bodies: Bodies) -> dict[str, Related]:
    """Where the project awaits, by what it waits for."""
    found: dict[str, Related] = {}
    for function in reached:
        if function.is_async and not function.module.is_test:
            for event in bodies.of(function).calls:
                if event.awaited and event.names:
                    for waits_for, prefixes in ASYNC_MEANS.items():
                        if waits_for not in found and all(name.startswith(prefixes) for name in event.names):
                            name = event.names[0].replace("()", "")
                            found[waits_for] = Related(f"the project awaits {name} here", event.site.location)
    return found


def _waits(
    function: FunctionDefinition, bodies: Bodies, blocking: BlockingChains
) -> Iterator[tuple[CallEvent, str, str]]:
    for event in bodies.of(function).calls:
        if event.names and not event.functions and BLOCKING_CALLS.issuperset(event.names):
            yield event, event.names[0].replace("()", ""), DATABASE
    for found in blocking.direct(function):
        if found.row.instead != THREAD_ALONE:
            yield found.event, found.call, found.row.waits_for
    for event in bodies.of(function).calls:
        behind = blocking.behind(event, function)
        if behind is not None and behind.row.instead != THREAD_ALONE:
            yield event, behind.call, behind.row.waits_for
