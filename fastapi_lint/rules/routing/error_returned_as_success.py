"""FAL109: an error that is returned with the status of a success."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.errors.returned import returned_errors
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class ErrorReturnedAsSuccess(Rule):
    """An error is returned with the status of a success.

    ## What it does
    Reports an endpoint that returns

    - a dict, or a JSON response of one, that says it is an error and nothing else, such as `{"error": "No such book"}`
      or `{"success": False, "message": "No such book"}`, with a status from 200 to 299;
    - a body and a status as Flask takes them: `return {"detail": "No such book"}, 404`.

    ## Why is this bad?
    Clients, caches, proxies and monitors take a status from 200 to 299 for a success: they store the answer, do not try
    again, and raise no alarm. FastAPI knows no `return body, status`: it answers 200 with the list
    `[{"detail": "No such book"}, 404]`.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        if book_id not in books:
            return {"error": "No such book"}
        return {"title": books[book_id]}
    ```

    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        if book_id not in books:
            return {"detail": "No such book"}, 404
        return {"title": books[book_id]}
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    books = {1: "Emma"}


    @app.get("/books/{book_id}")
    def read_book(book_id: int):
        if book_id not in books:
            raise HTTPException(status_code=404, detail="No such book")
        return {"title": books[book_id]}
    ```

    ## When not to use it
    Where a protocol wants it, such as JSON-RPC, or a webhook whose sender must not try again.

    ## Known limitations
    Silent: dicts that hold more than an error, which may be data (the record of a job that failed); errors in schemas;
    values that may be None; routes that set the status by `response.status_code`; statuses that can't be resolved.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/
    - https://www.rfc-editor.org/rfc/rfc9110#name-successful-2xx
    """

    code = "FAL109"
    name = "error-returned-as-success"
    standards = ("API-8",)
    messages = {
        "success": "{route} returns an error ({what}) with the status {status}, which clients take for a success: "
        "raise an HTTPException with the status of the error",
        "list": "{route} returns a body and {status}, which FastAPI sends as a list with the status of the route: "
        "raise an HTTPException, or return a response with that status",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            for error in returned_errors(route, project):
                answer = error.answer
                related = [Related(f"{route.label} is declared here", route.location)]
                if answer.event is not None and answer.event.site != answer.site:
                    related.append(Related("the error is made here", answer.event.site.location))
                yield self.finding(
                    error.kind,
                    answer.site.location,
                    related=related,
                    route=route.label,
                    what=error.what,
                    status=error.status,
                )
