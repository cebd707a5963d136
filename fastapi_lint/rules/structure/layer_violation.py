"""FAL905: a lower layer that imports the API."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class LayerViolation(Rule):
    """Models, repositories or services import the API.

    ## What it does
    Reports imports of modules that register routes by modules that lie below them: those that hold mapped classes, and
    those in a folder of services or repositories.

    ## Why is this bad?
    The dependency goes the wrong way: the service can't be used or tested without the whole API, the two modules tend
    to import each other in a circle that works only in one order, and whoever moves a route breaks a query.

    ## Bad
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app.routes.orders import router

    app = FastAPI()
    app.include_router(router)

    # file: app/routes/orders.py
    from fastapi import APIRouter

    router = APIRouter()
    CURRENCY = "EUR"


    @router.get("/orders")
    def list_orders():
        return []

    # file: app/services/orders.py
    from app.routes.orders import CURRENCY


    def total():
        return 0, CURRENCY
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app.routes.orders import router

    app = FastAPI()
    app.include_router(router)

    # file: app/constants.py
    CURRENCY = "EUR"

    # file: app/routes/orders.py
    from fastapi import APIRouter

    from app.services.orders import total

    router = APIRouter()


    @router.get("/orders/total")
    def read_total():
        return total()

    # file: app/services/orders.py
    from app.constants import CURRENCY


    def total():
        return 0, CURRENCY
    ```

    ## When not to use it
    In a small application that has no layers.

    ## Known limitations
    Services and repositories are known by their folder or module (`services`, `service`, `repositories`, `repository`,
    `crud`), models by what they define, the API by its routes. Silent: imports in functions and under
    `if TYPE_CHECKING:`, packages of routes, modules that include routers, and what stands around an importable package
    (`services/user-service/app`).

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL905"
    name = "layer-violation"
    standards = ("STR-1", "STR-3")
    messages = {
        "upward": "{layer} imports {imported}, which holds routes such as {route}; move what both need below the API",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in project.upward_imports:
            yield self.finding(
                "upward",
                found.module.location(found.statement.start, found.statement.end),
                related=[Related(f"{found.route.label} is registered there", found.route.location)],
                layer=found.layer,
                imported=found.imported.name,
                route=found.route.label,
            )
