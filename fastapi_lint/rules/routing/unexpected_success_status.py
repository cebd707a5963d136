"""FAL104: a declared success status that does not fit the method."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.endpoints.statuses import misfit
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnexpectedSuccessStatus(Rule):
    """The declared success status does not fit the method of the route.

    ## What it does
    Reports routes that declare

    - 201 for a `GET`, which only reads;
    - 201 for a `PATCH` or `DELETE`, for a `PUT` beside a `POST` of the same path, or for one whose endpoint says by its
      name that it updates, where nothing is created;
    - a redirect (300 to 308, but 304), where the endpoint returns a value and no response.

    ## Why is this bad?
    201 says that a new resource is there, and where: clients add it to what they show, logs and monitors count it as
    created. A redirect without a place to go to is followed by nobody: clients stop with an error.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    titles = {1: "Emma"}


    @app.get("/books", status_code=201)
    def read_books():
        return titles
    ```

    ```python
    from fastapi import FastAPI

    app = FastAPI()
    titles = {1: "Emma"}


    @app.patch("/books/{book_id}", status_code=201)
    def rename_book(book_id: int, title: str):
        titles[book_id] = title
        return titles
    ```

    ## Good
    ```python
    from fastapi import FastAPI, status

    app = FastAPI()
    titles = {1: "Emma"}


    @app.get("/books")
    def read_books():
        return titles


    @app.post("/books", status_code=status.HTTP_201_CREATED)
    def add_book(title: str):
        titles[len(titles) + 1] = title
        return titles
    ```

    ## When not to use it
    Where clients that cannot be changed expect the statuses as they are.

    ## Known limitations
    Silent: a `PUT` that may create what its path names (unless it answers 404 without it), statuses that can't be
    resolved, and what other rules speak of: a body under a status that has none (`body-with-no-content-status`), 200
    for what creates or deletes (`created-without-201`, `delete-without-204`).

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-201-created
    - https://www.rfc-editor.org/rfc/rfc9110#name-redirection-3xx
    """

    code = "FAL104"
    name = "unexpected-success-status"
    standards = ("API-5",)
    messages = {
        "read": "{route} declares the status 201, but a {method} creates nothing: leave it to 200",
        "changed": "{route} declares the status 201, but it changes what is there and creates nothing: leave it to "
        "200, or 204 without a body",
        "redirect": "{route} declares the status {status}, but returns a value and no place to go to: return a "
        "RedirectResponse, or declare the status of a success",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            found = misfit(route, project) if route.status_code is not None else None
            if found is not None:
                method = "/".join(route.methods or ())
                yield self.finding(found, route.location, route=route.label, method=method, status=route.status_code)
