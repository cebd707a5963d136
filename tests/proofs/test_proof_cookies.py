"""How Starlette sets cookies: the reason of FAL356."""

from __future__ import annotations

from fastapi import FastAPI, Response
from fastapi.testclient import TestClient


def set_cookie(**options: object) -> set[str]:
    app = FastAPI()

    @app.post("/login")
    def log_in(response: Response) -> None:
        response.set_cookie("session", "x", **options)  # type: ignore[arg-type]

    header = TestClient(app).post("/login").headers["set-cookie"]
    return {part.strip().lower() for part in header.split(";")}


def test_a_cookie_has_neither_protection_by_default() -> None:
    assert set_cookie() == {"session=x", "path=/", "samesite=lax"}


def test_a_cookie_has_those_that_are_asked_for() -> None:
    assert set_cookie(secure=True, httponly=True) == {"session=x", "path=/", "samesite=lax", "secure", "httponly"}
