"""FAL202: the schema with which a thing is created, for its update too."""

from __future__ import annotations

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.paths import shape
from fastapi_lint.model.routing.resources import resource_of, taken_schemas
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Findings, Option, Rule


class SharedCreateAndUpdateSchema(Rule):
    """One schema creates and updates a resource.

    ## What it does
    Reports a `PATCH` of an item whose schema is also what the `POST` of its collection takes.

    ## Why is this bad?
    To create, some fields must be given; to change, none must. With one schema for both, either `PATCH` demands the
    whole thing again, or `POST` accepts things without what they need. Fields that are set once and for all (an owner,
    an email) can be changed later, too.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookIn(BaseModel):
        title: str
        note: str | None = None


    @app.post("/books", status_code=201)
    def create_book(book: BookIn) -> dict[str, int]:
        return {"id": 1}


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, book: BookIn) -> dict[str, int]:
        return {"id": book_id}
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookCreate(BaseModel):
        title: str
        note: str | None = None


    class BookUpdate(BaseModel):
        title: str | None = None
        note: str | None = None


    @app.post("/books", status_code=201)
    def create_book(book: BookCreate) -> dict[str, int]:
        return {"id": 1}


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, book: BookUpdate) -> dict[str, int]:
        return {"id": book_id}
    ```

    ## When not to use it
    Where things have no field that must be given, and all may be changed.

    ## Known limitations
    The `POST` and the `PATCH` are told to be of one resource by their paths. Mapped classes are left to
    `orm-model-in-api`.

    ## Options
    With `put`, a `PUT` that shares the schema is reported, too. It replaces the whole, so one schema may be meant.

    ## References
    - https://fastapi.tiangolo.com/tutorial/body-updates/
    - https://fastapi.tiangolo.com/tutorial/extra-models/
    """

    code = "FAL202"
    name = "shared-create-and-update-schema"
    standards = ("SCH-1",)
    messages = {
        "shared": "{route} ({place}) takes {schema}, with which {other} ({there}) creates: "
        "make a schema of its own for the update{why}",
    }
    options = (Option("put", "bool", False, "report PUT routes that share the schema, too"),)

    def check_route(self, route: Route, project: Project) -> Findings:
        function = route.function
        updating = (("PATCH",), ("PUT",)) if self.option("put") else (("PATCH",),)
        if function is None or project.is_test(function.module) or route.methods not in updating:
            return
        if not shape(route.path).is_item:
            return
        creating = [
            other
            for other in project.routes_of(resource_of(route))
            if other.methods == ("POST",) and shape(other.path).is_collection
        ]
        for parameter, schema in taken_schemas(route, project.schemas):
            sharing = (
                other for other in creating if schema in {own for _, own in taken_schemas(other, project.schemas)}
            )
            other = next(sharing, None)
            if other is None or project.orm_models.of(schema.cls) is not None:
                continue
            required = [field.name for field in schema.fields if field.required]
            yield self.finding(
                "shared",
                parameter.location or route.location,
                related=[Related(f"{schema.name} is defined here", schema.location)],
                route=route.label,
                place=route.location,
                schema=schema.name,
                other=other.label,
                there=other.location,
                why=f", which need not send {', '.join(required[:4])}" if required else "",
            )
