"""FAL414: a query in an endpoint of a project that has a layer for queries."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.knowledge.sessions import READS
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.layers import lower_layer
from fastapi_lint.rules.api import Rule

_WORDS = frozenset(name.rpartition(".")[2] for name in READS)


class QueryInEndpoint(Rule):
    """An endpoint asks the database itself though the project has repositories or services.

    ## What it does
    Reports endpoints whose own body sends a query, in projects with modules or packages named `repositories`,
    `services` or `crud` in which queries stand. Each endpoint is reported once.

    ## Why is this bad?
    Rules that the layer keeps (who may see which rows, what is deleted) are missed by a query beside it, and the
    endpoint can't be tested without a database.

    ## Bad
    ```python
    # file: app/repositories.py
    from sqlalchemy import text
    from sqlalchemy.orm import Session


    def total(session: Session):
        return session.scalar(text("select 1"))

    # file: app/main.py
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import Session

    app = FastAPI()
    engine = create_engine("sqlite://")


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/total")
    def read_total(session: Session = Depends(get_session)):
        return session.scalar(text("select 1"))
    ```

    ## Good
    ```python
    # file: app/repositories.py
    from sqlalchemy import text
    from sqlalchemy.orm import Session


    def total(session: Session):
        return session.scalar(text("select 1"))

    # file: app/main.py
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine
    from sqlalchemy.orm import Session

    from app.repositories import total

    app = FastAPI()
    engine = create_engine("sqlite://")


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/total")
    def read_total(session: Session = Depends(get_session)):
        return total(session)
    ```

    ## When not to use it
    Where small reads may stand in endpoints. The rule is part of the strict profile.

    ## Known limitations
    The layer is known by the names of modules. Silent: queries in dependencies and in functions beside the endpoint.

    ## References
    - https://fastapi.tiangolo.com/tutorial/bigger-applications/
    """

    code = "FAL414"
    name = "query-in-endpoint"
    profile = "strict"
    standards = ("DB-4",)
    messages = {
        "query": "{route} sends a query itself ({call}), though {layer} is where this project keeps them: move it "
        "there",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        layer = next(filter(None, (_layer(function, project) for function in project.functions)), None)
        for route in project.routes_by_endpoint if layer is not None else ():
            if route.function is None or lower_layer(route.function.module) is not None:
                continue
            for event in project.bodies.of(route.function).calls:
                if event.names and READS.issuperset(event.names):
                    call = ".".join(event.names[0].replace("()", "").split(".")[-2:])
                    yield self.finding("query", event.site.location, route=route.label, call=call, layer=layer)
                    break


def _layer(function: FunctionDefinition, project: Project) -> str | None:
    """The path of a function's module, when it is a layer below the API and the function sends a query."""
    if lower_layer(function.module) is None or function.module.is_test or not function.fact.body.may_hold(*_WORDS):
        return None
    sends = any(READS.intersection(event.names) for event in project.bodies.of(function).calls)
    return function.module.path if sends else None
