"""FAL704: requests that have no id in the logs."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.endpoints.observation import correlates
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Rule


class MissingCorrelationId(Rule):
    """Nothing gives requests an id that their log entries share.

    ## What it does
    Reports an application without a middleware or dependency that speaks of a request id, correlation id or trace id,
    in a project that imports no package for tracing.

    ## Why is this bad?
    The entries of requests that are served at the same time are mixed. Without an id in each of them nobody can tell
    which ones belong to the request that failed, nor find those of the services behind.

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
    from contextvars import ContextVar
    from uuid import uuid4

    from fastapi import FastAPI, Request

    app = FastAPI()
    request_id: ContextVar[str] = ContextVar("request_id")


    @app.middleware("http")
    async def give_id(request: Request, call_next):
        request_id.set(request.headers.get("x-request-id", uuid4().hex))
        return await call_next(request)


    @app.get("/books")
    def read_books():
        return []
    ```

    ## When not to use it
    Where a proxy or an agent outside the source does so. It is strict because source code does not show that.

    ## Known limitations
    Silent: applications that another one mounts, and those with a middleware that can't be resolved.

    ## References
    - https://www.w3.org/TR/trace-context/
    """

    code = "FAL704"
    name = "missing-correlation-id"
    profile = "strict"
    standards = ("LOG-2",)
    messages = {
        "missing": "nothing gives the requests of {app} an id, so that log entries can't be told apart; add a "
        "middleware that takes it from a header or makes one",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.routes and not app.mounted and not correlates(app, project):
            yield self.finding("missing", app.location, app=app.name)
