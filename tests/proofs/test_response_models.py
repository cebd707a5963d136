"""What FastAPI does with response models: the reasons of FAL133, FAL134 and FAL135."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import StaticPool


class UserRead(BaseModel):
    name: str


def mapped_user() -> type[DeclarativeBase]:
    """A mapped class of its own for each test."""

    class Base(DeclarativeBase):
        pass

    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        password_hash: Mapped[str]

    return User


@pytest.fixture
def stored() -> tuple[Session, Any]:
    """A session with one user in its database, and the class of it."""
    user: Any = mapped_user()
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    user.metadata.create_all(engine)
    made = Session(engine)
    made.add(user(id=1, name="Emma", password_hash="5f4d"))
    made.commit()
    return made, user


def answer(endpoint: Any, **options: Any) -> Any:
    """What an application answers that has only this endpoint."""
    app = FastAPI()
    app.get("/", **options)(endpoint)
    return TestClient(app).get("/").json()


def test_without_a_model_all_loaded_columns_are_sent(stored: tuple[Session, Any]) -> None:
    session, mapped = stored

    def users() -> Any:
        return session.query(mapped).all()

    users.__annotations__ = {}
    assert answer(users) == [{"id": 1, "name": "Emma", "password_hash": "5f4d"}]
    assert answer(users, response_model=list[UserRead]) == [{"name": "Emma"}]


def test_without_a_model_nothing_is_sent_after_a_commit(stored: tuple[Session, Any]) -> None:
    session, mapped = stored

    def renamed() -> Any:
        user = session.get(mapped, 1)
        assert user is not None
        user.name = "Anne"
        session.commit()
        return user

    renamed.__annotations__ = {}
    assert answer(renamed) == {}
    assert answer(renamed, response_model=UserRead) == {"name": "Anne"}


def test_a_response_passes_by_the_model() -> None:
    content = {"password_hash": "5f4d"}
    assert answer(lambda: JSONResponse(content), response_model=UserRead) == content


def test_the_return_annotation_is_the_response_model() -> None:
    def user() -> Any:
        return {"name": "Emma", "password_hash": "5f4d"}

    user.__annotations__ = {"return": UserRead}
    assert answer(user) == answer(user, response_model=UserRead) == {"name": "Emma"}
    documents = []
    for options in ({}, {"response_model": UserRead}):
        app = FastAPI()
        app.get("/", **options)(user)
        documents.append(app.openapi())
    assert documents[0] == documents[1]
