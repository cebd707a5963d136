"""FAL608: an HTTP exception below the API."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class HttpExceptionInService(Rule):
    """An HTTP exception is raised below the API.

    ## What it does
    Reports an `HTTPException` that is raised in a function that serves requests from a module without endpoints,
    dependencies, middlewares or exception handlers.

    ## Why is this bad?
    A service that knows of HTTP can be used by nothing else: not by a command, not by a background job, and tests of it
    speak of statuses. What went wrong is for it to say, how that is answered for the API.

    ## Bad
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app.service import find_book

    app = FastAPI()


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        return find_book(book_id)

    # file: app/service.py
    from fastapi import HTTPException

    books = {1: "Emma"}


    def find_book(book_id: int) -> str:
        if book_id not in books:
            raise HTTPException(status_code=404)
        return books[book_id]
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import FastAPI, HTTPException

    from app.service import BookNotFound, find_book

    app = FastAPI()


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        try:
            return find_book(book_id)
        except BookNotFound as error:
            raise HTTPException(status_code=404) from error

    # file: app/service.py
    books = {1: "Emma"}


    class BookNotFound(Exception): ...


    def find_book(book_id: int) -> str:
        if book_id not in books:
            raise BookNotFound
        return books[book_id]
    ```

    ## When not to use it
    In a service that has no other users than its API. It is strict because many projects do it on purpose.

    ## Known limitations
    Silent: helpers in modules that hold an endpoint, a dependency, a middleware or an exception handler as well.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/#install-custom-exception-handlers
    """

    code = "FAL608"
    name = "http-exception-in-service"
    profile = "strict"
    standards = ("ERR-1",)
    messages = {
        "below": "{function} raises {error} though its module is no part of the API: {entry}; raise an exception of "
        "your own and turn it into an answer in the API",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        api = {entry.function.module for entry in project.request_path.entries if entry.kind != "background task"}
        api |= {route.site.module for route in project.routes}
        for error in project.raised_errors:
            if error.function.module not in api:
                yield self.finding(
                    "below",
                    error.site.location,
                    function=error.function.call_name,
                    error=error.name,
                    entry=error.entry.label,
                )
