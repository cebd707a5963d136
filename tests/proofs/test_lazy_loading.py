"""How many statements SQLAlchemy sends for relationships read in a loop: the reason of FAL402 and of its
silences."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
    defaultload,
    joinedload,
    lazyload,
    mapped_column,
    relationship,
    selectinload,
)

AUTHORS = 4


def mapped() -> SimpleNamespace:
    """Freshly mapped classes: other tests forget all mappers of the process."""

    class Base(DeclarativeBase):
        pass

    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship(back_populates="author")  # noqa: UP037

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
        author: Mapped["Author"] = relationship(back_populates="books")  # noqa: UP037

    class Prize(Base):
        __tablename__ = "prize"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
        author: Mapped["Author"] = relationship(lazy="joined")  # noqa: UP037

    return SimpleNamespace(Base=Base, Author=Author, Book=Book, Prize=Prize)


def rows(m: SimpleNamespace) -> list[object]:
    """A prize for each author, who has two books."""
    numbers = range(1, AUTHORS + 1)
    return [m.Prize(id=n, author=m.Author(id=n, books=[m.Book(id=2 * n), m.Book(id=2 * n + 1)])) for n in numbers]


def sent_while_reading(statement: Callable, read: Callable) -> int:
    """How many statements the loop over a statement's result sends, the statement itself and what it loads apart."""
    m = mapped()
    engine = create_engine("sqlite://")
    m.Base.metadata.create_all(engine)
    with Session(engine) as filling:
        filling.add_all(rows(m))
        filling.commit()
    with Session(engine) as session:
        items = session.scalars(statement(m)).unique().all()
        sent: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *args: sent.append(args[2]))
        for item in items:
            read(item)
    return len(sent)


def books(author: Any) -> object:
    return author.books


def authors(item: Any) -> object:
    return item.author


@pytest.mark.parametrize(
    ("statement", "read", "sent"),
    [
        (lambda m: select(m.Author), books, AUTHORS),
        (lambda m: select(m.Book), authors, AUTHORS),
        (lambda m: select(m.Book).join(m.Book.author), authors, AUTHORS),
        (lambda m: select(m.Author).options(defaultload(m.Author.books)), books, AUTHORS),
        (lambda m: select(m.Prize).options(lazyload(m.Prize.author)), authors, AUTHORS),
        (lambda m: select(m.Prize), authors, 0),
        (lambda m: select(m.Author).options(selectinload(m.Author.books)), books, 0),
        (lambda m: select(m.Author).options(joinedload(m.Author.books)), books, 0),
        (lambda m: select(m.Author).options(selectinload("*")), books, 0),
        (lambda m: select(m.Book).join(m.Book.author).options(contains_eager(m.Book.author)), authors, 0),
    ],
)
def test_statements_of_a_loop(statement: Callable, read: Callable, sent: int) -> None:
    assert sent_while_reading(statement, read) == sent


def test_the_way_back_to_the_parent_sends_nothing() -> None:
    def read(author: Any) -> object:
        return [book.author for book in author.books]

    assert sent_while_reading(lambda m: select(m.Author).options(selectinload(m.Author.books)), read) == 0


def test_rows_of_one_parent_load_it_once() -> None:
    assert sent_while_reading(lambda m: select(m.Book).where(m.Book.author_id == 1), authors) == 1


def test_an_async_session_raises_instead() -> None:
    pytest.importorskip("greenlet")
    pytest.importorskip("aiosqlite")
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

    async def run() -> None:
        m = mapped()
        engine = create_async_engine("sqlite+aiosqlite://")
        async with engine.begin() as connection:
            await connection.run_sync(m.Base.metadata.create_all)
        async with AsyncSession(engine) as session:
            session.add_all(rows(m))
            await session.commit()
            session.expunge_all()
            author = (await session.scalars(select(m.Author))).first()
            with pytest.raises(SQLAlchemyError, match="greenlet_spawn has not been called"):
                books(author)
        await engine.dispose()

    asyncio.run(run())
