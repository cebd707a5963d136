"""FAL209: complex bodies without an example."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.examples import bodies_without_example
from fastapi_lint.rules.api import Option, Rule


class MissingSchemaExample(Rule):
    """A schema of a request has many fields and no example.

    ## What it does
    Reports the schema of a request's body that has five fields or more, or other schemas in it, and no example: none in
    its configuration, nor for one of its fields at any depth, nor for the parameter that takes it.

    ## Why is this bad?
    The documentation then shows `"string"` and `0` for each field, and whoever tries the API out must find out by
    errors which values go together.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Address(BaseModel):
        street: str
        country: str


    class OrderCreate(BaseModel):
        currency: str
        deliver_to: Address


    @app.post("/orders", status_code=201)
    def place_order(order: OrderCreate) -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, ConfigDict

    app = FastAPI()


    class Address(BaseModel):
        street: str
        country: str


    class OrderCreate(BaseModel):
        model_config = ConfigDict(
            json_schema_extra={
                "examples": [{"currency": "EUR", "deliver_to": {"street": "Hauptstraße 1", "country": "DE"}}]
            }
        )

        currency: str
        deliver_to: Address


    @app.post("/orders", status_code=201)
    def place_order(order: OrderCreate) -> None: ...
    ```

    ## When not to use it
    Where nobody reads the documentation: in the backend of one frontend whose types are generated.

    ## Known limitations
    It is a matter of taste, and so not on by default. One example, of one field at any depth, is enough. Silent: routes
    outside of the document, those whose body `openapi_extra` describes, schemas that change their JSON schema by code,
    tests.

    ## References
    - https://fastapi.tiangolo.com/tutorial/schema-extra-example/
    """

    code = "FAL209"
    name = "missing-schema-example"
    severity = Severity.INFO
    profile = "strict"
    standards = ("SCH-5",)
    options = (Option("fields", "int", 5, "From how many fields on a schema wants an example."),)
    messages = {
        "missing": "{route} ({place}) takes {schema}, which has {what} and no example: give one in `json_schema_extra` "
        "of its configuration, or by `Field(examples=[…])`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        reported = set()
        for route in project.routes:  # one of an endpoint may be hidden, and the other not
            if project.is_test(route.site.module):
                continue
            for schema in bodies_without_example(route, project.schemas):
                count, nested = len(schema.fields), schema.nested()
                many = count >= int(str(self.option("fields")))
                if schema.cls in reported or not (many or nested):
                    continue
                reported.add(schema.cls)
                yield self.finding(
                    "missing",
                    schema.location,
                    related=[Related(f"{route.label} takes it", route.location)],
                    route=route.label,
                    place=route.location,
                    schema=schema.name,
                    what=f"{count} fields" if many else f"{nested[0].name} in it",
                )
