"""What FastAPI documents of the errors of a route: the reason of FAL110."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException
from fastapi.testclient import TestClient


def read(book_id: int) -> None:
    raise HTTPException(404)


def documented(app: FastAPI, path: str) -> set[str]:
    """The statuses that the document names for a path."""
    operation: dict[str, Any] = app.openapi()["paths"][path]["get"]
    return set(operation["responses"])


def test_what_is_raised_is_not_documented() -> None:
    app = FastAPI()
    app.get("/{book_id}")(read)
    app.get("/")(lambda: None)
    assert TestClient(app).get("/1").status_code == 404
    assert documented(app, "/{book_id}") == {"200", "422"}
    assert documented(app, "/") == {"200"}


def test_the_responses_of_all_levels_are_merged() -> None:
    router = APIRouter(responses={401: {}})
    router.get("/{book_id}", responses={404: {"description": "Book not found"}})(read)
    app = FastAPI(responses={"403": {}})
    app.include_router(router, responses={"4XX": {}, 409: {}})
    assert documented(app, "/{book_id}") == {"200", "401", "403", "404", "409", "4XX"}  # 4XX stands for 422


def test_a_handler_for_all_exceptions_does_not_get_http_exceptions() -> None:
    app = FastAPI()
    app.get("/{book_id}")(read)

    @app.exception_handler(Exception)
    def on_error(request: object, error: Exception) -> None:
        raise AssertionError

    assert TestClient(app).get("/1").status_code == 404
