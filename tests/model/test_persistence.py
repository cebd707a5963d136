"""What functions create, update and delete, what routes create, and what a GET writes."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.creation import creation, deletes
from fastapi_lint.model.endpoints.persistence import Change
from fastapi_lint.model.endpoints.safe_methods import written_by_get
from fastapi_lint.model.project import Project

HEAD = """
from fastapi import Depends, FastAPI, HTTPException
import sqlite3
from sqlalchemy import Column, Integer, create_engine, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlmodel import SQLModel
from tortoise.models import Model

class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = 'user'
    id: Mapped[int] = mapped_column(primary_key=True)
class Item(SQLModel, table=True):
    id: int
class Cat(Model): pass
def make(kind) -> User: return User(id=kind)
def find(session: Session) -> User: return session.get(User, 1)
def save(session: Session, thing): session.add(thing)
"""


def changes(body: str, name: str = "run") -> list[Change]:
    """What a function does whose body this is."""
    lines = "\n".join("    " + line for line in body.split("\n"))
    project = project_of(f"{HEAD}\nasync def run(session: Session, value: int):\n{lines}\n")
    return list(project.persistence.changes(function(project, name)))


def function(project: Project, name: str):
    return next(function for function in project.functions if function.name == name)


def told(found: list[Change]) -> list[tuple[str, str | None, bool]]:
    return [(change.kind, change.model.name if change.model else None, change.certain) for change in found]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("session.add(User(id=1))", [("create", "User", True)]),
        ("session.add(Item.model_validate(value))", [("create", "Item", True)]),
        ("session.add_all([User(id=1), User(id=2)])", [("create", "User", True), ("create", "User", True)]),
        ("session.add_all([User(id=x) for x in value])", [("create", "User", False)]),
        ("session.execute(insert(User).values(id=1))", [("create", "User", True)]),
        ("session.execute(pg_insert(User).values(id=1).on_conflict_do_nothing())", []),
        ("session.execute(delete(User).where(User.id == 1))", [("delete", "User", True)]),
        ("session.execute(update(User).values(id=1))", [("update", "User", True)]),
        ("session.query(User).filter_by(id=1).update({'id': 2})", [("update", "User", True)]),
        ("await Cat.filter(id=1).update(id=2)", [("update", "Cat", True)]),
        ("{}.update({'id': 2})", []),
        ("session.execute(select(User))", []),
        ("session.execute(text('INSERT INTO user (id) VALUES (1)'))", [("create", None, True)]),
        ("session.execute(text(f'insert into {value} (id) values (1)').bindparams())", [("create", None, True)]),
        ("sqlite3.connect('').cursor().executemany('INSERT INTO user VALUES (?)', value)", [("create", None, True)]),
        ("session.execute(text('UPDATE user AS u SET id = 1'))", [("update", None, True)]),
        ("session.execute(text('DELETE FROM user'))", [("delete", None, True)]),
        ("session.execute(text('INSERT INTO user (id) VALUES (1) ON CONFLICT DO NOTHING'))", []),
        ("session.execute(text('INSERT INTO user (id) SELECT 1'))", []),
        ("session.execute(text('SELECT * FROM user FOR UPDATE'))", []),
        ("session.execute(text(value))", []),
        ("print('DELETE FROM user')", []),
        ("session.merge(User(id=1))", []),
        ("session.add(find(session))", [("update", "User", True)]),
        ("user = session.get(User, 1)\nuser.id = 2\nsession.commit()", [("update", "User", True)]),
        ("user = session.get(User, 1)\nif value:\n    user.id = 2\nsession.commit()", [("update", "User", False)]),
        ("user = session.get(User, 1)\nsession.commit()\nuser.id = 2", []),
        ("user = session.get(User, 1)\nuser.id = 2", []),
        ("user = User(id=1)\nuser.id = 2\nsession.commit()", []),
        ("session.add(make(1))", [("create", "User", True)]),
        ("save(session, User(id=1))", [("create", "User", True)]),
        ("save(session, make(1))", [("create", "User", True)]),
        ("save(session, find(session))", [("update", "User", True)]),
        ("session.delete(find(session))", [("delete", "User", True)]),
        ("session.query(User).filter_by(id=1).delete()", [("delete", "User", True)]),
        ("await Cat.create(id=1)", [("create", "Cat", True)]),
        ("await Cat(id=1).save()", [("create", "Cat", True)]),
        ("await Cat.filter(id=1).delete()", [("delete", "Cat", True)]),
        ("await Cat.get_or_create(id=1)", []),
    ],
)
def test_what_calls_do(body: str, expected: list[tuple[str, str | None, bool]]) -> None:
    assert told(changes(body)) == expected


@pytest.mark.parametrize(
    "body, certain",
    [
        ("if value:\n    raise ValueError\nsession.add(User(id=1))", True),
        ("if value:\n    raise ValueError\nelse:\n    session.add(User(id=1))", True),
        ("with session.begin():\n    session.add(User(id=1))", True),
        ("try:\n    session.add(User(id=1))\nexcept ValueError:\n    print()", True),
        ("try:\n    session.add(User(id=1))\nexcept IntegrityError:\n    raise HTTPException(409)", True),
        ("try:\n    session.add(User(id=1))\nexcept IntegrityError:\n    session.rollback()", False),
        ("if value:\n    session.add(User(id=1))", False),
        ("if value:\n    return 1\nsession.add(User(id=1))", False),
        ("for x in value:\n    session.add(User(id=1))", False),
        ("try:\n    print()\nexcept ValueError:\n    session.add(User(id=1))", False),
        ("user = find(session) if value else User(id=1)\nsession.add(user)", False),
    ],
)
def test_what_happens_for_certain(body: str, certain: bool) -> None:
    assert [change.certain for change in changes(body)] == [certain]


def test_generic_repositories_in_other_modules() -> None:
    project = project_of(
        {
            "base.py": """
                from typing import Generic, TypeVar
                T = TypeVar("T")
                class Repository(Generic[T]):
                    model: type[T]
                    def __init__(self, session):
                        self.session = session
                    def create(self, **values) -> T:
                        return self.save(self.model(**values))
                    def save(self, record):
                        self.session.add(record)
                        return record
            """,
            "users.py": """
                from sqlalchemy.orm import DeclarativeBase, Session
                from base import Repository
                class Base(DeclarativeBase): pass
                class User(Base): __tablename__ = "user"
                class Users(Repository[User]): model = User
                def register(session: Session):
                    return Users(session).create(name="x")
            """,
        }
    )
    (change,) = project.persistence.changes(function(project, "register"))
    assert told([change]) == [("create", "User", True)]
    assert [call.site.location.path for call in change.calls] == ["users.py", "base.py", "base.py"]


@pytest.mark.parametrize(
    "called",
    [
        "Users(session).run()",
        "run_one(lambda: session.add(User(id=1)))",
        "run_one(partial(save, session, User(id=1)))",
        "run_other(session, save)",
    ],
)
def test_what_only_callers_know_is_followed(called: str) -> None:
    project = project_of(
        f"""{HEAD}
