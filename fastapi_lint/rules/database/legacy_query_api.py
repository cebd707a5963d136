"""FAL405: the query interface of SQLAlchemy 1."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.knowledge.sqlalchemy import SYNC_SESSIONS
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_LEGACY = frozenset(f"{session}.query" for session in SYNC_SESSIONS)
_SELECTS = frozenset({"sqlalchemy.select", "sqlmodel.select"})


class LegacyQueryApi(Rule):
    """`session.query` beside `select()`.

    ## What it does
    Reports calls of `session.query(…)` on the request path in projects on SQLAlchemy 2 most of whose queries there are
    written with `select()` already. A project that uses `session.query` throughout gets no finding.

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
    `Model.query` of other packages is not known. Silent: code that no request reaches; projects on SQLAlchemy 1.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/queryguide/query.html
    - https://docs.sqlalchemy.org/en/20/changelog/migration_20.html#migration-20-query-usage
    """

    code = "FAL405"
    name = "legacy-query-api"
    severity = Severity.INFO
    standards = ("DB-1",)
    messages = {
        "legacy": "session.query is the legacy interface, and {modern} of the {all} queries that serve requests "
        "use select(): write select(…) here too",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if project.version("sqlalchemy") < (2,):
            return
        reached = [function for function in project.request_path.reached if not project.is_test(function.module)]
        calls = [event for function in reached for event in project.bodies.of(function).calls]
        legacy = [event for event in calls if _LEGACY.intersection(event.names)]
        modern = sum(bool(_SELECTS.intersection(event.names)) for event in calls)
        if modern > len(legacy):
            for event in legacy:
                yield self.finding("legacy", event.site.location, modern=modern, all=modern + len(legacy))
