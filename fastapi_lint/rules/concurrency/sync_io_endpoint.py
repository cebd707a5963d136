"""FAL503: a plain endpoint that waits for what the project awaits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.concurrency.means import sync_waits
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SyncIoEndpoint(Rule):
    """A plain endpoint waits for what the project awaits elsewhere.

    ## What it does
    Reports `def` endpoints and dependencies that wait for the network or a database by a blocking client or session, in
    projects most of whose endpoints are coroutine functions and that await the same kind of thing elsewhere.

    ## Why is this bad?
    FastAPI runs a plain endpoint in a pool of some forty threads. While it waits it occupies one of them; when a peer
    is slow, all are soon occupied, and every plain endpoint waits with it. A coroutine that waits occupies nothing. Two
    clients for one service also mean two pools of connections, two configurations and two ways to fail.

    ## Bad
    ```python
    import httpx
    import requests
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        async with httpx.AsyncClient() as client:
            response = await client.get("https://rates.example.com/latest")
        return response.json()


    @app.get("/history")
    def read_history():
        return requests.get("https://rates.example.com/history", timeout=5).json()
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


    @app.get("/history")
    async def read_history():
        async with httpx.AsyncClient() as client:
            response = await client.get("https://rates.example.com/history")
        return response.json()
    ```

    ## When not to use it
    While a project moves from one style to the other.

    ## Known limitations
    It knows HTTP, Redis, MongoDB and SQL. Silent: files and other processes, for which threads are used in the end
    anyway; libraries without a counterpart for event loops (the keys of PyJWT); projects that mostly write plain
    endpoints. One finding for a function.

    ## References
    - https://fastapi.tiangolo.com/async/#very-technical-details
    - tests/proofs/test_threads.py
    """

    code = "FAL503"
    name = "sync-io-endpoint"
    severity = Severity.INFO
    standards = ("ASY-1", "ASY-2")
    messages = {
        "waits": "{function} waits for {waits_for} ({call}) in a thread of the pool, though the project awaits it "
        "elsewhere: it serves {entry}; make it async def",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for wait in sync_waits(project.request_path, project.bodies, project.blocking):
            function = wait.entry.function
            if not project.is_test(function.module):
                yield self.finding(
                    "waits",
                    wait.event.site.location,
                    related=[wait.example],
                    function=function.name,
                    waits_for=wait.waits_for,
                    call=wait.call,
                    entry=wait.entry.label,
                )
