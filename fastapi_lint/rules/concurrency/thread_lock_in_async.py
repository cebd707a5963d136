"""FAL515: a lock between threads that is held while a coroutine waits."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.concurrency.locks import held_over_await
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class ThreadLockInAsync(Rule):
    """A lock between threads is held over an `await`.

    ## What it does
    Reports `with lock:` around an awaited call in an `async def` that the event loop runs for requests, where the lock
    is one of `threading` or `multiprocessing`.

    ## Why is this bad?
    While the coroutine waits, the loop serves the next request. When that one comes to the same lock, it makes the
    thread of the loop wait for it, and the coroutine that holds it runs on that thread: neither ever goes on, and the
    server answers nobody until it is restarted.

    ## Bad
    ```python
    import threading

    from fastapi import FastAPI

    app = FastAPI()
    lock = threading.Lock()


    async def refresh(): ...


    @app.post("/refresh")
    async def refresh_rates():
        with lock:
            await refresh()
    ```

    ## Good
    ```python
    import asyncio

    from fastapi import FastAPI

    app = FastAPI()
    lock = asyncio.Lock()


    async def refresh(): ...


    @app.post("/refresh")
    async def refresh_rates():
        async with lock:
            await refresh()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: locks that can't be resolved, `lock.acquire()` without `with`, `async for` and `async with` as the only
    awaits within.

    ## References
    - https://docs.python.org/3/library/asyncio-sync.html
    - tests/proofs/test_event_loops.py
    """

    code = "FAL515"
    name = "thread-lock-in-async"
    severity = Severity.ERROR
    standards = ("ASY-1",)
    messages = {
        "held": "a lock between threads is held while {function} awaits: the next request that wants it stops the "
        "event loop for good: {function} serves {entry} on the same thread; use asyncio.Lock and async with",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.on_loop.items():
            if project.is_test(function.module) or not function.fact.body.may_hold("@with"):
                continue
            for statement, event in held_over_await(project.bodies.of(function)):
                yield self.finding(
                    "held",
                    function.module.location(statement.start, statement.items[-1].end),
                    related=[*reach.evidence(), Related("it awaits here", event.site.location)],
                    function=function.name,
                    entry=reach.entry.label,
                )
