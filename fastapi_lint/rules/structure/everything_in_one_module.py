"""FAL901: an application that lies in a single large module."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Option, Rule


class EverythingInOneModule(Rule):
    """Application, routes and models lie in one large module.

    ## What it does
    Reports modules of more than `max-lines` lines that make an application, register routes on it, and define schemas
    or mapped classes as well.

    ## Why is this bad?
    Everybody who changes anything changes this file. Models can't be imported without starting the application, tests
    can't replace a part, and circles of imports are not far once the first piece is moved out.

    ## Bad
    ```python
    # file: fastapi-lint.toml
    [rules.everything-in-one-module]
    max-lines = 10

    # file: main.py
    from fastapi import FastAPI
    from pydantic import BaseModel

    app = FastAPI()


    class Order(BaseModel):
        item: str


    @app.post("/orders")
    def place_order(order: Order):
        return order
    ```

    ## Good
    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app.orders import router

    app = FastAPI()
    app.include_router(router)

    # file: app/schemas.py
    from pydantic import BaseModel


    class Order(BaseModel):
        item: str

    # file: app/orders.py
    from fastapi import APIRouter

    from app.schemas import Order

    router = APIRouter()


    @router.post("/orders")
    def place_order(order: Order):
        return order
    ```

    ## When not to use it
    In small services and examples.

    ## Known limitations
    A bound is a matter of taste, so the rule is not on by default.

    ## Options
    `max-lines`: how many lines such a module may have.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL901"
    name = "everything-in-one-module"
    profile = "strict"
    standards = ("STR-1",)
    messages = {
        "large": "{module} has {lines} lines and holds the application, {routes} of its routes and {classes} of its "
        "models; move routes to routers and models to modules of their own",
    }
    options = (Option("max-lines", "int", 300, "how many lines such a module may have"),)

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        module, most = app.router.site.module, self.option("max-lines")
        assert isinstance(most, int)
        lines = len(module.facts.line_starts)
        if lines <= most:
            return
        routes = [route for route in app.routes if route.site.module is module]
        views = [*project.schemas, *project.orm_models]
        classes = list(dict.fromkeys(view.cls for view in views if view.cls.module is module))
        if routes and classes:
            yield self.finding(
                "large",
                app.location,
                related=[
                    Related(f"{routes[0].label} is here", routes[0].location),
                    Related("so is this", classes[0].location),
                ],
                module=module.name,
                lines=lines,
                routes=len(routes),
                classes=len(classes),
            )
