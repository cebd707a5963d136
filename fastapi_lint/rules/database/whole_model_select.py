"""FAL418: whole objects that are loaded for a column or two."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.orm.narrow_reads import narrow_reads
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Option, Rule


class WholeModelSelect(Rule):
    """A query loads whole objects of which one or two columns are used.

    ## What it does
    Reports queries on the request path that give whole objects of a mapped class of eight columns or more, when the
    loop or comprehension over them reads at most two columns and does nothing else with them.

    ## Why is this bad?
    All columns travel from the database, long texts too, and become objects that the session keeps track of. A query of
    the columns alone gives the same in less time and memory.

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
        title: Mapped[str]
        subtitle: Mapped[str]
        text: Mapped[str]
        year: Mapped[int]
        pages: Mapped[int]
        price: Mapped[int]
        language: Mapped[str]


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/titles")
    def read_titles(session: Session = Depends(get_session)):
        return [book.title for book in session.scalars(select(Book))]
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
        title: Mapped[str]
        subtitle: Mapped[str]
        text: Mapped[str]
        year: Mapped[int]
        pages: Mapped[int]
        price: Mapped[int]
        language: Mapped[str]


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/titles")
    def read_titles(session: Session = Depends(get_session)):
        return list(session.scalars(select(Book.title)))
    ```

    ## When not to use it
    For small tables. The rule is part of the strict profile.

    ## Known limitations
    Silent: objects that are passed on, returned, changed or used after the loop; queries with options, and those of
    another function than the loop.

    ## Options
    `min-columns`: the fewest columns of a mapped class that is worth it; 8 by default.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/queryguide/select.html#selecting-individual-attributes
    """

    code = "FAL418"
    name = "whole-model-select"
    profile = "strict"
    standards = ("DB-5",)
    messages = {
        "whole": "this query loads all {all} columns of {model} for {used} alone: select({columns})",
    }
    options = (Option("min-columns", "int", 8, "The fewest columns of a mapped class that is worth it."),)

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        fewest = self.option("min-columns")
        assert isinstance(fewest, int)
        if not len(project.orm_models):
            return
        for function, reach in project.request_path.reached.items():
            for found in narrow_reads(function, project.bodies, project.orm_models):
                count = len(found.model.columns)
                if count < fewest or len(found.columns) > 2 or project.is_test(function.module):
                    continue
                yield self.finding(
                    "whole",
                    found.query.location,
                    related=[*reach.evidence(), Related(f"{found.model.name} is mapped here", found.model.location)],
                    all=count,
                    model=found.model.name,
                    used=" and ".join(found.columns),
                    columns=", ".join(f"{found.model.name}.{name}" for name in found.columns),
                )
