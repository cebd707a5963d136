"""What it costs when FastAPI or a schema reads a relationship: the reason of FAL403, and of FAL402 for schemas."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from fastapi.exceptions import ResponseValidationError
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

AUTHORS = 4


class BookRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int


class AuthorRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    books: list[BookRead]


def mapped() -> SimpleNamespace:
    """Freshly mapped classes: other tests forget all mappers of the process."""

    class Base(DeclarativeBase):
        pass

    class Author(Base):
        __tablename__ = "author"
        id: Mapped[int] = mapped_column(primary_key=True)
        books: Mapped[list["Book"]] = relationship()  # noqa: UP037

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))

    return SimpleNamespace(Base=Base, Author=Author, Book=Book)


def database(file: Path) -> tuple[SimpleNamespace, Any]:
    """Mapped classes and the engine of a file with authors of one book each."""
    m = mapped()
    engine = create_engine(f"sqlite:///{file}")
    m.Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([m.Author(id=n, books=[m.Book(id=n)]) for n in range(AUTHORS)])
        session.commit()
    return m, engine


@pytest.mark.parametrize(("loaded", "statements"), [(False, 1 + AUTHORS), (True, 2)])
def test_a_response_loads_what_the_query_did_not(loaded: bool, statements: int, tmp_path: Path):
    m, engine = database(tmp_path / "authors.db")
    app = FastAPI()

    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    @app.get("/authors", response_model=list[AuthorRead])
    def read_authors(session: Session = Depends(get_session)):
        options = [selectinload(m.Author.books)] if loaded else []
        return session.scalars(select(m.Author).options(*options)).all()

    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))
    answer = TestClient(app).get("/authors")
    assert answer.json() == [{"id": n, "books": [{"id": n}]} for n in range(AUTHORS)]
    assert len(sent) == statements


@pytest.mark.parametrize(("loaded", "statements"), [(False, 1 + AUTHORS), (True, 2)])
def test_a_schema_loads_what_the_query_did_not(loaded: bool, statements: int, tmp_path: Path):
    m, engine = database(tmp_path / "authors.db")
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: sent.append(arguments[2]))
    options = [selectinload(m.Author.books)] if loaded else []
    with Session(engine) as session:
        schemas = [AuthorRead.model_validate(author) for author in session.scalars(select(m.Author).options(*options))]
    assert [[book.id for book in schema.books] for schema in schemas] == [[n] for n in range(AUTHORS)]
    assert len(sent) == statements


@pytest.mark.filterwarnings("ignore:coroutine 'Connection.cursor' was never awaited")
@pytest.mark.parametrize("loaded", [False, True])
def test_a_response_cannot_load_from_an_async_session(loaded: bool, tmp_path: Path):
    m, _ = database(tmp_path / "authors.db")
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'authors.db'}")
    app = FastAPI()

    async def get_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine) as session:
            yield session
        await engine.dispose()

    @app.get("/author", response_model=AuthorRead)
    async def read_author(session: AsyncSession = Depends(get_session)):
        options = [selectinload(m.Author.books)] if loaded else []
        return await session.get(m.Author, 1, options=options)

    if loaded:
        assert TestClient(app).get("/author").json() == {"id": 1, "books": [{"id": 1}]}
    else:
        with pytest.raises(ResponseValidationError, match="greenlet_spawn has not been called"):
            TestClient(app).get("/author")


@pytest.mark.filterwarnings("ignore:coroutine 'Connection.cursor' was never awaited")
@pytest.mark.parametrize("expires", [False, True])
@pytest.mark.parametrize(("refreshed", "loaded"), [(None, False), ([], False), (["id", "books"], True)])
def test_a_new_object_has_no_collection_once_it_is_stored(
    expires: bool, refreshed: list[str] | None, loaded: bool, tmp_path: Path
):
    m, _ = database(tmp_path / "authors.db")
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'authors.db'}")
    app = FastAPI()

    async def get_session() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine, expire_on_commit=expires) as session:
            yield session
        await engine.dispose()

    @app.post("/authors", response_model=AuthorRead)
    async def create_author(session: AsyncSession = Depends(get_session)):
        author = m.Author(id=AUTHORS)
        session.add(author)
        await session.commit()
        if refreshed is not None:
            await session.refresh(author, refreshed or None)
        return author

    if loaded:
        assert TestClient(app).post("/authors").json() == {"id": AUTHORS, "books": []}
    else:
        with pytest.raises(ResponseValidationError, match="greenlet_spawn has not been called"):
            TestClient(app).post("/authors")
