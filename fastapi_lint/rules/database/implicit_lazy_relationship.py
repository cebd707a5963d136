"""FAL425: a relationship that says nothing about loading, in an asynchronous project."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.knowledge.sessions import ASYNC_ENGINE_MAKERS, ENGINE_MAKERS
from fastapi_lint.model.orm.set_up import set_ups
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class ImplicitLazyRelationship(Rule):
    """A relationship does not say how it is loaded, though an AsyncSession cannot load it at access.

    ## What it does
    Reports relationships without `lazy=` in projects that make asynchronous engines only.

    ## Why is this bad?
    The default loads at first access, which an `AsyncSession` answers with `MissingGreenlet`. `lazy="selectin"` loads
    with the parent; `lazy="raise"` makes each query say what it needs, and a forgotten one fail with a clear message.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy import ForeignKey
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

    app = FastAPI()
    engine = create_async_engine("sqlite+aiosqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship()


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlalchemy import ForeignKey
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

    app = FastAPI()
    engine = create_async_engine("sqlite+aiosqlite://")


    class Base(DeclarativeBase):
        pass


    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship(lazy="raise")


    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    ```

    ## When not to use it
    Where each query names its loader options anyway. The rule is part of the strict profile.

    ## Known limitations
    Silent: projects with engines of both kinds, those of migrations apart; the other end that a `backref` makes;
    options that are not fully known.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession
    """

    code = "FAL425"
    name = "implicit-lazy-relationship"
    profile = "strict"
    standards = ("DB-6",)
    messages = {
        "implicit": '{relationship} is loaded at first access, which an AsyncSession cannot do: say lazy="selectin" '
        'or lazy="raise"',
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not len(project.orm_models) or not _is_asynchronous(project):
            return
        seen = set()
        for model in project.orm_models:
            if project.is_test(model.cls.module) or project.is_migration(model.cls.module):
                continue
            for relationship in model.own_relationships:
                if relationship.is_lazy_explicit or relationship.lazy != "select" or relationship.location in seen:
                    continue
                seen.add(relationship.location)
                yield self.finding("implicit", relationship.location, relationship=f"{model.name}.{relationship.name}")


def _is_asynchronous(project: Project) -> bool:
    """Whether all engines of a project are asynchronous, and there is one; those of migrations apart."""
    made = [each for each in set_ups(project, ENGINE_MAKERS) if "alembic" not in each.site.module.facts.imports]
    return bool(made) and all(each.name in ASYNC_ENGINE_MAKERS for each in made)
