"""FAL213: a validator that returns nothing."""

from __future__ import annotations

from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.rules.api import Findings, Rule


class SilentValidator(Rule):
    """A validator never returns a value.

    ## What it does
    Reports validators of fields and models that can reach their end and hold no `return` with a value.

    ## Why is this bad?
    What a validator returns replaces what it was given. A field validator without `return` sets the field to None,
    whatever the client sent and whatever the type says; a model validator makes `model_validate` return None, or
    refuses every input.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, field_validator

    app = FastAPI()


    class Book(BaseModel):
        title: str

        @field_validator("title")
        @classmethod
        def check_title(cls, value: str) -> str:
            if not value.strip():
                raise ValueError("a book has a title")


    @app.post("/books", status_code=201)
    def create_book(book: Book) -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, field_validator

    app = FastAPI()


    class Book(BaseModel):
        title: str

        @field_validator("title")
        @classmethod
        def check_title(cls, value: str) -> str:
            if not value.strip():
                raise ValueError("a book has a title")
            return value


    @app.post("/books", status_code=201)
    def create_book(book: Book) -> None: ...
    ```

    ## When not to use it
    Where a field is emptied on purpose: `return None` says so, and is silent.

    ## Known limitations
    A validator that returns a value on one path and nothing on another is silent, since None may be meant there. A
    missing `@classmethod` is no fault at run time: Pydantic adds it to a function of `cls`, and mostly refuses others
    at import.

    ## References
    - https://docs.pydantic.dev/latest/concepts/validators/
    - `tests/proofs/test_silent_validators.py` shows what becomes of the values.
    """

    code = "FAL213"
    name = "silent-validator"
    standards = ("SCH-3",)
    messages = {
        "field": "{validator} returns nothing, so {fields} of {schema} becomes None, whatever is sent: "
        "return the value",
        "model": "{validator} returns nothing, so validating {schema} gives None or an error, whatever is sent: return "
        "{value}",
    }

    def check_schema(self, schema: Schema, project: Project) -> Findings:
        for validator in schema.validators:
            function = validator.function
            if validator.kind not in _KINDS or function.owner is not schema.cls or project.is_test(function.module):
                continue
            body = project.bodies.of(function)
            if not body.falls_through or body.gives or function.fact.yields:
                continue
            on_model = validator.kind in ("model_validator", "root_validator")
            yield self.finding(
                "model" if on_model else "field",
                validator.location,
                validator=validator.name,
                schema=schema.name,
                fields=", ".join(validator.fields) if validator.fields not in ((), ("*",)) else "every field",
                value="self" if validator.mode == "after" and validator.version == 2 else "the values",
            )


_KINDS = frozenset({"field_validator", "model_validator", "validator", "root_validator"})
