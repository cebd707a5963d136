"""FAL501: a blocking call in a coroutine function that serves requests."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class BlockingCallInAsync(Rule):
    """An `async def` on the request path makes a blocking call.

    ## What it does
    Reports a call that waits for the network, the disk, another process or the clock without `await`, standing directly
    in an `async def` that the event loop runs for requests: endpoints, dependencies, middlewares, exception handlers,
    background tasks, and the coroutine functions that they call.

    ## Why is this bad?
    The event loop runs one thing at a time. While the call waits, no other request of the process makes progress: one
    slow peer stops the whole server.

    ## Bad
    ```python
    import requests
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        return requests.get("https://rates.example.com/latest").json()
    ```

    ```python
    # file: app/main.py
    from fastapi import Depends, FastAPI

    from app.throttle import throttle

    app = FastAPI(dependencies=[Depends(throttle)])


    @app.get("/items")
    async def read_items():
        return []

    # file: app/throttle.py
    import time


    async def throttle():
        time.sleep(0.1)
    ```

    ## Good
    ```python
    import httpx
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        async with httpx.AsyncClient() as client:
            response = await client.get("https://rates.example.com/latest")
        return response.json()
    ```

    A plain `def` endpoint runs in a thread pool and may block:

    ```python
    import requests
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    def read_rates():
        return requests.get("https://rates.example.com/latest").json()
    ```

    ## When not to use it
    In a service that never serves two requests at once.

    ## Known limitations
    It knows the calls of its tables: the standard library and the packages that FastAPI projects use most. Calls that
    take microseconds (`os.path.exists`, `os.makedirs`) are left out. Blocking calls of SQLAlchemy and SQLModel sessions
    and engines are not reported here but by `sync-session-in-async-endpoint`, those in generators of streamed responses
    by `streaming-blocking-generator`, so that one fault is one finding. Silent: functions handed to
    `asyncio.to_thread`, `run_in_threadpool`, `run_in_executor` or an executor; start-up and shutdown; calls whose
    receiver can't be resolved.

    ## References
    - https://fastapi.tiangolo.com/async/
    - https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code
    """

    code = "FAL501"
    name = "blocking-call-in-async"
    standards = ("ASY-1",)
    messages = {
        "blocking": "{call} waits for {waits_for} and blocks the event loop: {function} is async and serves {entry}; "
        "use {instead}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.on_loop.items():
            if project.is_test(function.module) or function in project.streams:
                continue
            for found in project.blocking.direct(function):
                yield self.finding(
                    "blocking",
                    found.event.site.location,
                    related=reach.evidence(),
                    flow=True,
                    call=found.call,
                    waits_for=found.row.waits_for,
                    instead=found.row.instead,
                    function=function.name,
                    entry=reach.entry.label,
                )
