"""What FastAPI and a server do with bodies under statuses that have none: the reasons of FAL102 and FAL103.

Releases were compared by running the same lines on 0.75 to 0.165; the release here shows the newest behaviour.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Any, Optional

import pytest
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Note(BaseModel):
    text: str = ""


REFUSED = "must not have a response body"


def client(endpoint: Any, **options: Any) -> TestClient:
    """A client of an application with one route."""
    app = FastAPI()
    app.delete("/", **options)(endpoint)
    return TestClient(app)


@pytest.mark.parametrize("status", [100, 101, 199, 204, 205, 304])
def test_a_model_is_refused_at_import(status: int) -> None:
    with pytest.raises(AssertionError, match=REFUSED):
        client(lambda: None, status_code=status, response_model=Note)


@pytest.mark.parametrize("annotation", [Note, dict, Any, Optional[Note], Optional[Response]])
def test_a_return_annotation_is_refused_too(annotation: Any) -> None:
    def endpoint() -> None: ...

    endpoint.__annotations__["return"] = annotation
    with pytest.raises(AssertionError, match=REFUSED):
        client(endpoint, status_code=204)


@pytest.mark.parametrize("annotation", [None, "None", Response, JSONResponse])
def test_none_and_responses_are_no_models(annotation: Any) -> None:
    def endpoint() -> None: ...

    endpoint.__annotations__["return"] = annotation
    client(endpoint, status_code=204)


@pytest.mark.parametrize("status", [204, 205, 304])
def test_a_returned_value_is_dropped_in_silence(status: int) -> None:
    answer = client(lambda: {"deleted": 1}, status_code=status).delete("/")
    assert (answer.status_code, answer.content) == (status, b"")


def test_a_response_keeps_its_own_status_whatever_the_route_declares() -> None:
    answer = client(lambda: Response("text"), status_code=204).delete("/")
    assert (answer.status_code, answer.content) == (200, b"text")


def test_a_status_set_on_the_injected_response_wins() -> None:
    def endpoint(response: Response) -> Any:
        response.status_code = 200
        return {"deleted": 1}

    answer = client(endpoint, status_code=204, response_model=None).delete("/")
    assert (answer.status_code, answer.json()) == (200, {"deleted": 1})


def test_a_delete_that_returns_nothing_sends_the_text_null() -> None:
    answer = client(lambda: None).delete("/")
    assert (answer.status_code, answer.content) == (200, b"null")


def served(endpoint: Any) -> tuple[bytes, list[str]]:
    """What uvicorn sends over the wire for ``DELETE /`` of an application with this endpoint, and what it logs."""
    uvicorn = pytest.importorskip("uvicorn")
    pytest.importorskip("h11")
    app = FastAPI()
    app.delete("/")(endpoint)
    logged: list[str] = []

    async def run() -> bytes:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, http="h11", log_config=None, lifespan="off"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(b"DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        sent = await asyncio.wait_for(reader.read(), 10)
        writer.close()
        server.should_exit = True
        await task
        return sent

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(str(record.exc_info[1]) if record.exc_info else record.getMessage())

    logger, handler = logging.getLogger("uvicorn.error"), Handler()
    logger.addHandler(handler)
    try:
        return asyncio.run(run()), logged
    finally:
        logger.removeHandler(handler)


@pytest.mark.parametrize("content", [{"deleted": 1}, None])
def test_a_server_breaks_off_a_response_whose_content_contradicts_its_status(content: Any) -> None:
    sent, logged = served(lambda: JSONResponse(content, status_code=204))
    assert b"deleted" not in sent and b"null" not in sent
    assert any("Too much data for declared Content-Length" in line for line in logged)


def test_a_server_is_content_with_an_empty_response() -> None:
    sent, logged = served(lambda: Response(status_code=204))
    assert sent.startswith(b"HTTP/1.1 204")
    assert not any("Content-Length" in line for line in logged)
