"""What sessions do that are not awaited, shared, expired, looped over or used on the event loop: the reasons of FAL401,
FAL404, FAL407, FAL409, FAL420, FAL422 and FAL424."""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine, create_engine, event, func, select, text
from sqlalchemy.exc import InvalidRequestError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import QueuePool

IDS = (1, 2, 3, 4)


def mapped() -> SimpleNamespace:
    """A freshly mapped class: other tests forget all mappers of the process."""

    class Base(DeclarativeBase):
        pass

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str] = mapped_column(unique=True)

    return SimpleNamespace(Base=Base, Book=Book)


def filled(m: SimpleNamespace, file: Path) -> Engine:
    """An engine of a database with some books."""
    engine = create_engine(f"sqlite:///{file}")
    m.Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([m.Book(id=number, title=f"title {number}") for number in IDS])
        session.commit()
    return engine


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collects the statements that an engine sends."""
    sent: list[str] = []

    def note(*arguments: Any) -> None:
        sent.append(arguments[2])

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def one_by_one(session: Session, book: Any) -> list[str]:
    return [session.scalars(select(book.title).where(book.id == number)).one() for number in IDS]


def at_once(session: Session, book: Any) -> list[str]:
    return list(session.scalars(select(book.title).where(book.id.in_(IDS)).order_by(book.id)))


@pytest.mark.parametrize(("read", "sent"), [(one_by_one, len(IDS)), (at_once, 1)])
def test_a_query_in_a_loop_is_sent_for_each_item(read: Callable, sent: int, tmp_path: Path):
    m = mapped()
    engine = filled(m, tmp_path / "books.db")
    with Session(engine) as session, counted(engine) as statements:
        assert read(session, m.Book) == [f"title {number}" for number in IDS]
    assert len(statements) == sent


@pytest.mark.parametrize(("in_loop", "kept"), [(True, 2), (False, 0)])
def test_a_commit_in_a_loop_keeps_what_came_before_an_error(in_loop: bool, kept: int, tmp_path: Path):
    m = mapped()
    engine = create_engine(f"sqlite:///{tmp_path / 'books.db'}")
    m.Base.metadata.create_all(engine)

    def add(session: Session) -> None:
        for title in ("one", "two", None, "four"):
            session.add(m.Book(title=title))
            if in_loop:
                session.commit()
        session.commit()

    with Session(engine) as session, pytest.raises(Exception, match="NOT NULL"):
        add(session)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(m.Book)) == kept


def application(engine: Engine) -> FastAPI:
    """An application whose endpoints note the thread in which the database is asked."""
    app = FastAPI()

    def get_session() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    def ask(session: Session) -> dict[str, int]:
        session.execute(text("select 1"))
        return {"thread": threading.get_ident()}

    @app.get("/loop")
    async def loop() -> dict[str, int]:
        return {"thread": threading.get_ident()}

    @app.get("/async")
    async def asynchronous(session: Session = Depends(get_session)) -> dict[str, int]:
        return ask(session)

    @app.get("/plain")
    def plain(session: Session = Depends(get_session)) -> dict[str, int]:
        return ask(session)

    return app


def test_a_synchronous_session_in_a_coroutine_occupies_the_event_loop():
    engine = create_engine("sqlite://", connect_args={"check_same_thread": False})
    with TestClient(application(engine)) as client:
        loop, asynchronous, plain = (client.get(path).json() for path in ("/loop", "/async", "/plain"))
    assert asynchronous == loop
    assert plain != loop


def asynchronously(work: Callable[[AsyncEngine, Any], Awaitable[Any]], file: Path) -> Any:
    """What a coroutine gives that works on a database with some books."""
    m = mapped()
    filled(m, file)

    async def run() -> Any:
        engine = create_async_engine(f"sqlite+aiosqlite:///{file}")
        try:
            return await work(engine, m.Book)
        finally:
            await engine.dispose()

    return asyncio.run(run())


@pytest.mark.parametrize(("awaited", "left"), [(True, len(IDS) - 1), (False, len(IDS))])
def test_what_is_not_awaited_does_not_happen(awaited: bool, left: int, tmp_path: Path):
    async def work(engine: AsyncEngine, book: Any) -> int | None:
        async with AsyncSession(engine) as session:
            waiting = session.delete(await session.get(book, 1))
            if awaited:
                await waiting
            else:
                waiting.close()
            await session.commit()
        async with AsyncSession(engine) as session:
            return await session.scalar(select(func.count()).select_from(book))

    assert asynchronously(work, tmp_path / "books.db") == left


def test_a_dropped_commit_only_warns(tmp_path: Path):
    async def work(engine: AsyncEngine, book: Any) -> int | None:
        async with AsyncSession(engine) as session:
            session.add(book(title="new"))
            session.commit()  # noqa: RUF006
        async with AsyncSession(engine) as session:
            return await session.scalar(select(func.count()).select_from(book))

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert asynchronously(work, tmp_path / "books.db") == len(IDS)
    assert any("never awaited" in str(warning.message) for warning in caught)


@pytest.mark.filterwarnings("ignore:coroutine 'Connection.cursor' was never awaited")
@pytest.mark.parametrize("expires", [True, False])
def test_an_object_is_expired_by_commit(expires: bool, tmp_path: Path):
    async def work(engine: AsyncEngine, book: Any) -> str:
        factory = async_sessionmaker(engine) if expires else async_sessionmaker(engine, expire_on_commit=False)
        async with factory() as session:
            added = book(title="new")
            session.add(added)
            await session.commit()
            return added.title

    if expires:
        with pytest.raises(SQLAlchemyError, match="greenlet_spawn has not been called"):
            asynchronously(work, tmp_path / "books.db")
    else:
        assert asynchronously(work, tmp_path / "books.db") == "new"


@pytest.mark.parametrize("shared", [True, False])
def test_tasks_cannot_share_a_session(shared: bool, tmp_path: Path):
    async def count(session: AsyncSession, book: Any) -> int | None:
        return await session.scalar(select(func.count()).select_from(book))

    async def alone(engine: AsyncEngine, book: Any) -> int | None:
        async with AsyncSession(engine) as session:
            return await count(session, book)

    async def work(engine: AsyncEngine, book: Any) -> list[Any]:
        if not shared:
            return await asyncio.gather(*(alone(engine, book) for _ in range(2)))
        async with AsyncSession(engine) as session:
            return await asyncio.gather(*(count(session, book) for _ in range(2)), return_exceptions=True)

    given = asynchronously(work, tmp_path / "books.db")
    if shared:
        assert any(isinstance(item, InvalidRequestError) for item in given)
    else:
        assert given == [len(IDS)] * 2


@pytest.mark.parametrize(("closes", "left"), [(True, 0), (False, 1)])
def test_a_session_that_is_not_closed_after_an_error_keeps_its_connection(closes: bool, left: int, tmp_path: Path):
    engine = create_engine(f"sqlite:///{tmp_path / 'books.db'}", poolclass=QueuePool)
    kept: list[Session] = []

    def get_session() -> Iterator[Session]:
        session = Session(engine)
        kept.append(session)  # as a traceback does that somebody keeps
        if closes:
            try:
                yield session
            finally:
                session.close()
        else:
            yield session
            session.close()

    app = FastAPI()

    @app.get("/error")
    def fail(session: Session = Depends(get_session)) -> None:
        session.execute(text("select 1"))
        raise RuntimeError

    TestClient(app, raise_server_exceptions=False).get("/error")
    assert isinstance(engine.pool, QueuePool)
    assert engine.pool.checkedout() == left
