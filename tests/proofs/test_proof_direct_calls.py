"""What a dependency gets that is called by hand: the reason of FAL314."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Header, params
from fastapi.testclient import TestClient

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
