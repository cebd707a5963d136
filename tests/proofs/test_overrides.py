"""A dependency override stays until somebody takes it back: the reason of FAL806."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient


def get_user() -> str:
    return "real"


def test_an_override_outlives_the_client_that_needed_it() -> None:
    app = FastAPI()

    @app.get("/me")
    def read_me(user: str = Depends(get_user)) -> str:
        return user

    app.dependency_overrides[get_user] = lambda: "alice"
    with TestClient(app) as client:
        assert client.get("/me").json() == "alice"
    assert TestClient(app).get("/me").json() == "alice"
    app.dependency_overrides.clear()
    assert TestClient(app).get("/me").json() == "real"
