"""FAL211: a field that may be None and must be sent."""

from __future__ import annotations

from fastapi_lint.diagnostics import Fix, Related
from fastapi_lint.model.editing.classes import field_default_none
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.resources import taken_schemas
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.rules.api import Findings, Option, Rule


class OptionalWithoutDefault(Rule):
    """An `Optional` field of an update schema has no default.

    ## What it does
    Reports fields of the schemas that `PATCH` routes take which accept None and have no default, in projects with
    Pydantic 2. A field whose default is written as `...` says that it is meant, and is silent.

    ## Why is this bad?
    `Optional[str]` means "may be None", not "may be left out". Pydantic 1 gave such fields the default None; Pydantic 2
    requires them, so that a partial update without them is refused with 422.

    ## Bad
    ```python
    from typing import Optional

    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookUpdate(BaseModel):
        title: Optional[str]
        note: Optional[str]


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, changes: BookUpdate) -> BookUpdate:
        return changes
    ```

    ## Good
    ```python
    from typing import Optional

    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class BookUpdate(BaseModel):
        title: Optional[str] = None
        note: Optional[str] = None


    @app.patch("/books/{book_id}")
    def update_book(book_id: int, changes: BookUpdate) -> BookUpdate:
        return changes
    ```

    ## When not to use it
    Where clients must send the field, be it as null.

    ## Known limitations
    `PUT` replaces the whole, and may well require fields that can be null: it is reported with the option only.

    ## Fix safety
    The fix adds the default None to each field, unless some are declared in another module. It is unsafe: requests
    without them are no longer refused, and the OpenAPI document says so.

    ## Options
    With `all-schemas`, every schema that a route takes as its body is checked, whatever the method.

    ## References
    - https://docs.pydantic.dev/latest/migration/#required-optional-and-nullable-fields
    """

    code = "FAL211"
    name = "optional-without-default"
    fix = "unsafe"
    standards = ("SCH-6",)
    messages = {
        "required": "{fields} of {schema} may be None but must be sent, so {route} ({place}) refuses a body without "
        "{them}: add `= None`, or `= ...` where that is meant",
        "add": "add the default None to {fields}",
    }
    options = (Option("all-schemas", "bool", False, "check the bodies of all methods, not only of PATCH"),)

    def check_project(self, project: Project) -> Findings:
        if project.schemas.pydantic_major < 2:
            return
        seen: set[Schema] = set()
        for route in project.routes:
            if route.function is None or project.is_test(route.function.module):
                continue
            if route.methods != ("PATCH",) and not self.option("all-schemas"):
                continue
            for parameter, schema in taken_schemas(route, project.schemas):
                if schema in seen or not schema.is_complete:
                    continue
                seen.add(schema)
                fields = [field for field in schema.fields if field.required and field.accepts_none]
                fields = [field for field in fields if not field.says_required]
                if fields:
                    yield self.finding(
                        "required",
                        fields[0].location,
                        related=[Related(f"{route.label} takes it here", parameter.location or route.location)],
                        fix=self._fix(fields, project),
                        fields=", ".join(field.name for field in fields[:4]) + (", …" if len(fields) > 4 else ""),
                        schema=schema.name,
                        route=route.label,
                        place=route.location,
                        them="it" if len(fields) == 1 else "them",
                    )

    def _fix(self, fields: list[SchemaField], project: Project) -> Fix | None:
        editor = project.editor(fields[0].site.module)
        if editor is None:
            return None
        message = self.messages["add"].format(fields=", ".join(field.name for field in fields))
        return editor.fix(message, [field_default_none(editor, field) for field in fields], safe=False)
