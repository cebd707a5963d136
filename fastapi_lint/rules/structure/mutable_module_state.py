"""FAL908: an endpoint that keeps data in a variable of its module."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.state import kept_data
from fastapi_lint.rules.api import Rule

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class MutableModuleState(Rule):
    """An endpoint keeps what it is sent in a variable of the module.

    ## What it does
    Reports endpoints of `POST`, `PUT`, `PATCH` and `DELETE` routes that put what depends on their parameters into a
    list, dict or set of a module.

    ## Why is this bad?
    Such a variable belongs to one process. A second worker never sees what the first has stored, so that every other
    request finds nothing; a restart or a deployment loses it all; and it grows as long as the process lives.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    orders = {}


    @app.put("/orders/{number}")
    def place_order(number: int, item: str):
        orders[number] = item
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from sqlmodel import Field, Session, SQLModel, create_engine

    app = FastAPI()
    engine = create_engine("sqlite:///shop.db")


    class Order(SQLModel, table=True):
        number: int = Field(primary_key=True)
        item: str


    def get_session():
        with Session(engine) as session:
            yield session


    @app.put("/orders/{number}")
    def place_order(number: int, item: str, session: Annotated[Session, Depends(get_session)]):
        session.add(Order(number=number, item=item))
        session.commit()
    ```

    ## When not to use it
    In examples, and in services that by design run as one process and may forget.

    ## Known limitations
    Only what the endpoint itself puts into a container that its module defines or imports: caches and registries lie
    deeper, mostly, and are meant. Silent: tasks that are kept until they are done, `global` variables, removal.

    ## References
    - https://fastapi.tiangolo.com/deployment/concepts/#replication-processes-and-memory
    """

    code = "FAL908"
    name = "mutable-module-state"
    messages = {
        "kept": "{function} keeps what {route} is sent in {name}, a variable of the process: other workers never see "
        "it, and a restart loses it; use a database or a cache server",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            if route.function is not None and _WRITING.intersection(route.methods or ()):
                for name, site in kept_data(route.function, project.interpreter):
                    yield self.finding(
                        "kept", site.location, function=route.function.name, route=route.label, name=name
                    )
