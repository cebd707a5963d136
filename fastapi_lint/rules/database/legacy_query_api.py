"""FAL405: the query interface of SQLAlchemy 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.sqlalchemy import SYNC_SESSIONS
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.rules.api import Rule

_LEGACY = frozenset(f"{session}.query" for session in SYNC_SESSIONS)
_SELECTS = frozenset({"sqlalchemy.select", "sqlmodel.select"})


class LegacyQueryApi(Rule):
    """`session.query` beside `select()`.

    ## What it does
    Reports calls of `session.query(…)` on the request path of applications on SQLAlchemy 2 most of whose queries there
    are written with `select()` already. An application that uses `session.query` throughout gets no finding.

    ## Why is this bad?
    SQLAlchemy calls `Query` legacy: it gets no new features, has no asynchronous form, and its results are typed less
    well. Two ways to write the same query cost every reader.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        sold: Mapped[bool]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/sold")
    def read_sold(session: Session = Depends(get_session)):
        return session.scalars(select(Book.id).where(Book.sold)).all()


    @app.get("/unsold")
    def read_unsold(session: Session = Depends(get_session)):
        return session.scalars(select(Book.id).where(~Book.sold)).all()


    @app.get("/count")
    def count(session: Session = Depends(get_session)):
        return session.query(Book).count()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, func, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        sold: Mapped[bool]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/count")
    def count(session: Session = Depends(get_session)):
        return session.scalar(select(func.count()).select_from(Book))
    ```

    ## When not to use it
    While a migration to `select()` is under way and its rest is known.

    ## Known limitations
    `Model.query` of other packages is not known. Silent: code that no request reaches; projects on SQLAlchemy 1; where
    there are several applications, middlewares, exception handlers and background tasks.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/queryguide/query.html
    - https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#migration-20-query-usage
    """

    code = "FAL405"
    name = "legacy-query-api"
    severity = Severity.INFO
    standards = ("DB-1",)
    messages = {
        "legacy": "session.query is the legacy interface, and {modern} of the {all} queries that serve requests of "
        "this application use select(): write select(…) here too",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if project.version("sqlalchemy") < (2,):
            return
        only = project.apps[0] if len(project.apps) == 1 else None
        legacy: list[tuple[App, CallEvent]] = []
        modern: Counter[App] = Counter()
        for function, reach in project.request_path.reached.items():
            app = reach.entry.route.app if reach.entry.route is not None else only
            if app is None or project.is_test(function.module):
                continue
            for event in project.bodies.of(function).calls:
                modern[app] += bool(_SELECTS.intersection(event.names))
                if _LEGACY.intersection(event.names):
                    legacy.append((app, event))
        old = Counter(app for app, _ in legacy)
        for app, event in legacy:
            if modern[app] > old[app]:
                yield self.finding("legacy", event.site.location, modern=modern[app], all=modern[app] + old[app])
