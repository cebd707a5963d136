"""FAL208: fields of the API that nothing describes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.schemas.usage import declared_fields, input_schemas, response_schemas
from fastapi_lint.model.values import Dictionary, Literal
from fastapi_lint.rules.api import Rule


class UndescribedField(Rule):
    """Fields of a schema have no description.

    ## What it does
    Reports a schema in the body or the response of a route, at any depth, with fields that have no
    `Field(description=…)`. There is one finding for a schema; each field is reported where it is declared, not again in
    schemas that inherit it.

    ## Why is this bad?
    The documentation, generated clients and language models that call the API see a name and a type: not the unit, not
    what the values mean, not what happens when it is left out.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Parcel(BaseModel):
        weight: float


    @app.post("/parcels", status_code=201)
    def send(parcel: Parcel) -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, Field

    app = FastAPI()


    class Parcel(BaseModel):
        weight: float = Field(description="In grams, packaging included.")


    @app.post("/parcels", status_code=201)
    def send(parcel: Parcel) -> None: ...
    ```

    ## When not to use it
    Where names and types are thought to say enough.

    ## Known limitations
    It is a matter of taste, and so not on by default. Silent: fields that tell kinds of objects apart
    (`Literal["card"]`); schemas that take the docstrings of attributes for descriptions
    (`use_attribute_docstrings`); root models; descriptions in `json_schema_extra`; tests.

    ## References
    - https://fastapi.tiangolo.com/tutorial/body-fields/
    - https://docs.pydantic.dev/latest/concepts/fields/#customizing-json-schema
    """

    code = "FAL208"
    name = "undescribed-field"
    severity = Severity.INFO
    profile = "strict"
    standards = ("SCH-4",)
    messages = {
        "undescribed": "{schema} is in the API, and {fields} without a description: add `Field(description=…)`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        routes, schemas = project.routes_by_endpoint, project.schemas
        used = {**response_schemas(routes, schemas), **input_schemas(routes, schemas)}
        for owner, fields, route in declared_fields(used, _undescribed):
            names = (
                f"`{fields[0].name}` is" if len(fields) == 1 else f"`{fields[0].name}` and {len(fields) - 1} more are"
            )
            related = [Related(f"{route.label} has it", route.location)]
            yield self.finding("undescribed", fields[0].location, related=related, schema=owner.name, fields=names)


def _undescribed(schema: Schema) -> list[SchemaField]:
    """The fields of a schema that nothing describes; what a root model holds is described by its docstring."""
    docstrings = schema.config.get("use_attribute_docstrings")
    if schema.is_root or (docstrings is not None and not (isinstance(docstrings, Literal) and not docstrings.value)):
        return []
    return [field for field in schema.fields if not field.is_constant and not _may_be_described(field)]


def _may_be_described(field: SchemaField) -> bool:
    extra = field.argument("json_schema_extra")
    if isinstance(extra, Dictionary) and extra.complete:
        extra = extra.get("description")
    return extra is not None or field.argument("description") is not None
