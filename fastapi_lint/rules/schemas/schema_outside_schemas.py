"""FAL206: a schema of the API that is defined beside routes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.definitions import ClassDefinition, Module
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.schemas.usage import documented_schemas, input_schemas, response_schemas
from fastapi_lint.rules.api import Rule


class SchemaOutsideSchemas(Rule):
    """A schema of the API is defined in a module with routes.

    ## What it does
    Reports a Pydantic model in the body or a response of a route, at any depth, that is defined in a module which
    registers routes, in an application whose routes stand in several modules.

    ## Why is this bad?
    What else needs the schema, a service, a test, another router, must import a module with routes, which soon imports
    it back. And who looks for the shapes of the API has to look everywhere.

    ## Bad
    ```python
    # file: books.py
    from fastapi import APIRouter
    from pydantic import BaseModel

    router = APIRouter()


    class Book(BaseModel):
        title: str


    @router.get("/books")
    def list_books() -> list[Book]:
        return []

    # file: main.py
    from fastapi import FastAPI

    import books

    app = FastAPI()
    app.include_router(books.router)


    @app.get("/status")
    def status() -> str:
        return "up"
    ```

    ## Good
    ```python
    # file: schemas.py
    from pydantic import BaseModel


    class Book(BaseModel):
        title: str

    # file: books.py
    from fastapi import APIRouter

    from schemas import Book

    router = APIRouter()


    @router.get("/books")
    def list_books() -> list[Book]:
        return []

    # file: main.py
    from fastapi import FastAPI

    import books

    app = FastAPI()
    app.include_router(books.router)


    @app.get("/status")
    def status() -> str:
        return "up"
    ```

    ## When not to use it
    Where each feature is one module on purpose.

    ## Known limitations
    It is a matter of taste, and so not on by default. Silent: applications whose routes all stand in one module; tests.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL206"
    name = "schema-outside-schemas"
    severity = Severity.INFO
    profile = "strict"
    standards = ("SCH-2",)
    messages = {"beside": "{schema} is defined beside routes: move it to a module of schemas"}

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        routes, schemas = project.routes_by_endpoint, project.schemas
        modules: dict[App, set[Module]] = {}
        for route in routes:
            modules.setdefault(route.app, set()).add(route.site.module)
        shown = {**documented_schemas(routes, schemas), **response_schemas(routes, schemas)}
        seen: set[ClassDefinition] = set()
        for schema, route in {**shown, **input_schemas(routes, schemas)}.items():
            beside = modules[route.app]
            if len(beside) > 1 and schema.cls.module in beside and schema.cls not in seen:
                seen.add(schema.cls)
                related = [Related(f"{route.label} has it", route.location)]
                yield self.finding("beside", schema.cls.location, related=related, schema=schema.name)
