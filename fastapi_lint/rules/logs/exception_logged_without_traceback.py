"""FAL705: an error that is logged without its traceback."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.search import mentions
from fastapi_lint.facts.statements import Raise
from fastapi_lint.model.editing.logs import with_traceback
from fastapi_lint.model.endpoints.logs import LogCall, log_call, written_arguments
from fastapi_lint.model.errors.catches import Catch
from fastapi_lint.model.errors.server_errors import logs_http_errors, only_raises_server_errors
from fastapi_lint.model.knowledge.logs import TRACEBACK_REPORTS, TRACEBACK_WORDS
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.rejections import called_word
from fastapi_lint.rules.api import Rule

_LEVELS = frozenset({"error", "critical", "fatal"})


class ExceptionLoggedWithoutTraceback(Rule):
    """An error of any kind is logged without its traceback.

    ## What it does
    Reports `logger.error(…)` or `logger.critical(…)` in an `except Exception` (or `BaseException`) of code that serves
    requests, around a call of a function of the project, when the message holds the error, nothing in the clause shows
    the traceback, and the error is not raised again; an `HTTPException` with a status of 500 or more, which FastAPI
    answers without a word in the logs, takes no error along.

    ## Why is this bad?
    Such a clause catches what nobody foresaw. `KeyError: 'id'` says neither where nor why; the traceback does, and it
    is gone after the clause.

    ## Bad
    ```python
    import logging

    from fastapi import FastAPI

    app = FastAPI()
    logger = logging.getLogger(__name__)
    totals = {"a": 1}


    def share(name: str) -> float:
        return totals[name] / len(name)


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return share(name)
        except Exception as error:
            logger.error(f"no total: {error}")
            return None
    ```

    ## Good
    ```python
    import logging

    from fastapi import FastAPI

    app = FastAPI()
    logger = logging.getLogger(__name__)
    totals = {"a": 1}


    def share(name: str) -> float:
        return totals[name] / len(name)


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return share(name)
        except Exception:
            logger.exception("no total")
            return None
    ```

    ## When not to use it
    Where a formatter adds tracebacks by itself.

    ## Known limitations
    Loggers of `logging`, `loguru` and `structlog`. Silent: clauses of other classes, which say what happened by
    themselves; clauses around code that calls no function of the project, whose errors have one place; levels below
    error; clauses that raise anything else, and projects with a handler for HTTP exceptions that logs.

    ## Fix safety
    The fix calls `exception` in place of `error`, and passes `exc_info=True` to `critical`. The application goes on as
    before; its logs get longer. There is none where `exc_info` is passed, for `critical` of loguru, and for a method
    under another name.

    ## References
    - https://docs.python.org/3/library/logging.html#logging.Logger.exception
    - https://loguru.readthedocs.io/en/stable/api/logger.html#loguru._logger.Logger.exception
    - https://www.structlog.org/en/stable/exceptions.html
    """

    code = "FAL705"
    name = "exception-logged-without-traceback"
    fix = "safe"
    standards = ("LOG-3",)
    messages = {
        "without": "{level} logs what {clause} catches without its traceback, which is lost here; use {instead}",
        "show": "log the traceback",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        is_logged_later = logs_http_errors(project)
        for catch, reach in project.catches:
            if not catch.is_broad or not catch.handler.name:
                continue
            if catch.raises_itself and (is_logged_later or not only_raises_server_errors(catch, project)):
                continue
            found = self._logged(catch)
            if found is not None:
                yield self.finding(
                    "without",
                    found.event.site.location,
                    related=reach.evidence(),
                    fix=self._fix(found, project),
                    level=f"{found.level}()",
                    clause=catch.what,
                    instead="exception(…)" if found.level == "error" else f"{found.level}(…, exc_info=True)",
                )

    def _fix(self, logged: LogCall, project: Project) -> Fix | None:
        editing = project.call_to_edit(logged.event.site)
        if editing is None:
            return None
        editor, call = editing
        return editor.fix(self.messages["show"], [with_traceback(editor, call, logged)])

    def _logged(self, catch: Catch) -> LogCall | None:
        """The first call that logs the error as an error, unless something shows or passes on the traceback."""
        raised = {event.node.exception for event in catch.raises if isinstance(event.node, Raise)}
        calls = [event for event in catch.calls if event.node not in raised]
        logged = [call for call in map(log_call, calls) if call is not None]
        if not any(event.functions for event in catch.guarded_calls):
            return None
        if any(call.shows_traceback for call in logged):
            return None
        if any(TRACEBACK_WORDS.search(called_word(event)) or event.functions for event in calls):
            return None
        if any(not TRACEBACK_REPORTS.isdisjoint(event.names) for event in calls):
            return None
        return next((call for call in logged if call.level in _LEVELS and _holds_error(call, catch)), None)


def _holds_error(call: LogCall, catch: Catch) -> bool:
    return mentions(written_arguments(call), catch.handler.name or "")
