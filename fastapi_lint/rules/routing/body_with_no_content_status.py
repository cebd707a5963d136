"""FAL103: a body under a status that has none."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.endpoints.bodiless import bodiless_responses, dropped_answers, refused_model
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class BodyWithNoContentStatus(Rule):
    """A body is declared or returned under a status that has none.

    ## What it does
    Reports, for the statuses 204, 205, 304 and 1xx:

    - a `response_model`, or a return annotation that FastAPI takes for one (from 0.89 on);
    - a value that the endpoint returns;
    - a `Response` that is made with such a status and a content, in the endpoint or in a function that it calls.

    What counts depends on the FastAPI release of the project: 205 and 1xx in general have no body from 0.109.1 and
    0.79 on.

    ## Why is this bad?
    FastAPI refuses a model at import with `Status code 204 must not have a response body`: the application does not
    start. A returned value is dropped in silence, and the client never sees it. A `Response` with a content is sent
    as it is; a server such as uvicorn then breaks off the connection, since the body contradicts the status.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int):
        return {"deleted": book_id}
    ```

    ```python
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse

    app = FastAPI()


    @app.delete("/books/{book_id}")
    def delete_book(book_id: int):
        return JSONResponse({"deleted": book_id}, status_code=204)
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int) -> None:
        print("deleted", book_id)
    ```

    ```python
    from fastapi import FastAPI, Response

    app = FastAPI()


    @app.delete("/books/{book_id}")
    def delete_book(book_id: int):
        return Response(status_code=204)
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: values and annotations that can't be resolved, and values returned by routes that also set the status by
    `response.status_code`.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#name-204-no-content
    - https://fastapi.tiangolo.com/release-notes/
    """

    code = "FAL103"
    name = "body-with-no-content-status"
    standards = ("API-7",)
    messages = {
        "model": "{route} ({place}) declares the status {status}, which has no body, and {what}: "
        "FastAPI refuses it at import",
        "value": "{route} ({place}) answers {status}, which has no body: what is returned here is dropped in silence",
        "response": "a response with the status {status} has no body, but this one is made with a content",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.registered_routes:
            yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        named = {"route": route.label, "place": route.location}
        refused = refused_model(route, project)
        if refused is not None:
            yield self.finding(
                "model", route.location, severity=Severity.ERROR, status=route.status_code, what=refused, **named
            )
        else:
            for answer in dropped_answers(route, project):
                declared = Related(f"the status {route.status_code} is declared here", route.location)
                yield self.finding("value", answer.site.location, related=[declared], status=route.status_code, **named)
        for answer, status in bodiless_responses(route, project):
            related = [Related(f"{route.label} is declared here", route.location)]
            if answer.event is not None and answer.event.site != answer.site:
                related.append(Related("the response is made here", answer.event.site.location))
            yield self.finding("response", answer.site.location, related=related, status=status)
