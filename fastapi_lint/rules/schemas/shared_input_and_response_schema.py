"""FAL201: one schema for what a client sends and for what it gets back."""

from __future__ import annotations

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.resources import resource_of
from fastapi_lint.model.routes import Route
from fastapi_lint.model.schemas import Schema
from fastapi_lint.model.types import strip
from fastapi_lint.rules.api import Findings, Rule


class SharedInputAndResponseSchema(Rule):
    """One schema is the body and the response of the same resource.

    ## What it does
    Reports a body parameter of a POST, PUT or PATCH route whose schema is also what the routes of that resource answer
    with, alone or in a list.

    ## Why is this bad?
    What a client may send and what it may see are two contracts. With one schema for both, the server's own fields (ids,
    timestamps, owners) can be sent, fields meant for input only come back, and no field can become required on one side
    alone.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Book(BaseModel):
        id: int | None = None
        title: str


    @app.post("/books", status_code=201)
    def create_book(book: Book) -> Book:
        return book
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookCreate(BaseModel):
        title: str


    class BookResponse(BookCreate):
        id: int


    @app.post("/books", status_code=201)
    def create_book(book: BookCreate) -> BookResponse:
        return BookResponse(id=1, title=book.title)
    ```

    ## When not to use it
    Where a resource is a document that the client owns as a whole, such as a settings page.

    ## Known limitations
    A resource is told by its path: routes that differ only in their last parameters and actions belong together. Mapped
    classes are left to `orm-model-in-api`.

    ## References
    - https://fastapi.tiangolo.com/tutorial/extra-models/
    """

    code = "FAL201"
    name = "shared-input-and-response-schema"
    standards = ("SCH-1",)
    messages = {
        "same": "{route} ({place}) takes {schema} as its body and answers with it: a client can send what only the server "
        "should set, and gets back what it sent",
        "other": "{route} ({place}) takes {schema} as its body, and {other} ({there}) answers with it: separate what a client "
        "sends from what it sees",
    }

    def check_route(self, route: Route, project: Project) -> Findings:
        function = route.function
        if function is None or project.is_test(function.module) or not {"POST", "PUT", "PATCH"} & set(route.methods or ()):
            return
        for parameter in route.dependant.parameters:
            schema = project.schemas.of(strip(parameter.type)) if parameter.place == "body" else None
            if schema is None or project.orm_models.of(schema.cls) is not None:
                continue
            other = self._answering(schema, route, project)
            if other is not None:
                yield self.finding(
                    "same" if other is route else "other",
                    parameter.location or route.location,
                    related=[Related(f"{schema.name} is defined here", schema.location)],
                    route=route.label,
                    place=route.location,
                    schema=schema.name,
                    other=other.label,
                    there=other.location,
                )

    @staticmethod
    def _answering(schema: Schema, route: Route, project: Project) -> Route | None:
        """The route of the same resource that answers with a schema, the route itself before the others."""
        for other in (route, *project.routes_of(resource_of(route))):
            model = other.response_model
            if model is not None and schema in set(project.schemas.in_type(model)):
                return other
        return None
