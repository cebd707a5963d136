"""FAL105: an endpoint that answers 500 by hand."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.answers import answers_of, own_status
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class Deliberate500(Rule):
    """An endpoint answers 500 by hand.

    ## What it does
    Reports an `HTTPException` with the status 500 that an endpoint, a dependency or what they call raises, and a
    `Response` with the status 500 that an endpoint returns.

    ## Why is this bad?
    500 says that the server met something that its authors did not expect. FastAPI answers so by itself when an
    exception is not caught, and then the exception is logged with its traceback and seen by whatever watches the
    service. An `HTTPException` is an answer like any other: it is not logged, the cause is lost, and its text, often
    that of the exception, is sent to the client. What is expected has a status that says more: 404, 409 or 422 for the
    request, 502, 503 or 504 for a service behind this one.

    ## Bad
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name]
        except Exception as error:
            raise HTTPException(status_code=500, detail=str(error))
    ```

    ## Good
    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()
    totals = {"a": 1}


    @app.get("/totals/{name}")
    def read_total(name: str):
        try:
            return totals[name]
        except KeyError:
            raise HTTPException(status_code=404, detail="No such total")
    ```

    One handler answers for all that nobody expected:

    ```python
    import logging

    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.exception_handler(Exception)
    def on_exception(request: Request, error: Exception) -> JSONResponse:
        logging.getLogger(__name__).exception("%s failed", request.url.path, exc_info=error)
        return JSONResponse({"detail": "Internal server error"}, status_code=500)
    ```

    ## When not to use it
    Where clients that cannot be changed read the text of such answers.

    ## Known limitations
    Silent: exception handlers and middlewares, which are the place to answer for the unexpected; exceptions that do not
    derive from `HTTPException`; statuses that can't be resolved.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-500-internal-server-error
    - https://fastapi.tiangolo.com/tutorial/handling-errors/
    """

    code = "FAL105"
    name = "deliberate-500"
    standards = ("API-9",)
    messages = {
        "raised": "{name} is raised with the status 500 by hand: let the exception pass to the handler that logs it, "
        "or answer with a status that says what failed",
        "returned": "{route} returns a response with the status 500 by hand: let the exception pass to the handler "
        "that logs it, or answer with a status that says what failed",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error in project.raised_errors:
            if error.status == 500:
                related = [Related(f"{error.entry.label} leads here", error.entry.location)]
                yield self.finding("raised", error.site.location, related=related, name=error.name)
        for route in project.registered_routes:
            for answer in answers_of(route, project):
                if answer.kind == "response" and own_status(answer.value) == 500:
                    related = [Related(f"{route.label} is declared here", route.location)]
                    yield self.finding("returned", answer.site.location, related=related, route=route.label)