from functools import partial
class Store:
    def __init__(self, session: Session):
        self.session = session
    def run(self) -> None:
        self.step()
    def step(self) -> None:
        raise NotImplementedError
class Users(Store):
    def step(self) -> None:
        self.session.add(User(id=1))
def run_one(step) -> None:
    step()
def run_other(session: Session, step) -> None:
    step(session, User(id=1))
def caller(session: Session) -> None:
    {called}
"""
    )
    assert told(list(project.persistence.changes(function(project, "caller")))) == [("create", "User", True)]


def test_recursion_ends() -> None:
    project = project_of(
        f"{HEAD}\ndef a(session: Session): b(session)\ndef b(session: Session):\n    a(session)\n"
        "    session.add(User(id=1))\n"
    )
    assert told(list(project.persistence.changes(function(project, "a")))) == [("create", "User", True)]


@pytest.mark.parametrize(
    "path, name, body, created",
    [
        ("/users", "anything", "session.add(User(id=1))", True),
        ("/things", "create_user", "session.add(User(id=1))", True),
        ("/things", "compute", "session.add(User(id=1))", False),
        ("/things", "compute", "user = User(id=1)\n    session.add(user)\n    return user", True),
        ("/users/{x}/activate", "activate", "session.add(User(id=1))", False),
        ("/users", "create", "if value:\n        session.add(User(id=1))", False),
    ],
)
def test_what_a_route_creates(path: str, name: str, body: str, created: bool) -> None:
    project = project_of(
        f"{HEAD}\napp = FastAPI()\n@app.post('{path}')\ndef {name}(session: Session, value: int):\n    {body}\n"
    )
    assert (creation(route_of(project, f"POST {path}"), project) is not None) is created


def test_the_body_of_a_request_is_a_new_object() -> None:
    project = project_of(
        f"{HEAD}\napp = FastAPI()\n@app.post('/items')\ndef add(item: Item, session: Session = Depends(Session)):\n"
        "    session.add(item)\n"
    )
    change = creation(route_of(project, "POST /items"), project)
    assert change is not None and change.model is not None and change.model.name == "Item"
    assert not deletes(route_of(project, "POST /items"), project)


@pytest.mark.parametrize(
    "method, path, name, body, written",
    [
        ("get", "/users", "read", "session.execute(update(User).values(id=1))", True),
        ("get", "/users", "read", "session.add(User(id=1))", True),
        ("get", "/users", "read", "if value:\n        session.add(User(id=1))", False),
        ("get", "/users", "update_users", "if value:\n        session.add(User(id=1))", True),
        ("get", "/users/{x}/reset", "read", "if value:\n        session.add(User(id=1))", True),
        ("get", "/users", "read", "session.add(UserLog(id=1))", False),
        ("get", "/users", "read", "session.execute(select(User))", False),
        ("get", "/oauth/google/callback", "read", "session.add(User(id=1))", False),
        ("get", "/users", "read", "session.add(User(id=1))\n    return RedirectResponse('/')", False),
        ("post", "/users", "read", "session.add(User(id=1))", False),
    ],
)
def test_what_a_get_writes(method: str, path: str, name: str, body: str, written: bool) -> None:
    project = project_of(
        f"{HEAD}\nfrom fastapi.responses import RedirectResponse\nclass UserLog(User): pass\napp = FastAPI()\n"
        f"@app.{method}('{path}')\ndef {name}(session: Session, value: int):\n    {body}\n"
    )
    assert (written_by_get(route_of(project, f"{method.upper()} {path}"), project) is not None) is written
