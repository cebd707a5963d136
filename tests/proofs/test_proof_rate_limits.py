"""FAL354: a limit of one route leaves the others alone."""

from __future__ import annotations

import pytest
from fastapi import Depends, FastAPI, Form, HTTPException
from fastapi.testclient import TestClient

GUESSES = 50


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    asked: list[str] = []

    def limit() -> None:
        asked.append("")
        if len(asked) > 5:
            raise HTTPException(status_code=429)

    @app.get("/search", dependencies=[Depends(limit)])
    def search() -> list[str]:
        return []

    def log_in(password: str = Form()) -> str:
        if password != f"password{GUESSES - 1}":
            raise HTTPException(status_code=401)
        return "token"

    app.post("/login")(log_in)
    app.post("/login/limited", dependencies=[Depends(limit)])(log_in)
    return TestClient(app)


def guesses(client: TestClient, path: str) -> list[int]:
    return [client.post(path, data={"password": f"password{number}"}).status_code for number in range(GUESSES)]


def test_passwords_are_tried_until_one_fits(client: TestClient) -> None:
    assert [client.get("/search").status_code for _ in range(6)] == [200, 200, 200, 200, 200, 429]
    assert guesses(client, "/login") == [401] * (GUESSES - 1) + [200]


def test_a_limit_ends_that(client: TestClient) -> None:
    assert guesses(client, "/login/limited") == [401] * 5 + [429] * (GUESSES - 5)
