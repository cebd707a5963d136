"""FAL709: a log level that does not fit the answer."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.endpoints.logs import log_call
from fastapi_lint.model.errors.server_errors import answered_statuses
from fastapi_lint.model.interpreter.bodies import CallEvent, RaiseEvent
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_SEVERE = frozenset({"error", "exception", "critical", "fatal"})
_QUIET = frozenset({"debug", "info"})


class MislevelledLog(Rule):
    """The level of a log call does not fit the status that is answered.

    ## What it does
    Reports an `except` clause that logs with `error` or `critical` and answers 4xx, one that logs with `debug` or
    `info` alone and answers 5xx, and a branch of an `if` that logs with `error` or `critical` and then raises 4xx.

    ## Why is this bad?
    Levels decide who is woken up. A name that is taken already is the daily business of a service; a database that does
    not answer is not.

    ## Bad
    ```python
    import logging

    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    logger = logging.getLogger(__name__)
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name]
        except KeyError as error:
            logger.error("no total of %s", name)
            raise HTTPException(status_code=404) from error
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
            return totals[name]
        except KeyError as error:
            logger.info("no total of %s", name)
            raise HTTPException(status_code=404) from error
    ```

    ## When not to use it
    Where levels mean something else. It is strict because teams differ in what they want to see.

    ## Known limitations
    Loggers of `logging`, `loguru` and `structlog`. Silent: clauses that answer in several ways, and those that catch
    all errors, of which an answer with 4xx is a guess.

    ## References
    - https://docs.python.org/3/howto/logging.html#when-to-use-logging
    """

    code = "FAL709"
    name = "mislevelled-log"
    profile = "strict"
    standards = (
        "ERR-4",
        "LOG-3",
    )
    messages = {
        "high": "{level}() is logged where {status} is answered, which is the fault of the request: {entry}; use "
        "warning or info",
        "low": "{level}() is logged where {status} is answered, which is the fault of the server: {entry}; use error "
        "or exception",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        endpoints = {entry.function for entry in project.request_path.entries if entry.kind == "endpoint"}
        for catch, reach in project.catches:
            calls = [call for call in map(log_call, catch.calls) if call is not None]
            answered = answered_statuses(catch, project, answers=catch.function in endpoints)
            statuses = {status for status, _ in answered}
            status = next(iter(statuses), None) if len(statuses) == 1 else None
            if not calls or status is None:
                continue
            severe = next((call for call in calls if call.level in _SEVERE), None)
            if severe is not None and 400 <= status < 500 and not catch.is_broad:
                place, key, level = severe.event.site.location, "high", severe.level
            elif status >= 500 and all(call.level in _QUIET for call in calls):
                place, key, level = calls[0].event.site.location, "low", calls[0].level
            else:
                continue
            yield self.finding(key, place, level=level, status=status, entry=reach.entry.label)
        yield from self._raised(project)

    def _raised(self, project: Project) -> Iterator[Diagnostic]:
        """What is logged right before an error of the request is raised, ``except`` clauses apart."""
        reported = set()
        for event, errors in project.errors_by_raise.items():
            error, status = errors[0], errors[0].status
            if len({each.status for each in errors}) > 1 or status is None or not 400 <= status < 500:
                continue
            if event.inside("handler") or not event.inside("branch"):
                continue
            for call in map(log_call, project.bodies.of(error.function).calls):
                if call is None or call.level not in _SEVERE or not _is_beside(call.event, event):
                    continue
                if call.event.site not in reported:
                    reported.add(call.event.site)
                    place = call.event.site.location
                    yield self.finding("high", place, level=call.level, status=status, entry=error.entry.label)


def _is_beside(logged: CallEvent, raised: RaiseEvent) -> bool:
    """Whether a call stands in the same branch as a ``raise`` that follows."""
    inner, outer = logged.context[-1:], raised.context[-1:]
    return logged.node.start < raised.node.start and [each[:3] for each in inner] == [each[:3] for each in outer]
