"""What becomes of exceptions on their way to the client: the reasons of FAL603, FAL604 and FAL609."""

from __future__ import annotations

import logging

import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient


class Failure(Exception):
    """An exception of a project."""


def test_an_http_exception_is_caught_like_any_other() -> None:
    app = FastAPI()

    @app.get("/items")
    def read_items() -> None:
        try:
            raise HTTPException(404)
        except Exception:
            raise HTTPException(500) from None

    assert TestClient(app).get("/items").status_code == 500


def test_an_http_exception_of_500_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    app = FastAPI()

    @app.get("/items")
    def read_items() -> None:
        try:
            raise Failure
        except Failure as error:
            raise HTTPException(500) from error

    with caplog.at_level(logging.WARNING):
        assert TestClient(app, raise_server_exceptions=False).get("/items").status_code == 500
    assert not caplog.records


@pytest.mark.parametrize(("handled", "is_raised"), [(Exception, True), (500, True), (Failure, False)])
def test_only_what_a_handler_for_all_errors_gets_is_raised_to_the_server(handled: object, is_raised: bool) -> None:
    app = FastAPI()

    @app.exception_handler(handled)  # type: ignore[arg-type]
    async def show(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({}, status_code=500)

    @app.get("/items")
    def read_items() -> None:
        raise Failure

    assert TestClient(app, raise_server_exceptions=False).get("/items").json() == {}
    if is_raised:  # the server logs it
        with pytest.raises(Failure):
            TestClient(app).get("/items")
    else:
        assert TestClient(app).get("/items").status_code == 500
