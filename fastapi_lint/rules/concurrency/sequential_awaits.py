"""FAL505: requests that are awaited one after the other without need."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.concurrency.sequences import independent_requests
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SequentialAwaits(Rule):
    """Requests are awaited one after the other, though neither needs the other.

    ## What it does
    Reports reading HTTP requests (`get`, `head`, `options` of `httpx.AsyncClient` and `aiohttp.ClientSession`) that a
    coroutine on the request path awaits in a row, where the second uses nothing of the first.

    ## Why is this bad?
    The caller waits for the sum of both, where the longer of the two would do.

    ## Bad
    ```python
    import httpx
    from fastapi import FastAPI

    app = FastAPI()
    client = httpx.AsyncClient()


    @app.get("/summary")
    async def read_summary():
        rates = await client.get("https://rates.example.com/latest")
        news = await client.get("https://news.example.com/latest")
        return {"rates": rates.json(), "news": news.json()}
    ```

    ## Good
    ```python
    import asyncio

    import httpx
    from fastapi import FastAPI

    app = FastAPI()
    client = httpx.AsyncClient()


    @app.get("/summary")
    async def read_summary():
        rates, news = await asyncio.gather(
            client.get("https://rates.example.com/latest"),
            client.get("https://news.example.com/latest"),
        )
        return {"rates": rates.json(), "news": news.json()}
    ```

    ## When not to use it
    Where the other side allows one request at a time.

    ## Known limitations
    Whether an order is meant can't be seen for sure, so the rule is not on by default. Only requests that read count:
    queries of one session must not run side by side. Silent: requests between which the function may return or raise.

    ## References
    - https://docs.python.org/3/library/asyncio-task.html#running-tasks-concurrently
    """

    code = "FAL505"
    name = "sequential-awaits"
    severity = Severity.INFO
    profile = "strict"
    standards = ("ASY-3",)
    messages = {
        "sequential": "this request needs nothing of the one before it, so that {function} waits for both in turn: it "
        "serves {entry}; await them together with asyncio.gather",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.on_loop.items():
            if project.is_test(function.module):
                continue
            for first, second in independent_requests(project.bodies.of(function)):
                yield self.finding(
                    "sequential",
                    second.site.location,
                    related=[*reach.evidence(), Related("the one before it is awaited here", first.site.location)],
                    function=function.name,
                    entry=reach.entry.label,
                )
