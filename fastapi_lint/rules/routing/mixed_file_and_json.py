"""FAL137: files or form fields beside a JSON body."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.dependencies.markers import read_field_marker
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import is_scalar, is_scalar_sequence, strip
from fastapi_lint.rules.api import Rule


class MixedFileAndJson(Rule):
    """A route takes a file or form fields together with a JSON body.

    ## What it does
    Reports a model, dict or list of such in the body of a route that has `File()`, `UploadFile` or `Form()` parameters
    too, in the endpoint or in a dependency.

    ## Why is this bad?
    A request has one body of one content type. As soon as one parameter is a file or a form field FastAPI reads the
    body as a form, and the model must be a field of it; but a form field is text, and FastAPI parses no JSON there.
    Each request is answered with 422, however the client sends the model.

    ## Bad
    ```python
    from fastapi import FastAPI, UploadFile
    from pydantic import BaseModel

    app = FastAPI()


    class Picture(BaseModel):
        title: str


    @app.post("/pictures", status_code=201)
    def add_picture(picture: Picture, file: UploadFile) -> Picture:
        return picture
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import FastAPI, File, Form, UploadFile
    from pydantic import BaseModel, Json

    app = FastAPI()


    class Picture(BaseModel):
        title: str


    @app.post("/pictures", status_code=201)
    def add_picture(title: Annotated[str, Form()], file: UploadFile) -> Picture:
        return Picture(title=title)


    @app.post("/drawings", status_code=201)
    def add_drawing(picture: Annotated[Json[Picture], Form()], file: UploadFile) -> Picture:
        return picture
    ```

    ## When not to use it
    Where something before FastAPI's validation turns the text of the form field into an object.

    ## Known limitations
    Silent: numbers, texts and lists of them marked `Body()`, which a form can hold; models that validate text
    themselves (a model validator, a custom schema), types with further metadata in `Annotated`, types that can't be
    resolved. `Depends(Model)` beside a file is not reported, though the fields of the model are then query parameters.

    ## References
    - https://fastapi.tiangolo.com/tutorial/request-forms-and-files/
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL137"
    name = "mixed-file-and-json"
    standards = ("API-10", "SEC-2")
    messages = {
        "mixed": "{route} ({place}) takes the JSON body {body} beside {other}, a {kind}: the request is then a form, "
        "which holds no JSON, and is answered with 422; make {body} form fields, or send it apart"
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            if route.function not in seen and not project.is_test(route.site.module):
                seen.add(route.function)
                yield from self._check(route, project)

    def _check(self, route: Route, project: Project) -> Iterator[Diagnostic]:
        other = next((parameter for parameter in route.parameters if parameter.place in ("file", "form")), None)
        for parameter in route.parameters if other is not None else ():
            if parameter.place == "body" and _needs_json(parameter, project):
                yield self.finding(
                    "mixed",
                    parameter.location or route.location,
                    related=[Related(f"{other.name} makes the request a form", other.location)]
                    if other is not None and other.location is not None
                    else (),
                    route=route.label,
                    place=route.location,
                    body=parameter.name,
                    other=other.name if other is not None else "",
                    kind="file" if other is not None and other.place == "file" else "form field",
                )


def _needs_json(parameter: RouteParameter, project: Project) -> bool:
    """Whether no form field can hold a parameter of the body."""
    if is_scalar(parameter.type) is not False or is_scalar_sequence(parameter.type) is not False:
        return False
    if any(read_field_marker(value) is None for value in parameter.metadata):
        return False
    schema = project.schemas.of(strip(parameter.type))
    if schema is None:
        return True
    reads_text = any(validator.kind in ("model_validator", "root_validator") for validator in schema.validators)
    own = ("__get_validators__", "__get_pydantic_core_schema__")
    return schema.is_complete and not reads_text and not any(schema.cls.find(name) is not None for name in own)
