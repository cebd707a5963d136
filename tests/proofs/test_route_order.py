"""Which of several routes answers: the reason of FAL121 and FAL122."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse


def client(*paths: str, method: str = "GET") -> TestClient:
    """A client of an application with routes at these paths, each in a router of its own, that answer with theirs."""
    app = FastAPI()
    for path in paths:
        router = APIRouter()
        router.add_api_route(path, _answer(path), methods=[method])
        app.include_router(router, prefix="/api")
    return TestClient(app)


def _answer(path: str):
    return lambda: PlainTextResponse(path)


@pytest.mark.parametrize(
    ("paths", "asked", "answering"),
    [
        (["/users/{id}", "/users/me"], "/users/me", "/users/{id}"),
        (["/users/me", "/users/{id}"], "/users/me", "/users/me"),
        (["/users/{id:int}", "/users/me"], "/users/me", "/users/me"),
        (["/users/{id}", "/users/{id}/"], "/users/1/", "/users/{id}/"),
        (["/files/{path:path}", "/files/{name}/old"], "/files/a/old", "/files/{path:path}"),
        (["/n/{n:float}", "/n/{n:int}"], "/n/1", "/n/{n:float}"),
        (["/r/{name}.{form}", "/r/{name}.pdf"], "/r/a.pdf", "/r/{name}.{form}"),
        (["/users/{id}", "/users/{name}"], "/users/1", "/users/{id}"),
    ],
)
def test_the_first_that_fits_answers(paths: list[str], asked: str, answering: str) -> None:
    assert client(*paths).get(f"/api{asked}").text == answering


def test_the_type_of_a_parameter_makes_no_difference() -> None:
    app = FastAPI()

    @app.get("/users/{id}")
    def read(id: int) -> int:
        return id

    @app.get("/users/me")
    def me() -> str:
        return "me"

    assert TestClient(app).get("/users/me").status_code == 422


def test_another_method_passes_on() -> None:
    app = FastAPI()
    app.add_api_route("/users/{id}", _answer("any"), methods=["POST"])
    app.add_api_route("/users/me", _answer("me"))
    assert TestClient(app).get("/users/me").text == "me"


def test_a_mount_answers_all_that_is_below(tmp_path: Path) -> None:
    app = FastAPI()
    app.mount("/site", StaticFiles(directory=tmp_path))
    app.add_api_route("/site/health", _answer("health"))
    app.add_api_route("/site", _answer("site"))
    assert TestClient(app).get("/site/health").status_code == 404
    assert TestClient(app).get("/site").text == "site"


def test_the_documentation_comes_first() -> None:
    app = FastAPI()
    app.add_api_route("/docs", _answer("own"))
    assert "Swagger UI" in TestClient(app).get("/docs").text
    app = FastAPI(docs_url=None)
    app.add_api_route("/docs", _answer("own"))
    assert TestClient(app).get("/docs").text == "own"


def test_of_two_at_one_path_the_first_answers_and_the_last_is_documented() -> None:
    app = FastAPI()
    app.add_api_route("/films", _answer("first"), summary="first")
    app.add_api_route("/films", _answer("second"), summary="second")
    assert TestClient(app).get("/films").text == "first"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the operation ids of both are the same
        assert app.openapi()["paths"]["/films"]["get"]["summary"] == "second"
