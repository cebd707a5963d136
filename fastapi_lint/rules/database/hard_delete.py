"""FAL415: a row that is deleted though its model knows soft deletes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.orm.deletions import hard_deletions
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class HardDelete(Rule):
    """A row is deleted for good though its model has a column for soft deletes.

    ## What it does
    Reports `session.delete(…)` and `DELETE` statements on the request path for mapped classes with a column such as
    `deleted_at` or `is_deleted`, which the project sets elsewhere.

    ## Why is this bad?
    The column says that rows of this table stay: for an undo, an audit, rows of other tables that refer to them. One
    place that forgets it loses data that everybody else keeps.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        is_deleted: Mapped[bool] = mapped_column(default=False)


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int, session: Session = Depends(get_session)) -> None:
        session.delete(session.get(Book, book_id))
        session.commit()


    @app.post("/books/{book_id}/archive", status_code=204)
    def archive_book(book_id: int, session: Session = Depends(get_session)) -> None:
        session.get(Book, book_id).is_deleted = True
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


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        is_deleted: Mapped[bool] = mapped_column(default=False)


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.delete("/books/{book_id}", status_code=204)
    def delete_book(book_id: int, session: Session = Depends(get_session)) -> None:
        session.get(Book, book_id).is_deleted = True
        session.commit()
    ```

    ## When not to use it
    It is part of the strict profile, since rows of such models are also removed for good on purpose. Where rows are
    removed for good on purpose, such as at the end of a retention period. A function whose name says so (`purge_books`,
    `hard_delete`) is silent, and so is one that reads the column.

    ## Known limitations
    Silent: models whose column nobody sets; objects and statements that can't be resolved; deletions by cascade.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/session_events.html#adding-global-where-on-criteria
    """

    code = "FAL415"
    name = "hard-delete"
    profile = "strict"
    standards = ("DB-8",)
    messages = {
        "hard": "{model} rows are deleted for good here, though {model}.{column} marks them as deleted elsewhere: "
        "{function} serves {entry}; set {column} instead",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in hard_deletions(project):
            yield self.finding(
                "hard",
                found.event.site.location,
                related=[*found.reach.evidence(), Related(f"{found.column} is set here", found.marked)],
                model=found.model.name,
                column=found.column,
                function=found.reach.function.name,
                entry=found.reach.entry.label,
            )
