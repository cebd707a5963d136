"""FAL133: a response model that the return annotation says already."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import is_same, render
from fastapi_lint.rules.api import Rule
from fastapi_lint.text.location import Location


class RedundantResponseModel(Rule):
    """`response_model` says what the return annotation says.

    ## What it does
    Reports a route whose `response_model` is the type of its return annotation, however either is written.

    ## Why is this bad?
    FastAPI takes the return annotation for the response model. The second mention has no effect, and somebody will
    change one of the two: then `response_model` wins in silence, and the annotation tells readers and type checkers
    something that is not so.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Book(BaseModel):
        title: str


    @app.get("/books", response_model=list[Book])
    def list_books() -> list[Book]:
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Book(BaseModel):
        title: str


    @app.get("/books")
    def list_books() -> list[Book]:
        return []
    ```

    ## When not to use it
    Where tools that do not know FastAPI read `response_model` from the source.

    ## Known limitations
    Silent: types that can't be resolved, releases of FastAPI before 0.89, which do not read the annotation, and a
    statement that registers several routes of which one has another response model than its annotation.

    ## Fix safety
    The fix leaves `response_model` out. FastAPI makes the same response model of the annotation. There is none where
    one statement registers several endpoints.

    ## References
    - https://fastapi.tiangolo.com/tutorial/response-model/#response-model-parameter
    - proof: `tests/proofs/test_response_models.py`
    """

    code = "FAL133"
    name = "redundant-response-model"
    severity = Severity.INFO
    fix = "safe"
    standards = ("API-10",)
    messages = {
        "redundant": "response_model of {route} repeats the return annotation {model}, which FastAPI reads: leave "
        "it out",
        "remove": "remove `response_model`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        registered: dict[Location, list[Route]] = {}
        for route in project.registered_routes:
            if route.states_response_model and not project.is_test(route.site.module):
                registered.setdefault(route.location, []).append(route)
        for location, routes in registered.items():
            returned = routes[0].return_model
            if returned is not None and all(map(_is_redundant, routes)):
                yield self.finding(
                    "redundant",
                    location,
                    fix=self._fix(routes[0], project),
                    route=routes[0].label,
                    model=render(returned),
                )

    def _fix(self, route: Route, project: Project) -> Fix | None:
        editing = project.registration_to_edit(route)
        if editing is None:
            return None
        editor, call = editing
        return editor.fix(self.messages["remove"], [editor.remove_argument(call, "response_model")])


def _is_redundant(route: Route) -> bool:
    stated, returned = route.response_model, route.return_model
    return stated is not None and returned is not None and is_same(stated, returned)
