"""What a dependency gets that is called by hand, and what FastAPI does with one that is called where it is declared:
the reasons of FAL314 and FAL315."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import Depends, FastAPI, Header, params
from fastapi.testclient import TestClient
from pydantic import BaseModel

received: list[object] = []


def current_user(authorization: str = Header()) -> bool:
    received.append(authorization)
    return bool(authorization)


def test_a_call_by_hand_leaves_the_marker_in_its_place() -> None:
    app = FastAPI()

    @app.get("/")
    def read() -> bool:
        return current_user()

    received.clear()
    assert TestClient(app).get("/").json() is True
    assert isinstance(received[0], params.Header)


def test_a_dependency_gets_the_value_or_is_not_called() -> None:
    app = FastAPI()

    @app.get("/")
    def read(user: bool = Depends(current_user)) -> bool:
        return user

    received.clear()
    client = TestClient(app)
    assert client.get("/").status_code == 422
    assert client.get("/", headers={"Authorization": "x"}).json() is True
    assert received == ["x"]


class User(BaseModel):
    name: str = "anonymous"


def check() -> None: ...


async def check_later() -> None: ...


def make() -> User:
    return User()


def give() -> Iterator[User]:
    yield User()


@pytest.mark.parametrize("function", [check_later, make, give])
def test_an_application_that_depends_on_what_cannot_be_called_does_not_start(function) -> None:
    app = FastAPI()
    result = function()
    with pytest.raises(TypeError, match="is not a callable object"):

        @app.get("/")
        def read(user: User = Depends(result)) -> None: ...

    with pytest.raises(AssertionError):
        app.get("/", dependencies=[Depends(result)])(lambda: None)
    if function is check_later:
        result.close()


def test_a_dependency_on_none_calls_the_annotation() -> None:
    app = FastAPI()

    @app.get("/")
    def read(user: User = Depends(check())) -> str:
        return user.name

    assert TestClient(app).get("/", params={"name": "admin"}).json() == "admin"
    with pytest.raises(AssertionError):
        app.get("/", dependencies=[Depends(check())])(lambda: None)
