"""FAL143: a parameter that may be None and is required all the same."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.editing.parameters import default_none
from fastapi_lint.model.project import Project
from fastapi_lint.model.types import accepts_none
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule

PLACES = frozenset({"query", "header", "cookie"})


class RequiredOptionalParameter(Rule):
    """A query, header or cookie parameter may be None and has no default, so that it is required.

    ## What it does
    Reports a parameter from the query string, a header or a cookie whose type accepts None (`Optional[str]`,
    `str | None`) and which has no default value, in endpoints and dependencies.

    ## Why is this bad?
    `Optional` says that the value may be None, not that it may be left out. FastAPI answers 422 when it is missing,
    and no request can send None in a query string or header: the None in the type is never seen. Whoever wrote it most
    often meant the parameter to be optional.

    ## Bad
    ```python
    from typing import Optional

    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books")
    def list_books(author: Optional[str]) -> list[str]:
        return [] if author is None else [author]
    ```

    ## Good
    ```python
    from typing import Optional

    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/books")
    def list_books(author: Optional[str] = None) -> list[str]:
        return [] if author is None else [author]
    ```

    ## When not to use it
    Where a validator of the type makes None of some text.

    ## Known limitations
    Silent: an explicit `...` as the default, which says that the parameter is required on purpose; parameters of the
    body, where JSON can say `null`; types with a validator in their `Annotated`.

    ## Fix safety
    The fix adds the default None. It is unsafe: requests without the parameter are no longer refused, and the OpenAPI
    document says so. There is none where a parameter without default follows.

    ## References
    - https://fastapi.tiangolo.com/tutorial/query-params-str-validations/#required-can-be-none
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL143"
    name = "required-optional-parameter"
    fix = "unsafe"
    standards = ("SCH-6", "API-10")
    messages = {
        "required": "{name} of {route} may be None, but has no default: FastAPI requires it, and a {place} cannot say "
        "None; give it the default None, or take None out of its type",
        "add": "add the default None",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            for parameter in route.parameters:
                location = parameter.location
                if location is None or location in seen or not _is_required_by_mistake(parameter):
                    continue
                seen.add(location)
                if parameter.site is None or project.is_test(parameter.site.module):
                    continue
                yield self.finding(
                    "required",
                    location,
                    related=[Related(f"{route.label} is registered here", route.location)],
                    fix=self._fix(parameter.site, project),
                    name=parameter.name,
                    route=route.label,
                    place={"query": "query string"}.get(parameter.place, parameter.place),
                )

    def _fix(self, site: Site, project: Project) -> Fix | None:
        editor = project.editor(site.module)
        edit = default_none(editor, site) if editor is not None else None
        return editor.fix(self.messages["add"], [edit], safe=False) if editor is not None else None


def _is_required_by_mistake(parameter: RouteParameter) -> bool:
    if parameter.place not in PLACES or parameter.required is not True or parameter.model is not None:
        return False
    marks = [parameter.marker.value] if parameter.marker is not None else []
    validated = any(value not in marks for value in parameter.metadata)
    return parameter.default is None and accepts_none(parameter.type) and not validated
