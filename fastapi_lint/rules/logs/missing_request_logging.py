"""FAL708: requests that nobody logs or measures."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.endpoints.observation import observes
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Rule


class MissingRequestLogging(Rule):
    """Nothing logs or measures requests.

    ## What it does
    Reports an application without a middleware that logs, in a project that imports no package for tracing or metrics.

    ## Why is this bad?
    How long requests take, which ones fail and how many there are, is the first that is asked when a service is slow.
    The access log of the server says neither how long nor for whom.

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
    import logging
    import time

    from fastapi import FastAPI, Request

    app = FastAPI()
    logger = logging.getLogger(__name__)


    @app.middleware("http")
    async def log_request(request: Request, call_next):
        start = time.perf_counter()
        response = await call_next(request)
        logger.info("%s %s %.3f", request.url.path, response.status_code, time.perf_counter() - start)
        return response


    @app.get("/books")
    def read_books():
        return []
    ```

    ## When not to use it
    Where a proxy or an agent outside the source does so. It is strict because source code does not show that.

    ## Known limitations
    Silent: applications that another one mounts, and those with a middleware that can't be resolved, or one of a
    package whose name speaks of logs, metrics or traces.

    ## References
    - https://fastapi.tiangolo.com/tutorial/middleware/
    """

    code = "FAL708"
    name = "missing-request-logging"
    profile = "strict"
    standards = ("LOG-4", "LOG-5")
    messages = {
        "missing": "nothing logs or measures the requests of {app}; add a middleware that logs path, status and "
        "duration",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.routes and not app.mounted and not observes(app, project):
            yield self.finding("missing", app.location, app=app.name)
