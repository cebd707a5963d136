"""FAL428: an operator of Python between the conditions of a query."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.model.editing.conditions import in_sql
from fastapi_lint.model.orm.filters import INSTEAD, PythonCondition, python_conditions
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class WrongFilterOperator(Rule):
    """A condition of a query is decided by Python, not by the database.

    ## What it does
    Reports `and`, `or`, `not`, `is`, `is not`, `in` and `not in` on a column, or on a comparison of one, within the
    conditions of `where`, `filter` and `having`.

    ## Why is this bad?
    Classes cannot overload these operators: Python evaluates them when the query is built. `User.name is None` is
    simply false, so nothing is found; `User.active and User.id == 1` is `User.id == 1`, so one condition is lost
    without a word; `User.id > 1 and User.active` raises a `TypeError`.

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
        sold: Mapped[bool]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/books")
    def read_books(session: Session = Depends(get_session)):
        return session.scalars(select(Book.title).where(Book.id == 1 or Book.id == 3)).all()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, or_, select
    from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

    engine = create_engine("sqlite://")


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        sold: Mapped[bool]


    def get_session():
        with Session(engine) as session:
            yield session


    app = FastAPI()


    @app.get("/books")
    def read_books(session: Session = Depends(get_session)):
        return session.scalars(select(Book.title).where(or_(Book.id == 1, Book.id == 3))).all()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    `== None` is not reported: SQLAlchemy makes `IS NULL` of it. Silent: columns of tables that are not mapped classes;
    conditions that are put into a variable first; an operator whose first operand is no column (`name and User.name ==
    name`), which may be meant.

    ## Fix safety
    The fix writes the condition in SQL: `and_`, `or_`, `~`, `is_`, `in_`, and a comma for an `and` that is all of an
    argument. It is unsafe: the query finds other rows than before. There is none where part of the condition is no
    comparison of a column or boolean column, and for relationships.

    ## References
    - https://docs.sqlalchemy.org/en/20/core/operators.html
    - tests/proofs/test_proof_filters.py
    """

    code = "FAL428"
    name = "wrong-filter-operator"
    severity = Severity.ERROR
    fix = "unsafe"
    standards = ("DB-1",)
    messages = {
        "python": "Python decides this {operator!r} on {column} when the query is built, so the database never sees "
        "it: write {instead}",
        "write": "let the database decide it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function in project.functions:
            if project.is_test(function.module):
                continue
            for found in python_conditions(function, project.bodies, project.orm_models):
                yield self.finding(
                    "python",
                    found.site.location,
                    fix=self._fix(found, project),
                    operator=found.operator,
                    column=found.column,
                    instead=INSTEAD[found.operator],
                )

    def _fix(self, found: PythonCondition, project: Project) -> Fix | None:
        editor = project.editor(found.site.module)
        return editor.fix(self.messages["write"], in_sql(editor, found), safe=False) if editor is not None else None
