"""FAL610: an exception of the project that nobody turns into an answer."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.errors.flow import Escape
from fastapi_lint.model.errors.unhandled import unhandled_exceptions
from fastapi_lint.model.knowledge.errors import CLIENT_FAULTS
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule

_MAX_STEPS = 4
"""What comes through more calls may well be caught on a way that is not seen."""


class UnhandledApplicationException(Rule):
    """An exception that speaks of the client's fault is answered with 500.

    ## What it does
    Reports an exception class of the project whose name says that the client asked for the wrong thing (`…NotFound`,
    `…AlreadyExists`, `…Denied`, `Invalid…`), that leaves an endpoint or a dependency, and for which, or for whose
    bases, no application has an exception handler. One finding for each class.

    ## Why is this bad?
    FastAPI answers 500 to exceptions that it does not know. The client is told that the server is broken, and whatever
    watches the service is woken up, for an id that does not exist.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books = {1: "Emma"}


    class BookNotFound(Exception): ...


    def find_book(book_id: int) -> str:
        if book_id not in books:
            raise BookNotFound()
        return books[book_id]


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        return find_book(book_id)
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()
    books = {1: "Emma"}


    class BookNotFound(Exception): ...


    @app.exception_handler(BookNotFound)
    def on_missing_book(request: Request, error: BookNotFound) -> JSONResponse:
        return JSONResponse({"detail": "Book not found"}, status_code=404)


    def find_book(book_id: int) -> str:
        if book_id not in books:
            raise BookNotFound()
        return books[book_id]


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        return find_book(book_id)
    ```

    ## When not to use it
    Where the class stands for a broken invariant, whatever its name says. It is strict because of that: whether what is
    raised can happen at all for a route, source code often does not show.

    ## Known limitations
    Silent: classes whose names do not say whose fault it is; exceptions that a handler, a middleware, a decorator, a
    route class or a dependency with `yield` may catch; those of exceptions outside the project; those from more than
    four calls away.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/#install-custom-exception-handlers
    - tests/proofs/test_proof_exception_flow.py
    """

    code = "FAL610"
    name = "unhandled-application-exception"
    profile = "strict"
    standards = ("ERR-1",)
    messages = {
        "unhandled": "no handler knows {exception}, which leaves {route}{more}: it is answered with 500; register an "
        "exception handler for it or for a base of it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        found: dict[str, list[tuple[Route, Escape]]] = {}
        for route, escape in unhandled_exceptions(project):
            if CLIENT_FAULTS.match(escape.cls.name) and len(escape.steps) <= _MAX_STEPS:
                found.setdefault(escape.cls.name, []).append((route, escape))
        for name, escapes in found.items():
            route, escape = min(escapes, key=lambda pair: len(pair[1].steps))
            others = len({each.label for each, _ in escapes}) - 1
            steps = [
                Related(f"{step.innermost.call_name} is called here", call.site.location) for call, step in escape.steps
            ]
            yield self.finding(
                "unhandled",
                escape.event.site.location,
                related=[Related(f"{route.label} enters the project here", route.location), *steps],
                flow=True,
                exception=name,
                route=route.label,
                more=f" and {others} more" if others else "",
            )
