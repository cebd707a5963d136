"""FAL410: a foreign key without an index."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.model.orm.columns import OrmColumn
from fastapi_lint.model.orm.migrations import migrated_indexes
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnindexedForeignKey(Rule):
    """A foreign key has no index.

    ## What it does
    Reports columns of mapped classes with a foreign key that no index begins with: neither `index=True`, nor a unique
    or primary key, nor an `Index` or constraint of the table, nor an index that an Alembic revision creates.

    ## Why is this bad?
    PostgreSQL, SQLite, Oracle and SQL Server make no index for a foreign key. Whoever reads the rows of one parent, and
    the database itself when it deletes a parent, reads the whole table.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy import ForeignKey
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    app = FastAPI()


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlalchemy import ForeignKey
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

    app = FastAPI()


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"), index=True)
    ```

    ## When not to use it
    On MySQL and MariaDB, which make an index for each foreign key. For tables that stay small, or that are written far
    more often than they are read.

    ## Known limitations
    Silent: columns whose options or whose table's constraints are not fully known; tables without a mapped class;
    foreign keys of several columns.

    ## Fix safety
    The fix passes `index=True` to the call that makes the column. It is unsafe: the tables that the models make are
    others, and a database that is there already needs a migration. There is none where `index` is passed already,
    arguments are unpacked, or the call stands outside the class.

    ## References
    - https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK
    - https://www.sqlite.org/foreignkeys.html#fk_indexes
    - tests/proofs/test_proof_foreign_keys.py
    """

    code = "FAL410"
    name = "unindexed-foreign-key"
    fix = "unsafe"
    standards = ("DB-9",)
    messages = {
        "unindexed": "{column} refers to {target} but no index begins with it: the database reads the whole table to "
        "find the rows of one parent; add index=True",
        "add": "add `index=True`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not len(project.orm_models):
            return
        migrated = migrated_indexes(project)
        seen = set()
        for model in project.orm_models:
            if project.is_test(model.cls.module) or project.is_migration(model.cls.module):
                continue
            for column in model.own_columns:
                names = {(table, column.column_name) for table in (None, model.table_name)}
                place = column.calls[0].site.location if column.calls and column.calls[0].site else column.location
                if column.owner is None or not column.foreign_keys or place in seen or names & migrated:
                    continue  # a column may have a second name
                target = model.target_of(column.foreign_keys[0])
                if model.is_indexed(column) is False and isinstance(target, str):
                    seen.add(place)
                    yield self.finding(
                        "unindexed",
                        column.location,
                        fix=self._fix(column, project),
                        column=f"{model.name}.{column.name}",
                        target=target,
                    )

    def _fix(self, column: OrmColumn, project: Project) -> Fix | None:
        site, owner = column.calls[0].site if column.calls else None, column.owner
        editing = project.call_to_edit(site) if site is not None else None
        if editing is None or site is None or owner is None or site.module is not owner.module:
            return None
        editor, call = editing
        if not owner.fact.start < site.start < owner.fact.end or call.keyword("index") is not None:
            return None
        return editor.fix(self.messages["add"], [editor.set_argument(call, "index", "True")], safe=False)
