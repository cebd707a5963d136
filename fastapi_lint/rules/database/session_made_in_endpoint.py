"""FAL413: a session, connection or engine that an endpoint makes for itself."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.knowledge.sessions import MAKERS
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SessionMadeInEndpoint(Rule):
    """An endpoint makes its own session, connection or engine.

    ## What it does
    Reports endpoints whose body calls a session factory, `Session(…)`, `engine.connect()`, `engine.begin()` or
    `create_engine(…)` of SQLAlchemy or SQLModel. Each endpoint is reported once.

    ## Why is this bad?
    A dependency makes the session in one place, closes it when the request is done, gives the same one to everything
    that serves the request, so that all of it is one transaction, and can be overridden in tests by
    `app.dependency_overrides`. An endpoint that makes its own can't be tested without that very database, and an engine
    made for each request opens a new pool of connections each time.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import sessionmaker

    app = FastAPI()
    engine = create_engine("sqlite://")
    SessionLocal = sessionmaker(engine)


    @app.get("/total")
    def read_total():
        with SessionLocal() as session:
            return session.scalar(text("select 1"))
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import Session, sessionmaker

    app = FastAPI()
    engine = create_engine("sqlite://")
    SessionLocal = sessionmaker(engine)


    def get_session():
        with SessionLocal() as session:
            yield session


    @app.get("/total")
    def read_total(session: Session = Depends(get_session)):
        return session.scalar(text("select 1"))
    ```

    ## When not to use it
    In a project that opens sessions in its services on purpose.

    ## Known limitations
    Silent: websockets, whose connection outlives any sensible transaction; functions inside the endpoint, such as the
    generator of a streamed response; sessions made by functions that the endpoint calls.

    ## References
    - https://fastapi.tiangolo.com/tutorial/sql-databases/#create-a-session-dependency
    - https://fastapi.tiangolo.com/advanced/testing-dependencies/
    """

    code = "FAL413"
    name = "session-made-in-endpoint"
    standards = ("DB-4", "ASY-5")
    messages = {
        "made": "{route} makes its own {thing}: take one from a dependency, which closes it after the request and can "
        "be overridden in tests",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            if route.function is None or route.kind == "websocket":
                continue
            for event in project.bodies.of(route.function).calls:
                if event.names and MAKERS.keys() >= set(event.names):
                    yield self.finding("made", event.site.location, route=route.label, thing=MAKERS[event.names[0]])
                    break
