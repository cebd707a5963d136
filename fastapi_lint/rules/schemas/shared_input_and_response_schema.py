"""FAL201: one schema for what a client sends and for what it gets back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi_lint.diagnostics import Related
from fastapi_lint.model.knowledge.fields import SECRET_INPUTS, SERVER_FIELDS
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.paths import shape, split_words
from fastapi_lint.model.routing.resources import is_single, resource_of, shown_schemas
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.security.nature import looks_up
from fastapi_lint.rules.api import Findings, Rule


class SharedInputAndResponseSchema(Rule):
    """One schema is the body and the response of the same resource.

    ## What it does
    Reports a body parameter of a POST, PUT or PATCH route whose schema is also what the routes of that resource answer
    with, alone, in a list or in a page.

    ## Why is this bad?
    What a client may send and what it may see are two contracts. With one schema for both, the server's own fields
    (ids, timestamps, owners) can be sent, fields meant for input only come back, and no field can become required on
    one side alone.

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
    A resource is told by its path: routes that differ only in their last parameters and actions belong together. A
    single thing that is replaced at its own path (settings) is reported only when the names of its fields say that the
    server sets some of them, and routes that by their name only check or look up something are not. Mapped classes are
    left to `orm-model-in-api`.

    ## References
    - https://fastapi.tiangolo.com/tutorial/extra-models/
    """

    code = "FAL201"
    name = "shared-input-and-response-schema"
    standards = ("SCH-1",)
    messages = {
        "same": "{route} ({place}) takes {schema} as its body and answers with it: {harm}",
        "other": "{route} ({place}) takes {schema} as its body, and {other} ({there}) answers with it: {harm}",
    }

    def check_route(self, route: Route, project: Project) -> Findings:
        function = route.function
        if (
            function is None
            or project.is_test(function.module)
            or not {"POST", "PUT", "PATCH"} & set(route.methods or ())
        ):
            return
        siblings = project.routes_of(resource_of(route))
        answering = [route] if shape(route.path).is_action else [route, *siblings]
        for parameter in route.dependant.parameters:
            taken = list(project.schemas.in_type(parameter.type)) if parameter.place == "body" else []
            harms = {schema: _harm(schema, names_its_own=_names_its_own(route, siblings)) for schema in taken}
            for schema, harm in sorted(harms.items(), key=lambda item: not item[1]):
                if project.orm_models.of(schema.cls) is not None or (not harm and is_single(siblings)):
                    continue
                other = _answering(schema, answering, project)
                if other is None or looks_up(route, project):
                    continue
                yield self.finding(
                    "same" if other is route else "other",
                    parameter.location or route.location,
                    related=[Related(f"{schema.name} is defined here", schema.location)],
                    route=route.label,
                    place=route.location,
                    schema=schema.name,
                    other=other.label,
                    there=other.location,
                    harm=harm or "neither side can get or lose a field without the other",
                )
                break  # one finding a parameter, however many schemas its union has


def _answering(schema: Schema, routes: Iterable[Route], project: Project) -> Route | None:
    """The first route that answers with a schema."""
    for route in routes:
        model = route.response_model
        if model is not None and schema in set(shown_schemas(model, project.schemas)):
            return route
    return None


def _names_its_own(route: Route, siblings: Sequence[Route]) -> bool:
    """Whether the body must name what is changed, of several things: no path does."""
    return "POST" not in (route.methods or ()) and "{" not in route.path and not is_single(siblings)


def _harm(schema: Schema, names_its_own: bool) -> str:
    """What sharing a schema does, by the names of its fields, or "" when they don't say."""
    ids = {"id", "_".join((*split_words(schema.name), "id"))}
    served = SERVER_FIELDS - ids if names_its_own else SERVER_FIELDS | ids
    sent = [field.name for field in schema.fields if field.name in served]
    shown = [field.name for field in schema.fields if field.name in SECRET_INPUTS and not field.excluded]
    harms = {f"send {', '.join(sent[:4])}": sent, f"see {', '.join(shown)}": shown}
    said = " and ".join(harm for harm, names in harms.items() if names)
    return f"a client can {said}" if said else ""
