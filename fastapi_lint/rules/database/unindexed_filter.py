"""FAL411: a column without index by which queries choose rows."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.orm.chosen_by import columns_chosen_by
from fastapi_lint.model.orm.migrations import migrated_indexes
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnindexedFilter(Rule):
    """Queries choose or order rows by a column that has no index.

    ## What it does
    Reports columns of mapped classes that a query on the request path compares with a value or orders by, and that no
    index begins with.

    ## Why is this bad?
    The database reads the whole table for each such query, which is fast while the table is small.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        isbn: Mapped[str]


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/books/{isbn}")
    def read_book(isbn: str, session: Session = Depends(get_session)):
        return session.scalar(select(Book.id).where(Book.isbn == isbn))
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    app = FastAPI()
    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        isbn: Mapped[str] = mapped_column(index=True)


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/books/{isbn}")
    def read_book(isbn: str, session: Session = Depends(get_session)):
        return session.scalar(select(Book.id).where(Book.isbn == isbn))
    ```

    ## When not to use it
    For small tables, and where another condition of the query has an index already. The rule is part of the strict
    profile.

    ## Known limitations
    Silent: queries that also compare or order by a column with an index; boolean columns, of which an index helps
    little; foreign keys, which are the matter of `unindexed-foreign-key`; columns whose indexes are not fully known.

    ## References
    - https://docs.sqlalchemy.org/en/20/core/constraints.html#indexes
    """

    code = "FAL411"
    name = "unindexed-filter"
    profile = "strict"
    standards = ("DB-9",)
    messages = {
        "filtered": "queries choose rows by {column}, but no index begins with it: add index=True",
        "ordered": "queries order rows by {column}, but no index begins with it: add index=True",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not len(project.orm_models):
            return
        migrated = migrated_indexes(project)
        for chosen in columns_chosen_by(project):
            model, column = chosen.model, chosen.column
            names = {(table, column.column_name) for table in (None, model.table_name)}
            if column.owner is None or column.foreign_keys or names & migrated or model.is_indexed(column) is not False:
                continue
            yield self.finding(
                chosen.kind,
                column.location,
                related=[*chosen.reach.evidence(), Related("the query is sent here", chosen.event.site.location)],
                column=f"{model.name}.{column.name}",
            )
