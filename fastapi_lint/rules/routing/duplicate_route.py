"""FAL122: the same method and path twice."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.precedence import parting
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.api import Rule
from fastapi_lint.text.location import Location


class DuplicateRoute(Rule):
    """The same method and path are registered twice.

    ## What it does
    Reports a route whose method and effective path, all prefixes included, an earlier route of the application has
    already. Names of path parameters make no difference, convertors do: `/users/{id}` and `/users/{user_id}` answer the
    same requests. A router that is included twice at one place is reported once, at the second inclusion.

    ## Why is this bad?
    The first one answers all requests; the second never runs, though it stands in the code and may differ. The OpenAPI
    document has one of the two, and that is the *last*: it then describes a route that is not the one that answers.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/films/{film_id}")
    def read_film(film_id: int) -> dict[str, int]:
        return {"id": film_id}


    @app.get("/films/{number}")
    def read_film_again(number: int) -> dict[str, int]:
        return {"number": number}
    ```

    ```python
    from fastapi import APIRouter, FastAPI

    router = APIRouter(prefix="/films")


    @router.get("")
    def list_films() -> list[str]:
        return []


    app = FastAPI()
    app.include_router(router)
    app.include_router(router)
    ```

    ## Good
    ```python
    from fastapi import APIRouter, FastAPI

    router = APIRouter(prefix="/films")


    @router.get("")
    def list_films() -> list[str]:
        return []


    @router.get("/{film_id}")
    def read_film(film_id: int) -> dict[str, int]:
        return {"id": film_id}


    app = FastAPI()
    app.include_router(router, prefix="/v1")
    app.include_router(router, prefix="/v2")
    ```

    ## When not to use it
    Where a later registration is kept on purpose, to be uncovered when the first one is taken out.

    ## Known limitations
    Silent: routes of which either exists only under a condition that the other does not have; paths that are not known.
    A path that an earlier, wider one swallows is shadowed-route (FAL121).

    ## References
    - https://fastapi.tiangolo.com/tutorial/path-params/#order-matters
    - `tests/proofs/test_route_order.py` shows which of the two answers and which the document describes.
    """

    code = "FAL122"
    name = "duplicate-route"
    standards = ("API-10",)
    messages = {
        "route": "{route} ({place}) is registered already by {endpoint} ({first}), which answers: drop or rename one",
        "inclusion": "{routes} registered a second time by this, after {first}: drop one of the two",
        "again": "{routes} registered more than once by this: once is enough",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.mounted:
            return
        found: dict[tuple[Location, Location], dict[Location, tuple[Route, Route]]] = {}
        precedence = project.precedence(app)
        for route in app.routes:
            for earlier in precedence.duplicated(route).values():
                pairs = found.setdefault(parting(route, earlier), {})
                pairs.setdefault(route.location, (route, earlier))
        for (location, first), pairs in found.items():
            route, earlier = next(iter(pairs.values()))
            if location == route.location and location != first:
                related = [Related(f"{earlier.label} comes first", first)]
                values = {"place": location, "endpoint": earlier.endpoint_name, "first": first}
                yield self.finding("route", location, related=related, route=route.label, **values)
                continue
            related = [Related(f"{known.label} is registered here", known.location) for known, _ in pairs.values()]
            others = len(pairs) - 1
            routes = f"{route.label} and {others} more are" if others else f"{route.label} is"
            message = "again" if location == first else "inclusion"
            yield self.finding(message, location, related=related, routes=routes, first=first)
