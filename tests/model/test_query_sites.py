"""Queries and commits in loops, statements that are sent, conditions that Python decides, sessions that leak or are
shared, lazy fields of responses."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.concurrency.awaits import dropped_coroutines, dropped_session_calls
from fastapi_lint.model.concurrency.shared_sessions import shared_sessions
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.duplicates import unexpected_duplicates
from fastapi_lint.model.orm.chosen_by import columns_chosen_by
from fastapi_lint.model.orm.deletions import hard_deletions
from fastapi_lint.model.orm.filters import python_conditions
from fastapi_lint.model.orm.leaks import leaks
from fastapi_lint.model.orm.migrations import migrated_indexes
from fastapi_lint.model.orm.narrow_reads import narrow_reads
from fastapi_lint.model.orm.responses import lazy_fields
from fastapi_lint.model.orm.sent import sent
from fastapi_lint.model.orm.set_up import created_tables, set_ups
from fastapi_lint.model.project import Project

HEAD = """
import asyncio
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import ForeignKey, create_engine, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload, sessionmaker
engine = create_engine("sqlite://")
make = sessionmaker(engine)
make_async = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    items: Mapped[list["Item"]] = relationship()
class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
class ItemRead(BaseModel):
    id: int
class UserRead(BaseModel):
    id: int
    items: list[ItemRead]
def one(session: Session, number): return session.get(User, number)
def cached(session: Session, number, cache):
    if number in cache: return cache[number]
def store(session: Session, name):
    session.add(User(name=name))
    session.commit()
