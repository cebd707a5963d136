"""FAL902: a project whose parts lie where others do not look for them."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.layout import misplaced_parts
from fastapi_lint.rules.api import Option, Rule


class UnusualLayout(Rule):
    """The parts of an application lie in unusual folders.

    ## What it does
    Reports, in applications of `min-routes` routes and more, which of routes, schemas, mapped classes and settings lie
    mostly outside the folders or modules where projects keep them: `api`, `routers`, `routes`, `endpoints`, `views`;
    `schemas`; `models`; `core`, `config`, `settings`. One finding for each part.

    ## Why is this bad?
    Whoever comes to the project looks for a route below `api` or `routers` and for a table below `models`. Each project
    that is laid out in its own way has to be learnt.

    ## Bad
    ```python
    # file: fastapi-lint.toml
    [rules.unusual-layout]
    min-routes = 1

    # file: shop/main.py
    from fastapi import FastAPI

    from shop.things import router

    app = FastAPI()
    app.include_router(router)

    # file: shop/things.py
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/orders")
    def list_orders():
        return []
    ```

    ## Good
    ```python
    # file: fastapi-lint.toml
    [rules.unusual-layout]
    min-routes = 1

    # file: shop/main.py
    from fastapi import FastAPI

    from shop.api.orders import router

    app = FastAPI()
    app.include_router(router)

    # file: shop/api/orders.py
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/orders")
    def list_orders():
        return []
    ```

    ## When not to use it
    In projects that are parted by domain (`orders/router.py`, `orders/models.py`) where modules have other names.

    ## Known limitations
    It is a matter of taste, and so not on by default. Modules count by their own name as well as by their folders.

    ## Options
    `min-routes`: how many routes make an application large enough.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL902"
    name = "unusual-layout"
    severity = Severity.INFO
    profile = "strict"
    standards = ("STR-1",)
    messages = {
        "misplaced": "{outside} of {all} modules with {part} lie outside {folders}: others look for them there",
    }
    options = (Option("min-routes", "int", 20, "how many routes make an application large enough"),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        least = self.option("min-routes")
        assert isinstance(least, int)
        if not project.apps or len(project.routes_by_endpoint) < least:
            return
        largest = max(project.apps, key=lambda app: len(app.routes))
        for part in misplaced_parts(project):
            yield self.finding(
                "misplaced",
                largest.location,
                related=[Related(f"{part.what} are here", part.outside[0].location(0, 0))],
                outside=len(part.outside),
                all=part.number,
                part=part.what,
                folders=", ".join(f"{folder}/" for folder in part.folders),
            )
