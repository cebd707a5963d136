"""FAL135: a response model that no answer passes through."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.answers import is_generic, is_made_response, is_redirect, success_answers
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import render
from fastapi_lint.rules.api import Rule


class BypassedResponseModel(Rule):
    """A route declares a response model, but returns `Response` objects only.

    ## What it does
    Reports a route with a response model, stated or annotated, when everything that it returns with success is a
    `Response` that it makes itself: `return JSONResponse(...)`.

    ## Why is this bad?
    FastAPI sends a `Response` as it is. The model validates nothing and filters nothing: fields that it leaves out on
    purpose are sent, and the OpenAPI document promises what nobody checks.

    ## Bad
    ```python
    from fastapi import FastAPI
    from fastapi.responses import JSONResponse
    from pydantic import BaseModel

    app = FastAPI()


    class User(BaseModel):
        name: str


    @app.get("/me", response_model=User)
    def me() -> JSONResponse:
        return JSONResponse({"name": "Emma", "password_hash": "5f4dcc3b"})
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class User(BaseModel):
        name: str


    @app.get("/me", response_model=User)
    def me() -> dict[str, str]:
        return {"name": "Emma", "password_hash": "5f4dcc3b"}
    ```

    ## When not to use it
    Where responses are made by hand for speed, and the model only documents them. Because many projects do that on
    purpose, this rule belongs to the strict profile; `responses={200: {"model": User}}` documents without the promise.

    ## Known limitations
    Silent: routes that may return something else too, or something that can't be resolved; redirects; response models
    that leave everything open (`dict`, `Any`). Responses of the classes of Starlette and FastAPI, and of the project's
    own that derive from them, are known.

    ## References
    - https://fastapi.tiangolo.com/advanced/response-directly/
    - proof: `tests/proofs/test_response_models.py`
    """

    code = "FAL135"
    name = "bypassed-response-model"
    profile = "strict"
    standards = ("API-10",)
    messages = {
        "bypassed": "{route} ({place}) declares {model}, but returns Response objects only: nothing is validated or "
        "filtered; return the data, or document the model in responses="
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        model = route.response_model
        if model is None or is_generic(model):
            return
        found = success_answers(route, project)
        if not found or not all(is_made_response(answer.value) for answer in found):
            return
        if any(is_redirect(answer.value) for answer in found):
            return
        yield self.finding(
            "bypassed",
            route.location,
            related=[Related("this Response is sent as it is", answer.site.location) for answer in found],
            route=route.label,
            place=route.location,
            model=render(model),
        )
