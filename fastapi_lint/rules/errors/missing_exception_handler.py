"""FAL606: an application without exception handlers."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Rule


class MissingExceptionHandler(Rule):
    """An application has no exception handler.

    ## What it does
    Reports an application with routes that registers no exception handler at all.

    ## Why is this bad?
    Errors that nobody foresaw are answered with the text `Internal Server Error`, which is not the JSON that clients
    get for all others, and the exceptions of the project itself must be turned into answers in each endpoint.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books")
    def read_books():
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.exception_handler(Exception)
    def on_error(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": "Something went wrong"}, status_code=500)


    @app.get("/books")
    def read_books():
        return []
    ```

    ## When not to use it
    Where a gateway makes the answers to errors. It is strict because a small service needs none.

    ## Known limitations
    Silent: applications that another one mounts, and those that something unknown may add handlers to.

    ## References
    - https://fastapi.tiangolo.com/tutorial/handling-errors/#install-custom-exception-handlers
    """

    code = "FAL606"
    name = "missing-exception-handler"
    profile = "strict"
    standards = ("ERR-2",)
    messages = {
        "missing": "{app} has no exception handler: what nobody foresaw is answered with plain text; register one for "
        "Exception and for the base of your own exceptions",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.routes and not app.mounted and not app.exception_handlers and app.router.arguments.complete:
            yield self.finding("missing", app.location, app=app.name)
