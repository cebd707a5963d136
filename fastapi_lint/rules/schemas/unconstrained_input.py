"""FAL210: fields of requests that nothing bounds."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.bounds import unbounded_fields
from fastapi_lint.model.schemas.usage import declared_fields, input_schemas
from fastapi_lint.rules.api import Rule

_MAX_NAMES = 4


class UnconstrainedInput(Rule):
    """Fields of a request take texts, lists or numbers of any size.

    ## What it does
    Reports a schema in the body of a route, at any depth, with texts and lists that have no greatest length, and
    numbers that have no bound at all. There is one finding for a schema; each field is reported where it is declared,
    not again in schemas that inherit it.

    ## Why is this bad?
    A title of a megabyte is stored, indexed and shown to everybody, or refused by a column that is shorter, with a 500;
    a list of a million ids becomes as many queries; a negative quantity pays money back. A bound is checked before any
    code runs, answered with a 422, and known to those who read the documentation.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class OrderCreate(BaseModel):
        title: str
        tags: list[str]
        quantity: int


    @app.post("/orders", status_code=201)
    def place_order(order: OrderCreate) -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, Field

    app = FastAPI()


    class OrderCreate(BaseModel):
        title: str = Field(max_length=200)
        tags: list[str] = Field(max_length=20)
        quantity: int = Field(ge=1, le=1000)


    @app.post("/orders", status_code=201)
    def place_order(order: OrderCreate) -> None: ...
    ```

    ## When not to use it
    Where something before the application bounds the size of requests, and nobody minds what fits into it.

    ## Known limitations
    It is a matter of taste, and so not on by default. Silent: fields with a pattern; numbers with one bound, and those
    that name something (`user_id`); fields with a validator, and schemas with one for the whole model; types with
    further metadata in `Annotated`; unions of several types; what is in lists and dicts; parameters of the query;
    tests.

    ## References
    - https://docs.pydantic.dev/latest/concepts/fields/#field-constraints
    - https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/
    """

    code = "FAL210"
    name = "unconstrained-input"
    severity = Severity.INFO
    profile = "strict"
    standards = ("SCH-4",)
    messages = {
        "unbounded": "{route} ({place}) takes {schema}, in which nothing bounds {fields}: add `Field(max_length=…)` to "
        "texts and lists, `ge` and `le` to numbers",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        used = input_schemas(project.routes_by_endpoint, project.schemas)
        for owner, fields, route in declared_fields(used, unbounded_fields):
            names = ", ".join(f"`{field.name}`" for field in fields[:_MAX_NAMES])
            yield self.finding(
                "unbounded",
                fields[0].location,
                related=[Related(f"{route.label} takes it", route.location)],
                route=route.label,
                place=route.location,
                schema=owner.name,
                fields=names + (f" and {len(fields) - _MAX_NAMES} more" if len(fields) > _MAX_NAMES else ""),
            )
