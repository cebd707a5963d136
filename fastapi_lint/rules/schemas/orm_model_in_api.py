"""FAL203: a mapped class as request body or response."""

from __future__ import annotations

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import classes
from fastapi_lint.rules.api import Findings, Rule


class OrmModelInApi(Rule):
    """An ORM model is the body or the response of a route.

    ## What it does
    Reports a route whose request body or response, at any depth, is a mapped class: an SQLModel class with
    `table=True`, or an SQLAlchemy model that a schema was allowed to hold.

    ## Why is this bad?
    The table becomes the API. Every column that is added later is published with it, password hashes too, and a body
    of the table's class lets a client set `id`, `owner_id` or `is_admin`. SQLModel classes with `table=True` do not
    even validate: `Hero(age="old")` is accepted.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlmodel import Field, SQLModel

    app = FastAPI()


    class Hero(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        name: str
        secret_name: str


    @app.post("/heroes/", status_code=201)
    def create_hero(hero: Hero) -> Hero:
        return hero
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlmodel import Field, SQLModel

    app = FastAPI()


    class HeroCreate(SQLModel):
        name: str
        secret_name: str


    class HeroPublic(SQLModel):
        id: int
        name: str


    class Hero(HeroCreate, table=True):
        id: int | None = Field(default=None, primary_key=True)


    @app.post("/heroes/", status_code=201, response_model=HeroPublic)
    def create_hero(hero: HeroCreate):
        return Hero.model_validate(hero)
    ```

    ## When not to use it
    In an internal tool whose only client is developed with its tables.

    ## Known limitations
    A route without response model that returns mapped objects is not reported: FastAPI then publishes what it can
    serialise, which is another fault.

    ## References
    - https://sqlmodel.tiangolo.com/tutorial/fastapi/multiple-models/
    """

    code = "FAL203"
    name = "orm-model-in-api"
    standards = ("SCH-1",)
    messages = {
        "body": "{route} ({place}) takes the ORM model {model} as its body: a client may set every column of {table}",
        "response": "{route} ({place}) answers with the ORM model {model}: every column of {table} is published",
        "nested": "{route} ({place}) answers with {schema}, which holds the ORM model {model}: every column of {table} "
        "is published",
    }

    def check_route(self, route: Route, project: Project) -> Findings:
        if route.function is None or project.is_test(route.function.module):
            return
        for parameter in route.parameters:
            models = [project.orm_models.of(cls) for cls in classes(parameter.type)] if parameter.in_body else []
            for model in filter(None, models):
                yield self.finding(
                    "body",
                    parameter.location or route.location,
                    related=[Related(f"{model.name} is mapped here", model.location)],
                    route=route.label,
                    place=route.location,
                    model=model.name,
                    table=_table(model.table_name, model.name),
                )
        if route.response_model is None:
            return
        direct = list(dict.fromkeys(classes(route.response_model)))
        for cls in project.schemas.response_classes(route.response_model):
            model = project.orm_models.of(cls)
            if model is None:
                continue
            holder = next((c.name for c in direct if cls in project.schemas.response_classes(c)), "a schema")
            yield self.finding(
                "response" if cls in direct else "nested",
                route.location,
                related=[Related(f"{model.name} is mapped here", model.location)],
                route=route.label,
                place=route.location,
                model=model.name,
                schema=holder,
                table=_table(model.table_name, model.name),
            )


def _table(name: object, model: str) -> str:
    """How a message names the table of a model."""
    return f"the table {name!r}" if isinstance(name, str) else f"the table of {model}"
