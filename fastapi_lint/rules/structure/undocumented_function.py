"""FAL907: a public function without docstring."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.structure.layers import lower_layer
from fastapi_lint.rules.api import Rule


class UndocumentedFunction(Rule):
    """An endpoint, dependency or public function of a service has no docstring.

    ## What it does
    Reports endpoints, dependencies, and public functions and methods in modules of services and repositories that have
    no docstring.

    ## Why is this bad?
    The docstring of an endpoint is its description in the documentation of the API. That of a dependency or service
    tells others what it expects and raises, which types do not.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/orders")
    def list_orders():
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/orders")
    def list_orders():
        \"\"\"All orders, the newest first.\"\"\"
        return []
    ```

    ## When not to use it
    Where names and types are thought to say enough.

    ## Known limitations
    It is a matter of taste, and so not on by default. Silent: names that begin with an underscore, endpoints whose
    route has a `summary` or `description`, functions inside functions of a service, tests.

    ## References
    - https://peps.python.org/pep-0257/
    - https://fastapi.tiangolo.com/tutorial/path-operation-configuration/#description-from-docstring
    """

    code = "FAL907"
    name = "undocumented-function"
    severity = Severity.INFO
    profile = "strict"
    standards = ("STR-5",)
    messages = {
        "undocumented": "{function} has no docstring: {what}; say in a sentence what it does",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        found: dict[FunctionDefinition, str] = {}
        for entry in project.request_path.entries:
            if entry.kind == "dependency" or (entry.kind == "endpoint" and not _is_described(entry.route)):
                found.setdefault(entry.function.innermost, f"it serves {entry.label}")
        for function in project.functions:
            layer = lower_layer(function.module)
            if layer is not None and "<locals>" not in function.fact.qualname:
                found.setdefault(function, f"it belongs to {layer}")
        places = set()
        for function, what in found.items():
            hidden = function.name.startswith("_") or project.is_test(function.module)
            if function.fact.docstring is None and not hidden and function.location not in places:
                places.add(function.location)
                yield self.finding("undocumented", function.location, function=function.name, what=what)


def _is_described(route: Route | None) -> bool:
    """Whether the decorator of a route says what it does."""
    return route is not None and any(route.argument(name) is not None for name in ("summary", "description"))
