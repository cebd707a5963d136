"""Which errors a handler for HTTPException gets: the reason of FAL612."""

from __future__ import annotations

import fastapi
import starlette.exceptions
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient


def shapes(error: type[Exception]) -> list[list[str]]:
    """The keys of what the application answers to its own error, to an unknown path, and to a wrong method."""
    app = FastAPI()

    @app.exception_handler(error)
    async def show(request: Request, error: fastapi.HTTPException) -> JSONResponse:
        return JSONResponse({"error": error.detail}, status_code=error.status_code)

    @app.get("/items")
    def read_items() -> None:
        raise fastapi.HTTPException(404)

    client = TestClient(app)
    answers = [client.get("/items"), client.get("/nowhere"), client.post("/items")]
    assert [answer.status_code for answer in answers] == [404, 404, 405]
    return [list(answer.json()) for answer in answers]


def test_a_handler_of_fastapis_class_misses_what_the_router_raises() -> None:
    assert shapes(fastapi.HTTPException) == [["error"], ["detail"], ["detail"]]


def test_a_handler_of_starlettes_class_gets_all() -> None:
    assert shapes(starlette.exceptions.HTTPException) == [["error"], ["error"], ["error"]]
