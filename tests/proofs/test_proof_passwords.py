"""What is in the table after somebody registered, and what hashes of passwords tell."""

from __future__ import annotations

import hashlib
import os
import time

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel
from sqlalchemy import StaticPool, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

PASSWORD = "correct horse"


class Base(DeclarativeBase): ...


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    password: Mapped[str]


class UserCreate(BaseModel):
    email: str
    password: str


def hashed(password: str, salt: bytes) -> str:
    return salt.hex() + hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1).hex()


def stored_after(path: str) -> str:
    """What the table holds after a registration at a path."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    app = FastAPI()

    @app.post("/plain", status_code=201)
    def register(user: UserCreate) -> None:
        with Session(engine) as session:
            session.add(User(**user.model_dump()))
            session.commit()

    @app.post("/hashed", status_code=201)
    def register_hashed(user: UserCreate) -> None:
        with Session(engine) as session:
            session.add(User(email=user.email, password=hashed(user.password, os.urandom(16))))
            session.commit()

    @app.post("/login")
    def log_in(user: UserCreate) -> bool:
        with Session(engine) as session:
            found = session.scalar(select(User).where(User.email == user.email, User.password == user.password))
            return found is not None

    client = TestClient(app)
    body = {"email": "ada@example.com", "password": PASSWORD}
    assert client.post(path, json=body).status_code == 201
    with engine.connect() as connection:
        stored: str = connection.execute(text("SELECT password FROM users")).scalar_one()
    assert client.post("/login", json={**body, "password": stored}).json() is True  # whoever has the table
    assert client.post("/login", json=body).json() is (stored == PASSWORD)
    return stored


def test_a_password_is_in_the_table_as_it_was_typed() -> None:
    assert stored_after("/plain") == PASSWORD


def test_a_hash_does_not_show_it() -> None:
    assert PASSWORD not in stored_after("/hashed")


def test_a_plain_hash_is_the_same_for_all_who_have_the_password_and_a_salted_one_is_not() -> None:
    assert hashlib.sha256(PASSWORD.encode()).digest() == hashlib.sha256(PASSWORD.encode()).digest()
    assert hashed(PASSWORD, os.urandom(16)) != hashed(PASSWORD, os.urandom(16))


def test_a_plain_hash_is_guessed_a_thousand_times_faster_even_with_a_salt() -> None:
    salt = os.urandom(16)
    started = time.perf_counter()
    for _ in range(1000):
        hashlib.sha256(salt + PASSWORD.encode()).digest()
    fast = (time.perf_counter() - started) / 1000
    started = time.perf_counter()
    hashed(PASSWORD, salt)
    assert time.perf_counter() - started > 1000 * fast
