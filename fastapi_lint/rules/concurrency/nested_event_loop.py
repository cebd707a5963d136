"""FAL508: an event loop that is run where one runs already."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.concurrency.loops import nested_loops, second_loops
from fastapi_lint.model.knowledge.event_loops import REENTRANCE
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class NestedEventLoop(Rule):
    """An event loop is run while a request is served.

    ## What it does
    Reports `asyncio.run`, `run_until_complete`, `anyio.run`, `async_to_sync` and the like where they run on the thread
    of the event loop: in coroutine functions that serve requests, and in the plain functions that these call. In plain
    endpoints and dependencies, which FastAPI runs in a thread, it reports those that start a loop of their own.

    ## Why is this bad?
    A thread can run one loop at a time: on that of the server the call raises `RuntimeError`, so that the request is
    answered with 500. In a thread of the pool it works, on a second loop that ends with the call: a connection pool, a
    client or a lock that belongs to the server's loop fails there or waits for ever.

    ## Bad
    ```python
    import asyncio

    from fastapi import FastAPI

    app = FastAPI()


    async def fetch_rates():
        return {"EUR": 1.0}


    def rates():
        return asyncio.run(fetch_rates())


    @app.get("/rates")
    async def read_rates():
        return rates()
    ```

    ```python
    import asyncio

    from fastapi import FastAPI

    app = FastAPI()


    async def fetch_rates():
        return {"EUR": 1.0}


    @app.get("/rates")
    def read_rates():
        return asyncio.run(fetch_rates())
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    async def fetch_rates():
        return {"EUR": 1.0}


    @app.get("/rates")
    async def read_rates():
        return await fetch_rates()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: functions that ask whether a loop runs or catch the `RuntimeError`; projects that import `nest_asyncio`;
    lambdas and functions that are handed to threads; helpers of plain endpoints, which may be shared with scripts;
    loops that a project keeps in a variable whose type is not known.

    ## References
    - https://fastapi.tiangolo.com/async/
    - https://docs.python.org/3/library/asyncio-runner.html#asyncio.run
    - tests/proofs/test_event_loops.py
    """

    code = "FAL508"
    name = "nested-event-loop"
    severity = Severity.ERROR
    standards = ("ASY-1",)
    messages = {
        "nested": "{call} raises RuntimeError here: {function} runs on the event loop that serves {entry}; await the "
        "coroutine instead",
        "second": "{call} runs a second event loop in the thread of {function}, where clients and connections of the "
        "server's loop do not work: it serves {entry}; make it async def and await",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if any(REENTRANCE in module.facts.imports for module in project.modules):
            return
        found = [
            *(("nested", *each) for each in nested_loops(project.request_path, project.bodies)),
            *(("second", *each) for each in second_loops(project.request_path, project.bodies)),
        ]
        for message, reach, event in found:
            if not project.is_test(reach.function.module):
                yield self.finding(
                    message,
                    event.site.location,
                    related=reach.evidence(),
                    flow=True,
                    severity=None if message == "nested" else Severity.WARNING,
                    call=event.names[0].replace("()", ""),
                    function=reach.function.name,
                    entry=reach.entry.label,
                )
