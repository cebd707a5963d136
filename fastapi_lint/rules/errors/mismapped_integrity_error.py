"""FAL611: a violated constraint that is answered as a fault of the server."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.concurrency.request_path import handler_entries
from fastapi_lint.model.errors.server_errors import answered_statuses, returned_statuses, server_errors
from fastapi_lint.model.knowledge.errors import INTEGRITY_ERRORS
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Site, Value, external_name, possibilities
from fastapi_lint.rules.api import Rule
from fastapi_lint.text.location import Location


class MismappedIntegrityError(Rule):
    """A violated constraint of the database is answered with 5xx.

    ## What it does
    Reports an `except IntegrityError` that answers with a status of 500 or more, and an exception handler for
    `IntegrityError` that does.

    ## Why is this bad?
    A constraint that is violated says something of the request: the name exists already (409), what is referred to does
    not exist (400 or 422). 5xx tells the client to try again, and alarms those who watch the service.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException
    from sqlalchemy.exc import IntegrityError

    app = FastAPI()


    def store(name: str) -> None: ...


    @app.post("/users", status_code=201)
    def create_user(name: str):
        try:
            store(name)
        except IntegrityError as error:
            raise HTTPException(status_code=500, detail="Not stored") from error
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException
    from sqlalchemy.exc import IntegrityError

    app = FastAPI()


    def store(name: str) -> None: ...


    @app.post("/users", status_code=201)
    def create_user(name: str):
        try:
            store(name)
        except IntegrityError as error:
            raise HTTPException(status_code=409, detail="The user exists already") from error
    ```

    ## When not to use it
    Where no request can violate a constraint, so that it is a fault of the server indeed.

    ## Known limitations
    Silent: clauses that catch other classes as well; statuses that are not known.

    ## References
    - https://docs.sqlalchemy.org/en/20/core/exceptions.html#sqlalchemy.exc.IntegrityError
    - https://www.rfc-editor.org/rfc/rfc9110#name-409-conflict
    """

    code = "FAL611"
    name = "mismapped-integrity-error"
    standards = ("ERR-5",)
    messages = {
        "mismapped": "{entry} answers {status} to a violated constraint, which is about the request; answer 409 where "
        "something exists already, 400 or 422 where something is missing",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        endpoints = {entry.function for entry in project.request_path.entries if entry.kind == "endpoint"}
        for catch, reach in project.catches:
            if catch.classes and all(map(_is_integrity_error, catch.classes)):
                statuses = answered_statuses(catch, project, answers=catch.function in endpoints)
                for status, site in server_errors(statuses):
                    related = [Related("the violated constraint is caught here", catch.location)]
                    yield self._found(reach.entry.label, status, site, related)
        seen: set[Location] = set()
        for registration in (handler for app in project.apps for handler in app.exception_handlers):
            keys = possibilities(registration.arguments.get("exc_class_or_status_code", 0))
            for entry in handler_entries(registration) if keys and all(map(_is_integrity_error, keys)) else ():
                body = project.bodies.of(entry.function)
                for status, site in server_errors(returned_statuses(body.returns, body, project.bodies)):
                    if site.location not in seen:
                        seen.add(site.location)
                        related = [Related("the handler is registered here", entry.location)]
                        yield self._found(entry.label, status, site, related)

    def _found(self, entry: str, status: int, site: Site, related: list[Related]) -> Diagnostic:
        return self.finding("mismapped", site.location, related=related, entry=entry, status=status)


def _is_integrity_error(value: Value) -> bool:
    return external_name(value) in INTEGRITY_ERRORS
