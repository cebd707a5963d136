"""FAL427: pages of rows in no order."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.orm.sent import Sent, sent
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Literal
from fastapi_lint.rules.api import Rule


class LimitWithoutOrder(Rule):
    """A paginated query has no order.

    ## What it does
    Reports queries on the request path that skip rows (`offset`, `slice`) by a number that is not constant, and have no
    `order_by`.

    ## Why is this bad?
    Without ORDER BY a database gives rows in any order, and in another one at the next query: a row that was changed or
    read meanwhile moves. The second page then repeats rows of the first and leaves out others, now and then.

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


    @app.get("/books")
    def read_books(skip: int = 0, session: Session = Depends(get_session)):
        return session.scalars(select(Book.id).offset(skip).limit(20)).all()
    ```

    ## Good
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


    @app.get("/books")
    def read_books(skip: int = 0, session: Session = Depends(get_session)):
        return session.scalars(select(Book.id).order_by(Book.id).offset(skip).limit(20)).all()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: a limit without offset; statements that can't be resolved, or that get an order under some condition;
    mapped classes with an order of their own (`__mapper_args__`).

    ## References
    - https://www.postgresql.org/docs/current/queries-limit.html
    - https://www.sqlite.org/lang_select.html#the_order_by_clause
    """

    code = "FAL427"
    name = "limit-without-order"
    standards = ("ASY-6",)
    messages = {
        "unordered": "this query skips rows but has no order_by, so that pages may repeat rows and leave out others: "
        "{function} serves {entry}; order by a unique column",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            for event in project.bodies.of(function).calls:
                found = sent(event)
                if found and all(map(_is_unordered, found)):
                    skipping = found[0].built_by("offset", "slice")
                    sending = Related("the statement is sent here", event.site.location)
                    place = skipping.site if skipping is not None and skipping.site is not None else event.site
                    yield self.finding(
                        "unordered",
                        place.location,
                        related=[*reach.evidence(), sending],
                        function=function.name,
                        entry=reach.entry.label,
                    )


def _is_unordered(statement: Sent) -> bool:
    skipping = statement.built_by("offset", "slice")
    if statement.kind != "select" or skipping is None or statement.built_by("order_by", "from_statement") is not None:
        return False
    return not all(isinstance(value, Literal) and not value.assumed for value in skipping.arguments)
