"""FAL502: a coroutine function that serves requests calls plain functions that end in a blocking call."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class TransitiveBlockingCall(Rule):
    """An `async def` on the request path calls a plain function that blocks.

    ## What it does
    Reports a call, in an `async def` that the event loop runs for requests, of a plain project function or method that
    makes a blocking call itself or through further plain functions, at any depth. The finding stands at the call in the
    `async def`, since that is where the event loop's thread is lent; the chain down to the blocking call is shown.

    ## Why is this bad?
    The plain function runs on the event loop's own thread. While it waits, no other request makes progress, and the
    line that blocks is in another module, where nothing tells that a coroutine called it.

    ## Bad
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app.rates import latest_rates

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        return latest_rates()

    # file: app/rates.py
    import requests


    def latest_rates():
        return fetch("https://rates.example.com/latest")


    def fetch(url):
        return requests.get(url, timeout=5).json()
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import FastAPI
    from fastapi.concurrency import run_in_threadpool

    from app.rates import latest_rates

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        return await run_in_threadpool(latest_rates)

    # file: app/rates.py
    import requests


    def latest_rates():
        return requests.get("https://rates.example.com/latest", timeout=5).json()
    ```

    ## When not to use it
    In a service that never serves two requests at once.

    ## Known limitations
    The same calls as `blocking-call-in-async`, one finding for each call in an `async def` however many blocking calls
    lie behind it. Not followed: properties, `with` blocks of context manager classes, functions passed as values,
    generators. Silent: functions with a cache decorator and code under `if cache is None: cache = ...` (they block
    once), functions under a decorator that may move them to a thread, coroutine functions (they have findings of their
    own).

    ## References
    - https://fastapi.tiangolo.com/async/#other-utility-functions
    - https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code
    """

    code = "FAL502"
    name = "transitive-blocking-call"
    standards = ("ASY-1",)
    messages = {
        "blocking": "{callee}() ends in {call}, which waits for {waits_for} and blocks the event loop: {function} is "
        "async and serves {entry}; run it in a thread (run_in_threadpool), or use {instead}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.on_loop.items():
            if project.is_test(function.module) or function in project.streams:
                continue
            for event in project.bodies.of(function).calls:
                found = project.blocking.behind(event, function)
                if found is None:
                    continue
                last = Related(f"{found.call} blocks here", found.event.site.location)
                yield self.finding(
                    "blocking",
                    event.site.location,
                    related=[*reach.evidence(found.chain), last],
                    flow=True,
                    callee=found.chain[0][1].call_name,
                    call=found.call,
                    waits_for=found.row.waits_for,
                    instead=found.row.instead,
                    function=function.name,
                    entry=reach.entry.label,
                )
