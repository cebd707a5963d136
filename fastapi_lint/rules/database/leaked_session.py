"""FAL409: a session that its dependency does not close."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.orm.leaks import leaks
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class LeakedSession(Rule):
    """A dependency makes a session that it does not close, or not after an error.

    ## What it does
    Reports dependencies that make a session or connection of SQLAlchemy or SQLModel and return it, or yield it outside
    `with` and without a `finally` that closes it.

    ## Why is this bad?
    The session keeps its connection until it is closed. What is returned is never closed; what is yielded and closed
    below stays open after each request that fails, since the exception is raised at the `yield`. Once the pool is empty
    every request waits for half a minute and then fails.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import Session, sessionmaker

    app = FastAPI()
    SessionLocal = sessionmaker(create_engine("sqlite://"))


    def get_session():
        session = SessionLocal()
        yield session
        session.close()


    @app.get("/total")
    def read_total(session: Session = Depends(get_session)):
        return session.scalar(text("select 1"))
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import Session, sessionmaker

    app = FastAPI()
    SessionLocal = sessionmaker(create_engine("sqlite://"))


    def get_session():
        with SessionLocal() as session:
            yield session


    @app.get("/total")
    def read_total(session: Session = Depends(get_session)):
        return session.scalar(text("select 1"))
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: scoped sessions, which a middleware may remove; sessions that another function closes in the `finally`;
    sessions that are kept in an object which is yielded.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/dependencies-with-yield/
    - https://docs.sqlalchemy.org/en/20/core/pooling.html
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL409"
    name = "leaked-session"
    standards = ("DB-7",)
    messages = {
        "returned": "the dependency {function} returns a {thing} that nobody closes: yield it inside a with block",
        "unclosed": "the dependency {function} yields a {thing} that nobody closes after an error in the request: "
        "yield it inside a with block",
    }

    def check_dependency(self, dependency: FunctionDefinition, project: Project) -> Iterator[Diagnostic]:
        if project.is_test(dependency.module):
            return
        for leak in leaks(dependency, project.bodies):
            yield self.finding(leak.kind, leak.event.site.location, function=dependency.name, thing=leak.thing)
