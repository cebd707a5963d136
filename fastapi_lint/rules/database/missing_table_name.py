"""FAL417: a mapped class without a table."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class MissingTableName(Rule):
    """A mapped class says neither its table nor that it has none.

    ## What it does
    Reports classes below a declarative base that get no table: no `__tablename__` of their own, of a mixin or by
    `declared_attr`, no `__table__`, no mapped parent, no `__abstract__ = True`.

    ## Why is this bad?
    SQLAlchemy refuses such a class at import: "does not have a __table__ or __tablename__ specified". An abstract base
    has to say that it is one.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    app = FastAPI()


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    app = FastAPI()


    class Base(DeclarativeBase):
        pass


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent where a base class is not known.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/declarative_tables.html
    - tests/proofs/test_proof_tables.py
    """

    code = "FAL417"
    name = "missing-table-name"
    severity = Severity.ERROR
    standards = ("DB-2",)
    messages = {
        "missing": "{model} is mapped but has no table, which fails at import: set __tablename__, or __abstract__ = "
        "True",
    }

    def check_orm_model(self, model: OrmModel, project: Project) -> Iterator[Diagnostic]:
        if model.table_name is None and model.is_complete and not project.is_test(model.cls.module):
            yield self.finding("missing", model.location, model=model.name)
