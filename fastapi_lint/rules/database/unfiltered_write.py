"""FAL426: an UPDATE or DELETE of all rows."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.orm.sent import Sent, sent
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.values import External, external_name
from fastapi_lint.rules.api import Rule

_RESTRICTING = """
    where filter filter_by having join outerjoin join_from limit slice with_parent from_statement from_self using
    select_from
""".split()
_ALL = frozenset("all clean cleanup clear empty flush nuke purge reset restore seed teardown truncate wipe".split())
"""Words in the names of functions that mean to touch every row."""


class UnfilteredWrite(Rule):
    """An UPDATE or DELETE without a condition changes every row of the table.

    ## What it does
    Reports `update(Model)` and `delete(Model)` statements that are executed on the request path without `where`, and
    `session.query(Model).update(…)` and `.delete()` without `filter`.

    ## Why is this bad?
    A forgotten condition empties the table, of all users, in production, and no error says so.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, delete
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


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int, session: Session = Depends(get_session)) -> None:
        session.execute(delete(Book))
        session.commit()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, delete
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


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int, session: Session = Depends(get_session)) -> None:
        session.execute(delete(Book).where(Book.id == book_id))
        session.commit()
    ```

    ## When not to use it
    Where all rows are meant. A function whose name says so (`clear_cache`, `delete_all`, `reset`) is silent.

    ## Known limitations
    Silent: bulk updates by primary key, which take a list of rows; statements that can't be resolved, or that get a
    condition on some way; code that no request reaches.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/queryguide/dml.html
    - tests/proofs/test_proof_filters.py
    """

    code = "FAL426"
    name = "unfiltered-write"
    standards = ("DB-7",)
    messages = {
        "unfiltered": "this {kind} has no condition, so it changes every row of {model}: {function} serves {entry}; "
        "add where(…)",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            if _ALL & set(split_words(f"{function.name}_{reach.entry.function.name}")):
                continue
            for event in project.bodies.of(function).calls:
                found = sent(event)
                model = _written(found[0], project) if found else ""
                has_rows = len(event.arguments.positional) > 1 or "params" in event.arguments.keywords
                is_statement = "Query()" not in event.names[0] if event.names else False
                if model and all(map(_takes_all, found)) and not (has_rows and is_statement):
                    yield self.finding(
                        "unfiltered",
                        event.site.location,
                        related=reach.evidence(),
                        kind=found[0].kind.upper(),
                        model=model,
                        function=function.name,
                        entry=reach.entry.label,
                    )


def _written(statement: Sent, project: Project) -> str:
    """The name of the mapped class whose rows a statement changes, also of one that is outside the project; else ""."""
    entity = statement.entities[0] if statement.entities else None
    model = project.orm_models.of(entity)
    if model is not None:
        return model.name
    word = external_name(entity).rpartition(".")[2] if isinstance(entity, External) else ""
    return word if word[:1].isupper() else ""


def _takes_all(statement: Sent) -> bool:
    """Whether a statement changes all rows of its table."""
    return statement.kind in ("update", "delete") and statement.built_by(*_RESTRICTING) is None
