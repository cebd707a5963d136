"""FAL207: what Pydantic 2 has renamed."""

from __future__ import annotations

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.expressions import Attribute, Call
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition, Module
from fastapi_lint.model.editing.classes import as_config_dict
from fastapi_lint.model.knowledge.pydantic import CONFIG_V1_NAMES, V1_ARGUMENTS
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.first_version import (
    OldCall,
    OldName,
    is_of_second_version,
    old_bases,
    old_calls,
    old_functions,
    old_options,
)
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.rules.api import Findings, Rule


class PydanticV1Api(Rule):
    """Code uses the API of Pydantic 1 in a project with Pydantic 2.

    ## What it does
    Reports, on models of the project: `@validator` and `@root_validator`, `class Config` and options in it that have
    other names now (`orm_mode`), and calls of `dict()`, `json()`, `parse_obj()`, `from_orm()`, `copy()` and the like;
    further `parse_obj_as()`, and base classes that have moved or are gone, such as `BaseSettings`.

    ## Why is this bad?
    Renamed options are ignored with nothing but a warning: with `orm_mode` instead of `from_attributes` no ORM object
    can be read. What is gone cannot even be imported. The rest still works, is deprecated, warns at each call and goes
    with Pydantic 3.

    ## Bad
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, validator

    app = FastAPI()


    class Book(BaseModel):
        title: str

        class Config:
            orm_mode = True

        @validator("title")
        def strip(cls, value: str) -> str:
            return value.strip()


    @app.post("/books", status_code=201)
    def create_book(book: Book) -> None:
        print(book.dict())
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from pydantic import BaseModel, ConfigDict, field_validator

    app = FastAPI()


    class Book(BaseModel):
        model_config = ConfigDict(from_attributes=True)

        title: str

        @field_validator("title")
        @classmethod
        def strip(cls, value: str) -> str:
            return value.strip()


    @app.post("/books", status_code=201)
    def create_book(book: Book) -> None:
        print(book.model_dump())
    ```

    ## When not to use it
    In a library that supports both versions.

    ## Known limitations
    The version is that of `[tool.fastapi-lint]`, of the lock file or of the requirements; where none says it, the
    newest counts. Silent: calls on values whose class is not known, models of `pydantic.v1`, functions that call the
    new method as well, and base classes that are imported under a condition or in a `try`.

    ## Fix safety
    Methods get their new names where these do the same with the arguments that are given, and `class Config` becomes
    `model_config = ConfigDict(…)`, which is safe. It is unsafe where options get new names: Pydantic 2 ignores the old
    ones, so that they take effect then. There is no fix for a `Config` that others derive from or that holds more than
    plain assignments, nor for validators, whose signatures and order differ.

    ## References
    - https://docs.pydantic.dev/latest/migration/
    - `tests/proofs/test_pydantic_v1_api.py` shows what warns and what is ignored.
    """

    code = "FAL207"
    name = "pydantic-v1-api"
    fix = "varies"
    standards = ("SCH-3",)
    messages = {
        "validator": "@{old} of {schema} is the API of Pydantic 1, deprecated in 2: use @{new}",
        "config": "`class Config` of {schema} is the API of Pydantic 1, deprecated in 2: use `model_config = "
        "ConfigDict(…)`",
        "options": "Pydantic 2 ignores {old} in `class Config` of {schema}: use `model_config = ConfigDict({new}=…)`",
        "call": "{schema}.{old}() is the API of Pydantic 1, deprecated in 2: use {new}()",
        "gone": "Pydantic 2 has no {old}, so that its import fails: use {new}",
        "name": "{old} is the API of Pydantic 1, deprecated in 2: use {new}",
        "rename": "replace `.{old}` by `.{new}`",
        "write-config": "replace `class Config` by `model_config`",
    }

    def check_schema(self, schema: Schema, project: Project) -> Findings:
        if project.schemas.pydantic_major < 2 or project.is_test(schema.cls.module):
            return
        if not is_of_second_version(schema.cls, project.schemas):
            return
        config = schema.own_config
        if config is not None:
            renamed = old_options(schema)
            yield self.finding(
                "options" if renamed else "config",
                config.location,
                fix=self._config_fix(config, not renamed, project),
                schema=schema.name,
                old=", ".join(renamed),
                new="=…, ".join(renamed.values()),
            )
        for validator in schema.validators:
            if validator.version == 1 and validator.function.owner is schema.cls:
                new = "field_validator" if validator.kind == "validator" else "model_validator"
                yield self.finding("validator", validator.location, schema=schema.name, old=validator.kind, new=new)

    def check_function(self, function: FunctionDefinition, project: Project) -> Findings:
        if project.schemas.pydantic_major < 2 or project.is_test(function.module):
            return
        for call in old_calls(function, project.bodies, project.schemas):
            yield self.finding(
                "call",
                call.event.site.location,
                fix=self._call_fix(call, project),
                schema=call.cls.name,
                old=call.method,
                new=call.successor,
            )
        for found in old_functions(function, project.bodies):
            yield self._old_name("name", found)

    def check_module(self, module: Module, project: Project) -> Findings:
        if project.schemas.pydantic_major < 2 or project.is_test(module):
            return
        for found in old_bases(module):
            yield self._old_name("gone" if found.is_gone else "name", found)

    def _old_name(self, message: str, found: OldName) -> Diagnostic:
        return self.finding(message, found.site.location, old=found.name, new=found.successor)

    def _config_fix(self, config: ClassDefinition, safe: bool, project: Project) -> Fix | None:
        editor = project.editor(config.module)
        if editor is None or any(config in other.bases for other in project.classes):
            return None
        return editor.fix(self.messages["write-config"], as_config_dict(editor, config, CONFIG_V1_NAMES), safe=safe)

    def _call_fix(self, call: OldCall, project: Project) -> Fix | None:
        editor, node = project.editor(call.event.site.module), call.event.node
        if editor is None or not isinstance(node, Call) or not isinstance(node.func, Attribute):
            return None
        known = V1_ARGUMENTS.get(call.method, frozenset())
        given = {argument.keyword for argument in node.arguments if argument.keyword is not None}
        if call.method not in V1_ARGUMENTS or (known is not None and not given <= known):
            return None
        if known is not None and (len(node.arguments) - len(given) > 1 or any(one.star for one in node.arguments)):
            return None
        message = self.messages["rename"].format(old=call.method, new=call.successor)
        return editor.fix(message, [editor.rename(node.func, call.successor)])