async def ask(session: AsyncSession): return await session.scalar(select(User))
app = FastAPI()
"""


def function_of(project: Project, name: str = "work") -> FunctionDefinition:
    return next(function for function in project.functions if function.name == name)


def working(code: str) -> tuple[Project, FunctionDefinition]:
    """A project with the function ``work``, whose parameters and body are given."""
    project = project_of(f"{HEAD}\n{code}\n")
    return project, function_of(project)


@pytest.mark.parametrize(
    ("body", "chains"),
    [
        ("for n in ns: session.get(User, n)", [0]),
        ("for n in ns: one(session, n)", [1]),
        ("for n in ns: cached(session, n, {})", []),
        ("[session.query(User).filter_by(id=n).first() for n in ns]", [0]),
        ("for n in ns:\n        wanted = n + 1\n        session.scalar(select(User).where(User.id == wanted))", [0]),
        ("for n in ns: session.scalars(select(User)).all()", []),
        ("for n in (1, 2): session.get(User, n)", []),
        ("while ns: session.get(User, ns.pop())", []),
        ("for n in ns:\n        if session.get(User, n): break", []),
        ("for n in ns: session.scalars(select(User).where(User.id.in_(n)))", []),
        ("for n in ns: session.execute(delete(User).where(User.id == n))", []),
        ("for n in ns:\n        with make() as own: own.get(User, n)", []),
        ("for user in session.scalars(select(User)): print(user)", []),
    ],
)
def test_queries_in_loops(body: str, chains: list[int]):
    project, work = working(f"def work(session: Session, ns: list[int]):\n    {body}")
    found = list(project.query_sites.looped_reads(work))
    assert [len(each.found.chain) for each in found] == chains


@pytest.mark.parametrize(
    ("body", "calls"),
    [
        ("for n in ns: session.commit()", ["Session.commit"]),
        ("for n in ns: store(session, n)", ["Session.commit"]),
        ("for n in range(3): session.commit()", []),
        ("for n in ns:\n        if n: session.commit()", []),
        ("for n in ns:\n        try: session.commit()\n        except ValueError: pass", []),
        ("for n in ns: session.flush()\n    session.commit()", []),
    ],
)
def test_commits_in_loops(body: str, calls: list[str]):
    project, work = working(f"def work(session: Session, ns: list[str]):\n    {body}")
    assert [each.found.call for each in project.query_sites.looped_commits(work)] == calls


@pytest.mark.parametrize(
    ("call", "kind", "methods"),
    [
        ("session.scalars(select(User).where(User.id == 1).limit(2))", "select", ["select", "where", "limit"]),
        ("session.query(User).filter_by(id=1).delete()", "delete", ["query", "filter_by"]),
        ("session.query(User).first()", "select", ["query"]),
        ("session.execute(update(User).values(name=''))", "update", ["update", "values"]),
        ("session.execute(unknown)", None, []),
        ("session.add(User())", None, []),
    ],
)
def test_sent_statements(call: str, kind: str | None, methods: list[str]):
    project, work = working(f"def work(session: Session, unknown):\n    {call}")
    found = [statement for event in project.bodies.of(work).calls for statement in sent(event)]
    assert [statement.kind for statement in found] == ([kind] if kind else [])
    for statement in found:
        assert [each.callee.name.rpartition(".")[2] for each in statement.calls] == methods
        assert project.orm_models.of(statement.entities[0]) is not None


def test_an_undecided_statement_is_one_of_several():
    project, work = working(
        "def work(session: Session, flag):\n    s = select(User) if flag else delete(User)\n    session.execute(s)"
    )
    assert [each.kind for event in project.bodies.of(work).calls for each in sent(event)] == ["select", "delete"]


@pytest.mark.parametrize(
    ("condition", "operators"),
    [
        ("User.id == 1 and User.name == ''", ["and"]),
        ("not User.name", ["not"]),
        ("User.name is None", ["is"]),
        ("User.id not in ns", ["not in"]),
        ("User.items is None", ["is"]),
        ("(User.id == 1) & (User.name == '')", []),
        ("ns and User.id == 1", []),
        ("User.id == 1 if ns is None else User.id == 2", []),
    ],
)
def test_conditions_of_python(condition: str, operators: list[str]):
    project, work = working(f"def work(ns):\n    return select(User).where({condition})")
    found = python_conditions(work, project.bodies, project.orm_models)
    assert [each.operator for each in found] == operators


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("return make()", ["returned"]),
        ("session = make()\n    yield session", ["unclosed"]),
        ("with make() as session:\n        yield session", []),
        ("session = make()\n    try:\n        yield session\n    finally:\n        session.close()", []),
        ("connection = engine.connect()\n    yield connection", ["unclosed"]),
        ("yield engine", []),
    ],
)
def test_leaks(body: str, kinds: list[str]):
    project, work = working(f"def work():\n    {body}")
    assert [leak.kind for leak in leaks(work, project.bodies)] == kinds


@pytest.mark.parametrize(
    ("body", "shared"),
    [
        ("await asyncio.gather(ask(s), ask(s))", True),
        ("await asyncio.gather(*[ask(s) for n in ns])", True),
        ("await asyncio.gather(ask(s), ask(t))", False),
        ("for n in ns: await asyncio.gather(ask(s), asyncio.sleep(n))", False),
        ("await ask(s)\n    await ask(s)", False),
    ],
)
def test_shared_sessions(body: str, shared: bool):
    project, work = working(f"async def work(s: AsyncSession, t: AsyncSession, ns):\n    {body}")
    assert bool(list(shared_sessions(project.bodies.of(work), project.bodies))) is shared


def test_dropped_coroutines():
    project, work = working(
        "async def work(s: AsyncSession):\n    s.commit()\n    ask(s)\n    await s.flush()\n    return ask(s)"
    )
    body = project.bodies.of(work)
    assert [event.names for event in dropped_session_calls(body)] == [("sqlalchemy.ext.asyncio.AsyncSession().commit",)]
    assert [event.functions[0].name for event in dropped_coroutines(body)] == ["ask"]


def test_set_ups_at_module_level_and_in_functions():
    project, _ = working("def work():\n    return sessionmaker(engine)")
    found = list(set_ups(project, frozenset({"sqlalchemy.orm.sessionmaker"})))
    assert [each.function.name if each.function is not None else None for each in found] == [None, "work"]


def test_what_begin_opens():
    project, work = working(
        "async def work():\n    async with make_async.begin() as s: await s.flush()\n"
        "    with engine.begin() as c: c.execute(select(User))\n"
    )
    names = [name for event in project.bodies.of(work).calls for name in event.names]
    assert "sqlalchemy.ext.asyncio.AsyncSession().flush" in names
    assert "sqlalchemy.Connection().execute" in names


@pytest.mark.parametrize(
    ("returned", "fields"),
    [
        ("session.scalars(select(User)).all()", ["items"]),
        ("session.scalars(select(User).options(selectinload(User.items))).all()", []),
        ("[session.get(User, 1)]", []),
        ("[session.get(User, i, options=[selectinload(User.items)]) for i in (1, 2)]", []),
        ("[session.get(User, i, options=unknown) for i in (1, 2)]", []),
    ],
)
def test_lazy_fields_of_responses(returned: str, fields: list[str]):
    project = project_of(
        f"{HEAD}\n@app.get('/x', response_model=list[UserRead])\ndef work(session: Session):\n    return {returned}\n"
    )
    assert [each.field.name for each in lazy_fields(route_of(project, "GET /x"), project)] == fields


def test_indexes_of_revisions():
    revision = """
    from alembic import op
    revision = "1"
    down_revision = None
    def upgrade():
        op.create_index("a", "item", ["user_id", "id"])
        with op.batch_alter_table("item") as batch:
            batch.create_index("b", ["other_id"])
    """
    project = project_of({"main.py": HEAD, "versions/one.py": revision})
    assert migrated_indexes(project) == {("item", "user_id"), (None, "other_id")}


@pytest.mark.parametrize(
    ("body", "commits"),
    [
        ("session.add(User())\n    session.commit()\n    session.commit()", 2),
        ("store(session, '')\n    store(session, '')", 2),
        ("session.get(User, 1)\n    session.commit()\n    store(session, '')", 1),
        ("session.add(User())\n    if session: session.commit()\n    session.commit()", 1),
        ("session.add(User())\n    for n in ns: session.commit()", 0),
    ],
)
def test_commits_one_after_the_other(body: str, commits: int):
    project, work = working(f"def work(session: Session, ns: list[int]):\n    {body}")
    assert len(project.query_sites.split_commits(work)) == commits


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("session.query(User).filter_by(name='').all()", [("filtered", "name")]),
        ("session.scalars(select(User).order_by(User.name.desc())).all()", [("ordered", "name")]),
        ("session.scalars(select(User).where(User.name == '', User.id == 1)).all()", []),
        ("session.get(User, 1)", []),
    ],
)
def test_columns_by_which_queries_choose(query: str, chosen: list[tuple[str, str]]):
    project = project_of(f"{HEAD}\n@app.get('/x')\ndef work(session: Session):\n    return {query}\n")
    assert [(each.kind, each.column.name) for each in columns_chosen_by(project)] == chosen


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("session.add(Code(text=''))", ["text"]),
        ("session.query(Code).filter_by(text='').first()\n    session.add(Code(text=''))", []),
        ("find_by_text(session)\n    session.add(Code(text=''))", []),
        ("try:\n        session.add(Code(text=''))\n        session.commit()\n    except Exception: raise", []),
        ("session.add(User(name=''))", []),
    ],
)
def test_unexpected_duplicates(body: str, columns: list[str]):
    code = (
        "class Code(Base):\n    __tablename__ = 'code'\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    text: Mapped[str] = mapped_column(unique=True)\ndef find_by_text(session): ...\n"
        f"@app.post('/x')\ndef work(session: Session):\n    {body}\n    session.commit()\n"
    )
    project = project_of(f"{HEAD}\n{code}")
    assert [each.column for each in unexpected_duplicates(route_of(project, "POST /x"), project)] == columns


def test_tables_that_applications_create():
    project = project_of(
        f"{HEAD}\nBase.metadata.create_all(engine)\ndef make_tables(): Base.metadata.create_all(engine)\n"
        "@app.on_event('startup')\ndef start(): make_tables()\ndef unused(): Base.metadata.create_all(engine)\n"
    )
    assert len(list(created_tables(project))) == 2


def test_hard_deletions():
    code = (
        "class Gone(Base):\n    __tablename__ = 'gone'\n    id: Mapped[int] = mapped_column(primary_key=True)\n"
        "    is_deleted: Mapped[bool]\n"
        "def mark(gone: Gone): gone.is_deleted = True\n"
        "@app.delete('/a')\ndef remove(session: Session): session.delete(session.get(Gone, 1))\n"
        "@app.delete('/b')\ndef purge(session: Session): session.delete(session.get(Gone, 1))\n"
        "@app.delete('/c')\ndef other(session: Session): session.delete(session.get(User, 1))\n"
    )
    assert [each.reach.function.name for each in hard_deletions(project_of(f"{HEAD}\n{code}"))] == ["remove"]


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("[user.name for user in session.scalars(select(User))]", [("name",)]),
        ("[user for user in session.scalars(select(User))]", []),
        ("[print(user) or user.name for user in session.scalars(select(User))]", []),
        ("users = session.scalars(select(User)).all()\n    [user.name for user in users]", [("name",)]),
        ("users = session.scalars(select(User)).all()\n    [user.name for user in users]\n    print(users)", []),
        ("[user.items for user in session.scalars(select(User))]", []),
        ("[name for name in session.scalars(select(User.name))]", []),
    ],
)
def test_narrow_reads(body: str, columns: list[tuple[str, ...]]):
    project, work = working(f"def work(session: Session):\n    {body}")
    assert [each.columns for each in narrow_reads(work, project.bodies, project.orm_models)] == columns
