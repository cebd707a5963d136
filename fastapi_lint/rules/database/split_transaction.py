"""FAL408: what belongs together in several transactions."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SplitTransaction(Rule):
    """A request commits several times.

    ## What it does
    Reports functions on the way of an endpoint that commit twice or more whenever they run to their end, themselves or
    by the functions that they call.

    ## Why is this bad?
    An error between the commits leaves the first half of the work stored and the second undone, with nobody to mend it.
    One transaction for a request keeps all of it or nothing.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Account(Base):
        __tablename__ = "account"
        id: Mapped[int] = mapped_column(primary_key=True)
        balance: Mapped[int]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.post("/transfers", status_code=204)
    def transfer(source: int, target: int, amount: int, session: Session = Depends(get_session)) -> None:
        session.get(Account, source).balance -= amount
        session.commit()
        session.get(Account, target).balance += amount
        session.commit()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Account(Base):
        __tablename__ = "account"
        id: Mapped[int] = mapped_column(primary_key=True)
        balance: Mapped[int]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.post("/transfers", status_code=204)
    def transfer(source: int, target: int, amount: int, session: Session = Depends(get_session)) -> None:
        session.get(Account, source).balance -= amount
        session.get(Account, target).balance += amount
        session.commit()
    ```

    ## When not to use it
    Where a state has to be visible before something else happens: a job is stored as running before it runs. The rule
    is part of the strict profile, since such commits are often meant, or keep something that may stand alone.

    ## Known limitations
    Silent: commits under a condition, in loops and handlers; functions that open a session of their own; background
    tasks; calls that may enter one of several functions.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/session_basics.html#when-do-i-construct-a-session-when-do-i-commit-it-and-when-do-i-close-it
    """

    code = "FAL408"
    name = "split-transaction"
    profile = "strict"
    standards = ("DB-7",)
    messages = {
        "split": "{function} commits at {first} and again here on the way of {entry}: an error between them leaves the "
        "first half stored; commit once, at the end",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            if reach.entry.kind not in ("endpoint", "dependency"):
                continue
            commits = project.query_sites.split_commits(function)
            if len(commits) > 1:
                (first, before), (second, after) = commits[:2]
                steps = [
                    Related("the first commit is here", before.event.site.location),
                    Related("the second commit is here", after.event.site.location),
                ]
                yield self.finding(
                    "split",
                    second.site.location,
                    related=[*reach.evidence(), *steps],
                    function=function.name,
                    first=first.site.location,
                    entry=reach.entry.label,
                )
