"""FAL601: the text of an unforeseen error that is sent to the client."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.concurrency.request_path import Entry, handler_entries
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.errors.catches import waits
from fastapi_lint.model.errors.leaks import Leak, is_internal, leaks_in, leaks_of_handler
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.values import possibilities
from fastapi_lint.rules.api import Rule


class LeakedExceptionDetail(Rule):
    """The text of an unforeseen error, or a traceback, is sent to the client.

    ## What it does
    Reports an `except Exception`, `except BaseException`, bare `except`, or one of SQLAlchemy's errors, that puts
    `str(error)`, `repr(error)`, `f"{error}"`, `error.args` or `traceback.format_exc()` into the detail of an
    `HTTPException` or into what an endpoint returns; and an exception handler of the application that does so for
    all errors.

    ## Why is this bad?
    What such a clause catches is not known, and so is its text: SQL statements with their parameters, host names, paths
    of files, keys of dicts, addresses with passwords. Whoever sends odd requests reads the insides of the service from
    the answers.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name] / len(name)
        except Exception as error:
            raise HTTPException(status_code=503, detail=f"Failed: {error}")
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
            raise HTTPException(status_code=503, detail="The total can't be read now") from error
    ```

    The text of an exception that the project raises itself is meant to be read:

    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()


    class UnknownTotal(Exception): ...


    def find_total(name: str) -> int:
        raise UnknownTotal(f"there is no total {name}")


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return find_total(name)
        except UnknownTotal as error:
            raise HTTPException(status_code=404, detail=str(error)) from error
    ```

    ## When not to use it
    In a service that only its developers can reach.

    ## Known limitations
    Silent: clauses that catch other classes as well; those that answer 4xx around code that waits for nothing, whose
    errors mostly are about what was sent; what is sent after a look at the error (`if isinstance(error, …)`)
    or while debugging (`if settings.debug:`); texts that a function of the project makes of the error; what is sent
    through websockets and streams.

    ## References
    - https://owasp.org/www-community/Improper_Error_Handling
    - https://cheatsheetseries.owasp.org/cheatsheets/Error_Handling_Cheat_Sheet.html
    """

    code = "FAL601"
    name = "leaked-exception-detail"
    standards = ("ERR-3",)
    messages = {
        "text": "{entry} sends the text of any error that {clause} catches to the client, which may hold SQL, paths or "
        "secrets; log the error and send a message of your own",
        "traceback": "{entry} sends a traceback to the client; log it and send a message of your own",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        endpoints = {entry.function for entry in project.request_path.entries if entry.kind == "endpoint"}
        for catch, reach in project.catches:
            errors = project.errors_by_function.get(catch.function, ())
            for leak in leaks_in(catch, errors, answers=catch.function in endpoints):
                if leak.status is None or leak.status >= 500 or waits(catch, project.bodies, project.blocking):
                    related = [Related(f"{catch.what} catches it here", catch.location)]
                    yield self._leak(leak, reach.entry, catch.what, related)

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        seen: set[FunctionDefinition] = set()
        for registration in app.exception_handlers:
            key = registration.arguments.get("exc_class_or_status_code", 0)
            if not any(map(is_internal, possibilities(key))):
                continue
            for entry in handler_entries(registration):
                if entry.function in seen:
                    continue
                seen.add(entry.function)
                for leak in leaks_of_handler(entry.function, project.bodies.of(entry.function)):
                    related = [Related("the handler is registered here", entry.location)]
                    yield self._leak(leak, entry, "it", related)

    def _leak(self, leak: Leak, entry: Entry, clause: str, related: list[Related]) -> Diagnostic:
        location = leak.event.site.module.location(leak.node.start, leak.node.end)
        kind = "traceback" if leak.is_traceback else "text"
        severity = Severity.ERROR if leak.is_traceback else None
        return self.finding(kind, location, related=related, severity=severity, entry=entry.label, clause=clause)
