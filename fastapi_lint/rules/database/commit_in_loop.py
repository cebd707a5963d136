"""FAL407: a commit for every item of a loop."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class CommitInLoop(Rule):
    """A loop commits after each of its items.

    ## What it does
    Reports loops on the request path that commit a session or connection of SQLAlchemy or SQLModel for each item,
    directly or by a project function that is called in the loop. Each loop is reported once.

    ## Why is this bad?
    When the fifth of ten items fails, four are stored and six are not, and the client that gets an error does not know
    which. Each commit also waits for the disk of the database.

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


    @app.post("/books", status_code=201)
    def add_books(titles: list[str], session: Session = Depends(get_session)):
        for title in titles:
            session.add(Book(title=title))
            session.commit()
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


    @app.post("/books", status_code=201)
    def add_books(titles: list[str], session: Session = Depends(get_session)):
        for title in titles:
            session.add(Book(title=title))
        session.commit()
    ```

    ## When not to use it
    Where each item shall be kept whatever happens to the others. A `try` around the item inside the loop says so, and
    the rule is silent then.

    ## Known limitations
    Silent: `while` loops, loops over numbers and loops that end at some item, which are batches and attempts; commits
    under a condition; loops that also remove a file or ask another service for each item, which no rollback would undo;
    a session of its own for each item, also in the function that is called; sessions that can't be resolved.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/session_basics.html#when-do-i-construct-a-session-when-do-i-commit-it-and-when-do-i-close-it
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL407"
    name = "commit-in-loop"
    standards = ("DB-7",)
    messages = {
        "direct": "{call} commits after each item of this loop in {function}, which serves {entry}: an error leaves "
        "the items before it stored; commit once, after the loop",
        "behind": "{callee}() commits ({call} at {place}) after each item of this loop in {function}, which serves "
        "{entry}: an error leaves the items before it stored; commit once, after the loop",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            seen = set()
            for found in project.query_sites.looped_commits(function):
                if found.loop in seen:
                    continue
                seen.add(found.loop)
                chain = found.found.chain
                commit = found.found.event.site.location
                yield self.finding(
                    "behind" if chain else "direct",
                    found.event.site.location,
                    related=[*reach.evidence(chain), *([Related("the commit is here", commit)] if chain else [])],
                    call=found.found.call,
                    callee=chain[0][1].call_name if chain else "",
                    place=commit,
                    function=function.name,
                    entry=reach.entry.label,
                )
