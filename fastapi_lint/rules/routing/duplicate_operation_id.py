"""FAL127: one operation id for several operations."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.operation_ids import own_operation_id
from fastapi_lint.model.routing.precedence import parting
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule


class DuplicateOperationId(Rule):
    """Several operations of the OpenAPI document have one operation id.

    ## What it does
    Reports a route whose `operation_id` another path or method of the application has too, also by including its router
    twice, or because `generate_unique_id_function` makes the same of both; and a route with several methods in the
    document, which has one operation id for all of them.

    ## Why is this bad?
    The OpenAPI specification wants operation ids to be unique. Generators of clients name functions by them: they stop,
    overwrite one function by the other, or invent names with numbers that change. FastAPI only warns, when the document
    is made.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/films", operation_id="films")
    def list_films() -> list[str]:
        return []


    @app.post("/films", operation_id="films")
    def create_film() -> None: ...
    ```

    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.api_route("/films", methods=["GET", "POST"])
    def films() -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/films", operation_id="list_films")
    def list_films() -> list[str]:
        return []


    @app.post("/films", operation_id="create_film")
    def create_film() -> None: ...


    @app.api_route("/proxy", methods=["GET", "POST"], include_in_schema=False)
    def proxy() -> None: ...
    ```

    ## When not to use it
    Where nobody makes anything of the OpenAPI document.

    ## Known limitations
    Silent: ids that `generate_unique_id_function` makes of something else than name, path, methods and tags; routes
    outside the document; applications without one (`openapi_url=None`); routes of which either exists only under a
    condition that the other does not have. The same path and method twice is duplicate-route (FAL122). Mounted
    applications have documents of their own.

    ## References
    - https://spec.openapis.org/oas/v3.1.0#operation-object
    - https://fastapi.tiangolo.com/advanced/path-operation-advanced-configuration/
    - https://fastapi.tiangolo.com/advanced/generate-clients/#custom-operation-ids-and-better-method-names
    - `tests/proofs/test_operation_ids.py`
    """

    code = "FAL127"
    name = "duplicate-operation-id"
    standards = ("API-10",)
    messages = {
        "explicit": "{route} ({place}) has the operation id `{id}` of {other} ({first}): give each one of its own",
        "methods": "{route} ({place}) has one operation id for all its methods: register each by itself, or keep it "
        "out of the OpenAPI document",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.mounted or not app.is_documented:
            return
        first: dict[tuple[str, str], list[Route]] = {}
        reported = set()
        for route in app.routes:
            methods = route.methods or ()
            if not route.include_in_schema or not methods or route.location in reported:
                continue
            if len(methods) > 1 and route.methods_known:
                reported.add(route.location)
                yield self.finding("methods", route.location, route=route.label, place=route.location)
            own = own_operation_id(route, app, project.bodies)
            if own is None:
                continue
            others = first.setdefault((route.mount, own), [])
            others.append(route)
            for other in others[:-1]:
                if _is_another(other, route) and route.location not in reported:
                    reported.add(route.location)
                    location, earlier = parting(route, other)
                    values = {"place": route.location, "id": own, "other": other.label, "first": earlier}
                    related = [Related(f"{other.label} has it too", other.location)]
                    yield self.finding("explicit", location, related=related, route=route.label, **values)


def _is_another(other: Route, route: Route) -> bool:
    """Whether two routes are there at once, and are two operations."""
    together = set(other.conditions) <= set(route.conditions)
    return together and (other.path != route.path or not set(other.methods or ()) & set(route.methods or ()))
