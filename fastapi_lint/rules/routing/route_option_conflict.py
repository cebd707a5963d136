"""FAL117: parameters declared in a way that FastAPI refuses."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.dependencies.conflicts import conflict, conflict_with_path
from fastapi_lint.model.dependencies.dependants import reader_of
from fastapi_lint.model.dependencies.parameters import path_names
from fastapi_lint.model.knowledge.releases import ANNOTATED
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class RouteOptionConflict(Rule):
    """A parameter is declared in a way that FastAPI refuses at import.

    ## What it does
    Reports a parameter of an endpoint or dependency

    - with a default value inside `Annotated`: `Annotated[int, Query(10)]`,
    - with a marker in `Annotated` and another as its default value: `Annotated[int, Query()] = Query(10)`,
    - that is part of the path, and marked as something else: `Query()` for the `{book_id}` of the path,
    - that is part of the path, marked so, and has a default value: `Annotated[int, Path()] = 1`.

    ## Why is this bad?
    FastAPI raises an `AssertionError` when the route is registered. Where that happens behind a condition or in a
    factory, it is production that finds out.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import FastAPI, Query


    def create_app():
        app = FastAPI()

        @app.get("/books")
        def list_books(limit: Annotated[int, Query(10, le=100)]) -> list[str]:
            return ["Emma"][:limit]

        return app
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import FastAPI, Query


    def create_app():
        app = FastAPI()

        @app.get("/books")
        def list_books(limit: Annotated[int, Query(le=100)] = 10) -> list[str]:
            return ["Emma"][:limit]

        return app
    ```

    ## When not to use it
    There is no reason to: what it reports does not start.

    ## Known limitations
    Silent: markers with arguments that can't be resolved, functions that no route uses, and releases of FastAPI before
    0.95, which do not read `Annotated`.

    ## References
    - https://fastapi.tiangolo.com/tutorial/query-params-str-validations/#query-as-the-default-value-or-in-annotated
    - proof: `tests/proofs/test_request_parameters.py`
    """

    code = "FAL117"
    name = "route-option-conflict"
    severity = Severity.ERROR
    standards = ("API-10",)
    messages = {
        "inner-default": "{name} of {route} has its default value inside {marker}() in Annotated, which FastAPI "
        "refuses at import: write it after the annotation, with =",
        "two-places": "{name} of {route} is declared by {marker}() in Annotated and by its default value, which "
        "FastAPI refuses at import: keep one of the two",
        "no-path": "{name} of {route} is part of the path, but marked {marker}(), which FastAPI refuses at import: use "
        "Path(), or another name",
        "path-default": "{name} of {route} is part of the path, so that it is always there, but {marker}() has a "
        "default value beside it, which FastAPI refuses at import: leave it out",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if project.version("fastapi") < ANNOTATED:
            return
        signatures = reader_of(project.interpreter).signatures
        seen: set[object] = set()
        for route in project.registered_routes:
            names = path_names(route.path[len(route.mount) :])
            functions = [route.function, *(dependency.function for dependency in route.dependencies)]
            declared = (own for one in functions if one is not None for own in signatures.read(one).parameters)
            found = [(own.name, own.site, conflict(own)) for own in declared]
            found += [(own.name, own.site, conflict_with_path(own, names)) for own in route.parameters]
            for name, site, wrong in found:
                if wrong is None or site is None or site in seen or project.is_test(site.module):
                    continue
                seen.add(site)
                yield self.finding(wrong[0], site.location, name=name, route=route.label, marker=wrong[1])
