"""How many statements SQLAlchemy sends for relationships read in a loop: the reason of FAL402 and of what it leaves out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import ForeignKey, Select, create_engine, event, select
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


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list[Book]] = relationship(back_populates="author")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author] = relationship(back_populates="books")


class Prize(Base):
    __tablename__ = "prize"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author] = relationship(lazy="joined")


def rows() -> list[Prize]:
    """A prize for each author, who has two books."""
    numbers = range(1, AUTHORS + 1)
    return [Prize(id=n, author=Author(id=n, books=[Book(id=2 * n), Book(id=2 * n + 1)])) for n in numbers]


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as filling:
        filling.add_all(rows())
        filling.commit()
    with Session(engine) as session:
        yield session


def sent_while_reading(session: Session, statement: Select, read: Callable) -> int:
    """How many statements the loop over a statement's result sends, the statement itself and what it loads apart."""
    items = session.scalars(statement).unique().all()
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: sent.append(args[2]))
    for item in items:
        read(item)
    return len(sent)


def books(author: Author) -> object:
    return author.books


def authors(item: Book | Prize) -> object:
    return item.author


@pytest.mark.parametrize(
    ("statement", "read", "sent"),
    [
        (select(Author), books, AUTHORS),
        (select(Book), authors, AUTHORS),
        (select(Book).join(Book.author), authors, AUTHORS),
        (select(Author).options(defaultload(Author.books)), books, AUTHORS),
        (select(Prize).options(lazyload(Prize.author)), authors, AUTHORS),
        (select(Prize), authors, 0),
        (select(Author).options(selectinload(Author.books)), books, 0),
        (select(Author).options(joinedload(Author.books)), books, 0),
        (select(Author).options(selectinload("*")), books, 0),
        (select(Book).join(Book.author).options(contains_eager(Book.author)), authors, 0),
    ],
)
def test_statements_of_a_loop(session: Session, statement: Select, read: Callable, sent: int) -> None:
    assert sent_while_reading(session, statement, read) == sent


def test_the_way_back_to_the_parent_sends_nothing(session: Session) -> None:
    statement = select(Author).options(selectinload(Author.books))
    assert sent_while_reading(session, statement, lambda author: [book.author for book in author.books]) == 0


def test_rows_of_one_parent_load_it_once(session: Session) -> None:
    assert sent_while_reading(session, select(Book).where(Book.author_id == 1), authors) == 1


def test_an_async_session_raises_instead() -> None:
    pytest.importorskip("greenlet")
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

    async def run() -> None:
        engine = create_async_engine("sqlite+aiosqlite://")
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        async with AsyncSession(engine) as session:
            session.add_all(rows())
            await session.commit()
            session.expunge_all()
            for author in (await session.scalars(select(Author))).all():
                with pytest.raises(SQLAlchemyError, match="greenlet_spawn has not been called"):
                    print(author.books)
        await engine.dispose()

    asyncio.run(run())
