"""FAL204: a PATCH that cannot be partial."""

from __future__ import annotations

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts.search import mentions
from fastapi_lint.model.endpoints.updates import uses_whole
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.paths import shape
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Findings, Rule


class RequiredFieldInPatch(Rule):
    """The schema of a `PATCH` has required fields.

    ## What it does
    Reports a `PATCH` of an item (`/books/{id}`) whose schema has several fields and requires some.

    ## Why is this bad?
    `PATCH` changes what is sent and leaves the rest. With a required field a client must read the thing first and send
    that field back, and it overwrites what somebody else changed in between.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookUpdate(BaseModel):
        title: str
        note: str | None = None


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, changes: BookUpdate) -> BookUpdate:
        return changes
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookUpdate(BaseModel):
        title: str | None = None
        note: str | None = None


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, changes: BookUpdate) -> BookUpdate:
        return changes
    ```

    ## When not to use it
    Where `PATCH` stands for an action whose data belong together, and its path does not say so.

    ## Known limitations
    Silent for paths that end in a name (`/users/{id}/activate`, `/me/password`), since such a change may well belong
    together; for schemas of one field, lists of changes, and schemas some of whose fields are not known; for schemas
    whose fields the endpoint takes one by one and never as a whole: they are arguments of an action, and some may tell
    what it is about. Constants that tell kinds of changes apart (`Literal`) may be required.

    ## References
    - https://www.rfc-editor.org/rfc/rfc5789
    - https://fastapi.tiangolo.com/tutorial/body-updates/#partial-updates-with-patch
    """

    code = "FAL204"
    name = "required-field-in-patch"
    standards = ("SCH-6",)
    messages = {
        "required": "{route} ({place}) requires {fields} of {schema}: a partial update must not; give {them} a default "
        "and write what was sent (exclude_unset)",
    }

    def check_route(self, route: Route, project: Project) -> Findings:
        function = route.function
        if function is None or project.is_test(function.module) or route.methods != ("PATCH",):
            return
        path = shape(route.path)
        if path.is_action or not path.is_item:
            return
        taken = list(taken_schemas(route, project.schemas))
        for parameter, schema in taken if len(taken) == 1 else ():
            required = [field.name for field in schema.fields if field.required and not field.is_constant]
            if not required or len(schema.fields) == 1 or not schema.is_complete:
                continue
            if mentions(function.fact.body, parameter.name) and not uses_whole(function, schema.cls, project.bodies):
                continue
            yield self.finding(
                "required",
                parameter.location or route.location,
                related=[Related(f"{schema.name} is defined here", schema.location)],
                route=route.label,
                place=route.location,
                schema=schema.name,
                fields=", ".join(required[:4]) + (", …" if len(required) > 4 else ""),
                them="it" if len(required) == 1 else "them",
            )
