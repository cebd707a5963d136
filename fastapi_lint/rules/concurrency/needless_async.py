"""FAL504: an endpoint or dependency that is async and awaits nothing."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.concurrency.suspension import never_suspends
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class NeedlessAsync(Rule):
    """An endpoint or dependency is `async def` and awaits nothing.

    ## What it does
    Reports endpoints and dependencies that are coroutine functions and hold neither `await` nor `async for` nor
    `async with`, but call something.

    ## Why is this bad?
    All that it calls runs on the thread of the event loop, which serves nobody else until the function returns. As a
    plain `def` the same code runs in the thread pool. That it awaits nothing often means that a blocking client or
    session is at work.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    def totals(year: int) -> list[int]:
        return [month * year for month in range(12)]


    @app.get("/totals")
    async def read_totals(year: int):
        return totals(year)
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    def totals(year: int) -> list[int]:
        return [month * year for month in range(12)]


    @app.get("/totals")
    def read_totals(year: int):
        return totals(year)
    ```

    ## When not to use it
    A thread costs more than a microsecond of work, so that projects with many small endpoints may prefer coroutines.
    That is why the rule is not on by default.

    ## Known limitations
    Silent: generators, functions that call nothing, functions that return what they call without waiting for it where
    that is a coroutine.

    ## References
    - https://fastapi.tiangolo.com/async/#in-a-hurry
    - tests/proofs/test_threads.py
    """

    code = "FAL504"
    name = "needless-async"
    severity = Severity.INFO
    profile = "strict"
    standards = ("ASY-2",)
    messages = {
        "needless": "{function} is async and awaits nothing, so that all it calls holds up the event loop: it serves "
        "{entry}; make it a plain def",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        reported = set()  # by place: a function that a factory makes is made anew at each call
        for entry in project.request_path.entries:
            function = entry.function
            if entry.kind not in ("endpoint", "dependency") or project.is_test(function.module):
                continue
            if function.location in reported:
                continue
            if never_suspends(function, project.bodies):
                reported.add(function.location)
                related = (
                    [] if entry.kind == "endpoint" else [Related(f"{entry.label} is declared here", entry.location)]
                )
                yield self.finding(
                    "needless", function.location, related=related, function=function.name, entry=entry.label
                )
