"""What becomes of a field that nobody expects to be sent: the reason of FAL217 and FAL218."""

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UserCreate(BaseModel):
    is_admin: bool = False


class Registration(BaseModel):
    name: str = ""


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


def client() -> TestClient:
    class Base(DeclarativeBase): ...

    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        is_admin: Mapped[bool]

    app = FastAPI()

    @app.post("/users")
    def register(user: UserCreate) -> bool | None:
        return User(**user.model_dump()).is_admin

    @app.post("/registrations")
    def register_without(user: Registration) -> bool:
        return "is_admin" in user.model_dump()

    @app.post("/open")
    def register_open(user: Open) -> bool | None:
        return User(**user.model_dump()).is_admin

    return TestClient(app, raise_server_exceptions=False)


def test_whoever_sends_it_is_an_administrator() -> None:
    assert client().post("/users", json={}).json() is False
    assert client().post("/users", json={"is_admin": True}).json() is True


def test_a_field_that_the_schema_lacks_is_left_out() -> None:
    assert client().post("/registrations", json={"is_admin": True}).json() is False


def test_a_schema_that_takes_any_field_sets_any_column() -> None:
    assert client().post("/open", json={"is_admin": True}).json() is True
    assert client().post("/open", json={"nonsense": True}).status_code == 500
