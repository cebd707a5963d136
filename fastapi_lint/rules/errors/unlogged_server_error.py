"""FAL603: an `except` that answers 5xx without a trace of the error."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.concurrency.request_path import Entry
from fastapi_lint.model.endpoints.logs import may_report
from fastapi_lint.model.errors.server_errors import (
    NOT_IMPLEMENTED,
    answered_statuses,
    logs_http_errors,
    server_errors,
)
from fastapi_lint.model.knowledge.public import PROBE_WORDS
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.nature import public_nature
from fastapi_lint.rules.api import Rule


class UnloggedServerError(Rule):
    """An `except` answers 5xx and logs nothing.

    ## What it does
    Reports an `except` clause that answers an error with a status of 500 or more, by an `HTTPException` or by a
    response, and neither logs the error nor hands it to anything that may. Bare clauses, `except Exception` and those
    of SQLAlchemy's errors count.

    ## Why is this bad?
    FastAPI logs exceptions that nobody catches, with their traceback. An `HTTPException` is an answer: the client sees
    that something is broken, and nobody who could mend it sees what.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name] / len(name)
        except Exception:
            raise HTTPException(status_code=503, detail="Totals can't be read now")
    ```

    ## Good
    ```python
    import logging

    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    logger = logging.getLogger(__name__)
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name] / len(name)
        except Exception as error:
            logger.exception("no total of %s", name)
            raise HTTPException(status_code=503, detail="Totals can't be read now") from error
    ```

    ## When not to use it
    Where something outside the source logs server errors with their cause.

    ## Known limitations
    Silent: clauses that call anything whose name speaks of logs, reports or notices, by themselves or in a function of
    the project; 501; checks of health that answer 503; projects with a handler for HTTP exceptions that logs; clauses
    of other classes, which say what went wrong by themselves.

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#which-events-to-log
    - tests/proofs/test_proof_exception_flow.py
    """

    code = "FAL603"
    name = "unlogged-server-error"
    standards = ("ERR-4",)
    messages = {
        "unlogged": "{entry} answers {status} to what {clause} catches and logs nothing, so that the cause is lost; "
        "log it with its traceback (logger.exception)",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not project.apps or logs_http_errors(project):
            return
        entries = project.request_path.entries
        answering = {entry.function for entry in entries if entry.kind in ("endpoint", "middleware")}
        for catch, reach in project.catches:
            if not (catch.is_broad or catch.is_of("sqlalchemy.exc.")) or may_report(catch.calls, project.bodies):
                continue
            statuses = answered_statuses(catch, project, answers=catch.function in answering)
            found = next(server_errors(statuses), None)
            if found is not None and found[0] != NOT_IMPLEMENTED and not _is_of_probe(reach.entry, found[0], project):
                status, site = found
                yield self.finding(
                    "unlogged",
                    catch.location,
                    related=[Related(f"{status} is answered here", site.location)],
                    entry=reach.entry.label,
                    status=status,
                    clause=catch.what,
                )


def _is_of_probe(entry: Entry, status: int, project: Project) -> bool:
    """Whether a monitor gets the error: a check that fails with 503 says what there is to say."""
    return entry.route is not None and status == 503 and public_nature(entry.route, project) in PROBE_WORDS
