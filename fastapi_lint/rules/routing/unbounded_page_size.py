"""FAL141: a page size that clients may choose without bound."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.editing.parameters import constrained
from fastapi_lint.model.endpoints.page_sizes import is_bounded_in, is_open, page_size, with_fields
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule

_USUAL_BOUND = 100


class UnboundedPageSize(Rule):
    """A page-size parameter has no upper bound.

    ## What it does
    Reports a query parameter such as `limit`, `page_size` or `per_page` of a `GET` route that takes any number: no
    `le` or `lt`, and nothing in the endpoint, its dependencies and what they call holds it against a maximum.

    ## Why is this bad?
    `?limit=100000000` asks for the whole table. The query, the objects and the JSON are made for it, in one process
    that serves others too. A page size is there to prevent just that.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books = ["Emma", "Persuasion"]


    @app.get("/books")
    def list_books(offset: int = 0, limit: int = 100) -> list[str]:
        return books[offset : offset + limit]
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import FastAPI, Query

    app = FastAPI()
    books = ["Emma", "Persuasion"]


    @app.get("/books")
    def list_books(
        offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=100)] = 100
    ) -> list[str]:
        return books[offset : offset + limit]
    ```

    ## When not to use it
    In a service whose only clients are trusted and need everything at once.

    ## Known limitations
    Strict, because functions that can't be resolved may bound the size, and bounds that are constants may be missed.

    Silent: page sizes whose default is None or not positive, which then mean "all"; types other than `int`, and types
    with a validator; any function on the way that compares a page size with something, or passes it to `min()`;
    parameters of libraries.

    ## Fix safety
    The fix adds `le=100`, or the default where that is larger. It is unsafe: a client that asks for more is refused
    with 422 then.

    ## References
    - https://fastapi.tiangolo.com/tutorial/path-params-numeric-validations/
    - https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/
    """

    code = "FAL141"
    name = "unbounded-page-size"
    fix = "unsafe"
    profile = "strict"
    standards = ("ASY-6", "SEC-2")
    messages = {
        "unbounded": "{name} of {route} has no upper bound: a client may ask for everything at once; give it one, such "
        "as Query(le=100)",
        "add": "add `le={bound}`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            parameters = with_fields(route.parameters, project.schemas) if "GET" in (route.methods or ()) else ()
            for parameter in page_size(parameters):
                location = parameter.location
                if location is None or location in seen or parameter.site is None or not is_open(parameter):
                    continue
                seen.add(location)
                if project.is_test(parameter.site.module) or is_bounded_in(_functions(route), project.bodies):
                    continue
                yield self.finding(
                    "unbounded",
                    location,
                    related=[Related(f"{route.label} is registered here", route.location)],
                    fix=self._fix(parameter, project),
                    name=parameter.name,
                    route=route.label,
                )

    def _fix(self, parameter: RouteParameter, project: Project) -> Fix | None:
        editor = project.editor(parameter.site.module) if parameter.site is not None else None
        if editor is None:
            return None
        default = plain(parameter.default) if parameter.default is not None else None
        bound = max(_USUAL_BOUND, default.value if default is not None and isinstance(default.value, int) else 0)
        edits = constrained(editor, parameter, "le", str(bound))
        return editor.fix(self.messages["add"].format(bound=bound), edits, safe=False)


def _functions(route: Route) -> list[FunctionDefinition]:
    """What runs for a route: its dependencies and its endpoint."""
    found = [dependency.function for dependency in route.dependencies]
    return [function for function in (*found, route.function) if function is not None]
