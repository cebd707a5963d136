"""FAL602: an `except` for all errors that leaves no trace of them."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.facts.search import mentions
from fastapi_lint.model.endpoints.logs import may_report
from fastapi_lint.model.errors.catches import Catch, asks_service
from fastapi_lint.model.errors.server_errors import answered_statuses, server_errors
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SwallowedException(Rule):
    """An `except` for all errors leaves no trace of them.

    ## What it does
    Reports an `except Exception`, `except BaseException` or bare `except` in code that serves requests, around
    something that asks a database or another service, when it neither raises, nor uses the error, nor calls
    anything that may log it.

    ## Why is this bad?
    A database that is down, a wrong password and a misspelt attribute all look alike: like success, or like "not
    found". Nobody learns of them.

    ## Bad
    ```python
    import httpx
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/rates")
    async def read_rates():
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get("https://rates.example.com")).json()
        except Exception:
            return {}
    ```

    ## Good
    ```python
    import logging

    import httpx
    from fastapi import FastAPI

    app = FastAPI()
    logger = logging.getLogger(__name__)


    @app.get("/rates")
    async def read_rates():
        try:
            async with httpx.AsyncClient() as client:
                return (await client.get("https://rates.example.com")).json()
        except httpx.HTTPError:
            logger.exception("rates can't be read")
            return {}
    ```

    ## When not to use it
    Where nothing that fails is of interest. It is strict because many such clauses are meant: source code does not
    show whether what fails is of interest to anybody.

    ## Known limitations
    Silent: clauses around code that asks no service, such as `int(text)`, or that only closes something; clauses that
    call anything whose name speaks of logs, reports or notices; those that answer 5xx, which are for
    unlogged-server-error to report.

    ## References
    - https://docs.python.org/3/tutorial/errors.html#handling-exceptions
    """

    code = "FAL602"
    name = "swallowed-exception"
    profile = "strict"
    standards = ("ERR-6",)
    messages = {
        "swallowed": "{clause} in {function} swallows every error, so that a failing database or service goes "
        "unnoticed: {entry}; catch what is expected, and log the rest",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for catch, reach in project.catches:
            if catch.is_broad and self._swallows(catch, project):
                yield self.finding(
                    "swallowed",
                    catch.location,
                    related=reach.evidence(),
                    clause=catch.what,
                    function=catch.function.call_name,
                    entry=reach.entry.label,
                )

    def _swallows(self, catch: Catch, project: Project) -> bool:
        if catch.raises_itself or mentions(catch.handler.body, catch.handler.name or ""):
            return False
        if may_report(catch.calls, project.bodies) or not asks_service(catch, project.bodies):
            return False
        return next(server_errors(answered_statuses(catch, project, answers=True)), None) is None
