"""FAL220: a default that is made once, at import."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.editing.classes import made_at_each_use
from fastapi_lint.model.knowledge.pydantic import FIELD_FACTORIES
from fastapi_lint.model.moments import momentary_call, momentary_part
from fastapi_lint.model.project import Project
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.values import ExternalResult, Site
from fastapi_lint.rules.api import Findings, Rule


class MutableDefaultCall(Rule):
    """A default is the time or the identifier of the import.

    ## What it does
    Reports calls of clocks (`datetime.now()`), of `uuid4()` and of random generators as the default of a schema field,
    of a column, or of a parameter of an endpoint or a dependency.

    ## Why is this bad?
    A default is evaluated once, when the module is imported. Every object gets the time at which the server started,
    and all get the same identifier: the second row breaks the unique key, and tests do not notice.

    ## Bad
    ```python
    from datetime import datetime
    from uuid import UUID, uuid4

    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Order(BaseModel):
        id: UUID = uuid4()
        ordered_at: datetime = datetime.now()


    @app.post("/orders", status_code=201)
    def create_order(order: Order) -> Order:
        return order
    ```

    ## Good
    ```python
    from datetime import datetime
    from uuid import UUID, uuid4

    from fastapi import FastAPI
    from pydantic import BaseModel, Field

    app = FastAPI()


    class Order(BaseModel):
        id: UUID = Field(default_factory=uuid4)
        ordered_at: datetime = Field(default_factory=datetime.now)


    @app.post("/orders", status_code=201)
    def create_order(order: Order) -> Order:
        return order
    ```

    ## When not to use it
    Where the time of the start is meant. A constant of the module says so; it is silent.

    ## Known limitations
    Functions of the project that call a clock are not seen, nor, in parameters, calls inside of arithmetic, `str()` and
    f-strings; there is a fix where the call alone is the default, or something read off it.
    Settings are silent: a secret that is made anew at each start is a common default there.

    ## Fix safety
    The fix makes a `default_factory` of the default of a field, and passes the function itself to a column. It is
    unsafe: each object gets a value of its own then, and the OpenAPI document shows no default. Parameters have no
    fix.

    ## References
    - https://docs.pydantic.dev/latest/concepts/fields/#default-values
    - https://docs.sqlalchemy.org/en/20/core/defaults.html
    - `tests/proofs/test_default_calls.py` shows it for schemas, columns and parameters.
    """

    code = "FAL220"
    name = "mutable-default-call"
    fix = "unsafe"
    standards = ("SCH-6",)
    messages = {
        "field": "{call} is called once, at import: every {owner} without {name} gets the same value; use "
        "Field(default_factory=…)",
        "column": "{call} is called once, at import: every {owner} gets the same {name}; pass the function itself",
        "parameter": "{call} is called once, at import: every request without {name} gets the same value; "
        "make it in the body",
        "call": "call it for each {owner}",
    }

    def check_schema(self, schema: Schema, project: Project) -> Findings:
        for field in schema.fields:
            if field.owner is schema.cls and not project.is_test(schema.cls.module):
                call = momentary_call(field.default, schema.cls)
                fix = self._fix(call, schema.cls, True, project)
                if call is None and field.default is not None:
                    given = ("", "default")
                    call = momentary_part(field.site, field.calls, given, schema.cls, project.interpreter)
                if call is not None and not _is_of_settings(schema.cls, project):
                    yield from self._found("field", call, schema.cls, field.name, field.site, fix)

    def check_project(self, project: Project) -> Findings:
        seen: set[Site] = set()
        yield from self._columns(project, seen)
        yield from self._parameters(project, seen)

    def _columns(self, project: Project, seen: set[Site]) -> Findings:
        """The columns of mapped classes, each once where it is declared: a mixin declares those of many. Base classes
        that are schemas have had their turn."""
        for model in project.orm_models:
            for column in model.columns:
                owner = column.owner
                if owner is None or column.site in seen or project.is_test(owner.module):
                    continue
                if owner is not model.cls and project.schemas.of(owner) is not None:
                    continue
                seen.add(column.site)
                is_field = any(made.name in FIELD_FACTORIES for made in column.calls)
                for name, value in (("default", column.default), ("onupdate", column.argument("onupdate"))):
                    call = momentary_call(value, owner)
                    fix = self._fix(call, owner, is_field, project)
                    if call is None and value is not None:
                        given = ("", name) if is_field and name == "default" else (name,)
                        call = momentary_part(column.site, column.calls, given, owner, project.interpreter)
                    yield from self._found("column", call, owner, column.name, column.site, fix)

    def _parameters(self, project: Project, seen: set[Site]) -> Findings:
        functions = {route.function: route for route in reversed(project.routes) if route.function is not None}
        for route in functions.values():
            for dependant in (route.dependant, *route.dependencies):
                function = dependant.function
                for parameter in dependant.parameters:
                    site = parameter.site
                    if function is None or site is None or site in seen or project.is_test(site.module):
                        continue
                    seen.add(site)
                    call = momentary_call(parameter.default, function)
                    yield from self._found("parameter", call, function, parameter.name, site)

    def _found(
        self,
        kind: str,
        call: ExternalResult | None,
        owner: ClassDefinition | FunctionDefinition,
        name: str,
        site: Site,
        fix: Fix | None = None,
    ) -> Iterator[Diagnostic]:
        if call is not None:
            last = ".".join(call.callee.name.split(".")[-2:])
            yield self.finding(kind, site.location, fix=fix, call=f"{last}()", owner=owner.name, name=name)

    def _fix(self, call: ExternalResult | None, cls: ClassDefinition, is_field: bool, project: Project) -> Fix | None:
        editor = project.editor(cls.module) if call is not None else None
        if editor is None or call is None or call.site is None:
            return None
        edits = made_at_each_use(editor, cls.fact.body, call.site, is_field)
        return editor.fix(self.messages["call"].format(owner=cls.name), edits, safe=False)


def _is_of_settings(cls: ClassDefinition, project: Project) -> bool:
    """Whether settings inherit from a class, so that there is one object of it."""
    return any(cls in settings.cls.lineage for settings in project.schemas.settings)
