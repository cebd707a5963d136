"""FAL419: an object under a unique column whose value may be taken."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.endpoints.duplicates import unexpected_duplicates
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnhandledIntegrityError(Rule):
    """An object is stored under a unique column, and nobody expects that its value is taken.

    ## What it does
    Reports routes that store a new object of a mapped class with a unique column, when neither they, their dependencies
    and what these call nor an exception handler of the application catch `IntegrityError`, and nothing asks for the
    value first.

    ## Why is this bad?
    The second client with the same value gets a 500, where 409 Conflict would say what is wrong.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str] = mapped_column(unique=True)


    def get_session():
        with Session(engine) as session:
            yield session


    @app.post("/users", status_code=201)
    def add_user(email: str, session: Session = Depends(get_session)):
        session.add(User(email=email))
        session.commit()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI, HTTPException
    from sqlalchemy import create_engine
    from sqlalchemy.exc import IntegrityError
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        email: Mapped[str] = mapped_column(unique=True)


    def get_session():
        with Session(engine) as session:
            yield session


    @app.post("/users", status_code=201)
    def add_user(email: str, session: Session = Depends(get_session)):
        session.add(User(email=email))
        try:
            session.commit()
        except IntegrityError:
            raise HTTPException(409, "there is a user with this address")
    ```

    ## When not to use it
    Where the values are made by the server. The rule is part of the strict profile.

    ## Known limitations
    A call that has the column in its name (`get_user_by_email`) or among its keywords counts as asking first. Silent:
    columns with a default, keys, constraints over several columns.

    ## References
    - https://docs.sqlalchemy.org/en/20/errors.html#integrityerror
    - tests/proofs/test_proof_duplicates.py
    """

    code = "FAL419"
    name = "unhandled-integrity-error"
    profile = "strict"
    standards = ("ERR-5",)
    messages = {
        "unhandled": "{route} stores a {model} whose {column} is unique, but neither asks for it first nor catches "
        "IntegrityError: a value that is taken answers 500; answer 409",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            for found in unexpected_duplicates(route, project):
                column = found.model.column(found.column)
                declared = [Related(f"{found.column} is unique", column.location)] if column is not None else []
                yield self.finding(
                    "unhandled",
                    found.change.calls[0].site.location,
                    related=[
                        *(Related("this leads there", call.site.location) for call in found.change.calls[1:]),
                        *declared,
                    ],
                    route=route.label,
                    model=found.model.name,
                    column=found.column,
                )
