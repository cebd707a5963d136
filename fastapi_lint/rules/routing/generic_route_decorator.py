"""FAL124: api_route with one method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts.expressions import Attribute
from fastapi_lint.model.knowledge.routers import PASSED_ON_WHEN_ABSENT
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routers import HTTP_METHODS
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import Arguments, Site
from fastapi_lint.rules.api import Rule


class GenericRouteDecorator(Rule):
    """A route with one method is registered by `api_route`.

    ## What it does
    Reports `@router.api_route(…, methods=["POST"])`, and `api_route` without `methods`, which means `GET`.

    ## Why is this bad?
    `@router.post(…)` says the same in the place where readers look for it, and so do searches and the outlines of
    editors. `api_route` makes them expect several methods.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.api_route("/films", methods=["POST"])
    def create_film() -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/films")
    def create_film() -> None: ...


    @app.api_route("/proxy/{path:path}", methods=["GET", "POST", "PUT", "DELETE"])
    def proxy(path: str) -> None: ...
    ```

    ## When not to use it
    Where routes are made alike from a table of methods.

    ## Known limitations
    Silent: several methods, methods that are not known, methods that have no decorator of their own, code that
    registers routes of several methods one by one, routes registered by
    `add_api_route` or by a subclass of `APIRouter` on its own, and Starlette's `route`.

    ## Fix safety
    The fix writes the decorator of the method and leaves `methods` out. FastAPI registers the same route.

    ## References
    - https://fastapi.tiangolo.com/reference/apirouter/#fastapi.APIRouter.api_route
    """

    code = "FAL124"
    name = "generic-route-decorator"
    fix = "safe"
    standards = ("API-10",)
    messages = {
        "one": "{route} ({place}) is registered by api_route with one method: `.{method}` says it",
        "write": "write `.{method}` in place of `.api_route`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        methods: dict[Site, set[tuple[str, ...] | None]] = defaultdict(set)
        for route in project.registered_routes:
            methods[route.site].add(route.methods)
        for route in project.registered_routes:
            registration = route.registration
            given = registration.arguments
            decorated = given.complete and given.get("endpoint", 1) is None and not _is_passed_on(given)
            if registration.methods is not None or not decorated or not route.methods_known or route.methods is None:
                continue
            if len(methods[route.site]) > 1:  # one piece of code, run for several
                continue
            if len(route.methods) == 1 and route.methods[0].lower() in HTTP_METHODS:
                method = route.methods[0].lower()
                yield self.finding(
                    "one",
                    route.location,
                    fix=self._fix(route, method, project),
                    route=route.label,
                    place=route.location,
                    method=method,
                )

    def _fix(self, route: Route, method: str, project: Project) -> Fix | None:
        editing = project.registration_to_edit(route)
        if editing is None:
            return None
        editor, call = editing
        if not isinstance(call.func, Attribute):
            return None
        edits = [editor.rename(call.func, method)]
        if call.keyword("methods") is not None:
            edits.append(editor.remove_argument(call, "methods"))
        return editor.fix(self.messages["write"].format(method=method), edits)


def _is_passed_on(given: Arguments) -> bool:
    """Whether a call has all options: FastAPI's ``post`` and kin call an ``api_route`` that a subclass overrides so."""
    return PASSED_ON_WHEN_ABSENT.keys() <= given.keywords.keys()
