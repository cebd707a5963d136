"""What FastAPI runs on the event loop's thread and what in its thread pool: the reason of FAL501, FAL502, FAL517 and of
what they leave out."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import BackgroundTasks, Depends, FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from fastapi.testclient import TestClient

seen: dict[str, int] = {}


def here(what: str) -> None:
    seen[what] = threading.get_ident()


class Refused(Exception):
    pass


class Broken(Exception):
    pass


async def coroutine_dependency() -> None:
    here("coroutine dependency")


def plain_dependency() -> None:
    here("plain dependency")


def plain_generator() -> Iterator[None]:
    here("plain dependency with yield")
    yield


class ClassDependency:
    def __init__(self) -> None:
        here("class dependency")


def called_by_coroutine() -> None:
    here("plain function called by a coroutine")


async def coroutine_task() -> None:
    here("coroutine task")


def plain_task() -> None:
    here("plain task")


def streamed() -> Iterator[bytes]:
    here("plain generator streamed")
    yield b"x"


async def streamed_by_coroutine() -> AsyncIterator[bytes]:
    here("async generator streamed")
    yield b"x"


def application() -> FastAPI:
    app = FastAPI()

    @app.middleware("http")
    async def middleware(request: Request, call_next):  # type: ignore[no-untyped-def]
        here("middleware")
        return await call_next(request)

    @app.exception_handler(Refused)
    async def coroutine_handler(request: Request, error: Refused) -> JSONResponse:
        here("coroutine handler")
        return JSONResponse({})

    @app.exception_handler(Broken)
    def plain_handler(request: Request, error: Broken) -> JSONResponse:
        here("plain handler")
        return JSONResponse({})

    calls = (coroutine_dependency, plain_dependency, plain_generator, ClassDependency)
    dependencies = [Depends(call) for call in calls]

    @app.get("/coroutine", dependencies=dependencies)
    async def coroutine_endpoint(tasks: BackgroundTasks) -> None:
        here("coroutine endpoint")
        called_by_coroutine()
        tasks.add_task(coroutine_task)
        tasks.add_task(plain_task)

    @app.get("/plain")
    def plain_endpoint() -> None:
        here("plain endpoint")

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        return StreamingResponse(streamed())

    @app.get("/async-stream")
    async def async_stream() -> StreamingResponse:
        return StreamingResponse(streamed_by_coroutine())

    @app.get("/refused")
    async def refused() -> None:
        raise Refused

    @app.get("/broken")
    async def broken() -> None:
        raise Broken

    return app


@pytest.fixture(scope="module")
def threads() -> dict[str, int]:
    seen.clear()
    with TestClient(application()) as client:
        for path in ("/coroutine", "/plain", "/stream", "/async-stream", "/refused", "/broken"):
            assert client.get(path).status_code == 200
    return dict(seen)


ON_LOOP = [
    "coroutine dependency",
    "plain function called by a coroutine",
    "coroutine task",
    "coroutine handler",
    "middleware",
    "async generator streamed",
]
IN_POOL = [
    "plain endpoint",
    "plain dependency",
    "plain dependency with yield",
    "class dependency",
    "plain task",
    "plain handler",
    "plain generator streamed",
]


@pytest.mark.parametrize("what", ON_LOOP)
def test_runs_on_the_event_loop(threads: dict[str, int], what: str) -> None:
    assert threads[what] == threads["coroutine endpoint"]


@pytest.mark.parametrize("what", IN_POOL)
def test_runs_in_the_thread_pool(threads: dict[str, int], what: str) -> None:
    assert threads[what] != threads["coroutine endpoint"]
