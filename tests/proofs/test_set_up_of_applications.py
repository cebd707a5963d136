"""What FastAPI and uvicorn do with middlewares, decorators, event handlers and debugging: FAL118 and FAL128 to
FAL131."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from fastapi.testclient import TestClient

ORIGIN = {"origin": "https://shop.example.com"}


@pytest.mark.parametrize("cors_last", [False, True])
def test_what_a_middleware_around_cors_answers_has_no_headers(cors_last: bool) -> None:
    app = FastAPI()

    async def require_key(request: Request, call_next: Any) -> Response:
        return await call_next(request) if "x-key" in request.headers else Response(status_code=401)

    def add_cors() -> None:
        app.add_middleware(CORSMiddleware, allow_origins=["*"])

    for step in (lambda: app.middleware("http")(require_key), add_cors)[:: 1 if cors_last else -1]:
        step()
    client = TestClient(app)
    answer = client.get("/", headers=ORIGIN)
    preflight = client.options("/", headers={**ORIGIN, "access-control-request-method": "GET"})
    assert answer.status_code == 401
    assert ("access-control-allow-origin" in answer.headers) is cors_last
    assert (preflight.status_code == 200) is cors_last


@pytest.mark.parametrize("above", [False, True])
def test_a_decorator_above_that_of_the_route_is_never_called(above: bool) -> None:
    app = FastAPI()
    called = []

    def watch(function: Any) -> Any:
        @wraps(function)
        def wrapper() -> Any:
            called.append(1)
            return function()

        return wrapper

    def endpoint() -> int:
        return 1

    register = app.get("/")
    watch(register(endpoint)) if above else register(watch(endpoint))
    assert TestClient(app).get("/").json() == 1
    assert bool(called) is not above


@asynccontextmanager
async def noting(app: FastAPI) -> AsyncIterator[None]:
    NOTES.append("lifespan")
    yield


NOTES: list[str] = []


def started(app: FastAPI) -> list[str]:
    """What runs when an application starts."""
    NOTES.clear()
    with TestClient(app):
        return list(NOTES)


def test_a_lifespan_takes_the_place_of_event_handlers() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        both, handlers = FastAPI(lifespan=noting), FastAPI()
        for app in (both, handlers):
            app.on_event("startup")(lambda: NOTES.append("handler"))
    assert started(handlers) == ["handler"]
    assert started(both) == ["lifespan"]


def test_event_handlers_are_deprecated() -> None:
    with pytest.warns(DeprecationWarning, match="on_event is deprecated"):
        FastAPI().on_event("startup")


def test_a_mounted_application_is_not_started() -> None:
    app = FastAPI()
    app.mount("/sub", FastAPI(lifespan=noting))
    assert started(app) == []


@pytest.mark.parametrize("debug", [False, True])
def test_debug_sends_the_traceback_and_calls_no_handler(debug: bool) -> None:
    app = FastAPI(debug=debug)
    app.add_exception_handler(Exception, lambda request, error: Response("handled", 500))

    @app.get("/")
    def endpoint() -> None:
        raise RuntimeError("a fault")

    text = TestClient(app, raise_server_exceptions=False).get("/").text
    assert ("Traceback" in text, text == "handled") == (debug, not debug)


@pytest.mark.parametrize("option", ["reload=True", "workers=2"])
def test_uvicorn_exits_when_it_needs_a_name_and_gets_an_application(option: str, tmp_path: Path) -> None:
    pytest.importorskip("uvicorn")
    code = f"import uvicorn\nfrom fastapi import FastAPI\nuvicorn.run(FastAPI(), port=0, {option})\n"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "must pass the application as an import string" in done.stderr
