"""FAL401: a query for every item of a loop."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule


class QueryInLoop(Rule):
    """A loop sends a query for each of its items.

    ## What it does
    Reports loops and comprehensions on the request path that send a SELECT which depends on the item, through a
    session, connection or `Query` of SQLAlchemy or SQLModel, directly or by a project function that is called with the
    item. Each loop is reported once.

    ## Why is this bad?
    A request with a hundred items waits for a hundred answers of the database, one after the other. One query with
    `in_(…)`, or a join, gives the same rows at once.

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
        title: Mapped[str]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/titles")
    def read_titles(ids: str, session: Session = Depends(get_session)):
        titles = []
        for book_id in ids.split(","):
            book = session.scalar(select(Book).where(Book.id == int(book_id)))
            titles.append(book.title)
        return titles
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
        title: Mapped[str]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/titles")
    def read_titles(ids: str, session: Session = Depends(get_session)):
        wanted = [int(book_id) for book_id in ids.split(",")]
        return session.scalars(select(Book.title).where(Book.id.in_(wanted))).all()
    ```

    ## When not to use it
    Where loops only ever see a handful of items.

    ## Known limitations
    Silent: loops of constant length; `while` loops; loops that end at some item, as a search or a second attempt does;
    batches (a query with `in_(…)`); loops that open a session for each item; queries that do not depend on the item; a
    function that asks only under a condition, that writes as well, or that has others ask who also write or open a
    session; queries behind more than two calls, wrappers of decorators apart; statements that can't be resolved;
    INSERT, UPDATE and DELETE. A relationship that is loaded item by item is the matter of `lazy-load-in-loop`.

    ## References
    - https://docs.sqlalchemy.org/en/20/core/sqlelement.html#sqlalchemy.sql.expression.ColumnElement.in_
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL401"
    name = "query-in-loop"
    standards = ("DB-6",)
    messages = {
        "direct": "{call} sends a query for each item of this loop in {function}, which serves {entry}: ask for all of "
        "them at once, with in_(…) or a join",
        "behind": "{callee}() sends a query ({call} at {place}) for each item of this loop in {function}, which serves "
        "{entry}: ask for all of them at once, with in_(…) or a join",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            seen = set()
            for found in project.query_sites.looped_reads(function):
                if found.loop in seen:
                    continue
                seen.add(found.loop)
                chain = found.found.chain
                query = found.found.event.site.location
                yield self.finding(
                    "behind" if chain else "direct",
                    found.event.site.location,
                    related=[
                        *reach.evidence(chain),
                        Related(
                            "the loop is here",
                            Site(function.module, found.loop.start, found.loop.iterable.end).location,
                        ),
                        *([Related("the query is sent here", query)] if chain else []),
                    ],
                    call=found.found.call,
                    callee=chain[0][1].call_name if chain else "",
                    place=query,
                    function=function.name,
                    entry=reach.entry.label,
                )
