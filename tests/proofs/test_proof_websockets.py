"""FAL304: what guards HTTP routes and not websockets, and what guards these."""

from __future__ import annotations

import pytest
from fastapi import Depends, FastAPI, HTTPException, Query, Request, WebSocket, WebSocketException
from fastapi.middleware.cors import CORSMiddleware
from fastapi.security import HTTPBearer
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("in")


def test_a_websocket_beside_routes_that_authenticate_takes_anybody() -> None:
    app = FastAPI()
    app.get("/orders", dependencies=[Depends(HTTPBearer())])(lambda: [])
    app.websocket("/orders/live")(echo)
    client = TestClient(app)
    assert client.get("/orders").status_code == 401
    with client.websocket_connect("/orders/live") as socket:
        assert socket.receive_text() == "in"


def test_a_middleware_for_http_is_not_asked() -> None:
    app = FastAPI()
    app.get("/orders")(lambda: [])
    app.websocket("/orders/live")(echo)

    @app.middleware("http")
    async def guard(request: Request, call_next):
        raise HTTPException(status_code=401)

    client = TestClient(app)
    with pytest.raises(HTTPException):
        client.get("/orders")
    with client.websocket_connect("/orders/live") as socket:
        assert socket.receive_text() == "in"


def test_a_scheme_turns_away_what_brings_no_header() -> None:
    app = FastAPI()
    app.websocket("/orders/live", dependencies=[Depends(HTTPBearer())])(echo)
    client = TestClient(app)
    with pytest.raises(WebSocketDisconnect):
        with client.websocket_connect("/orders/live?token=x"):
            pass
    with client.websocket_connect("/orders/live", headers={"Authorization": "Bearer x"}) as socket:
        assert socket.receive_text() == "in"


def test_pages_of_any_origin_may_open_it() -> None:
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["https://example.com"])
    app.websocket("/orders/live")(echo)
    with TestClient(app).websocket_connect("/orders/live", headers={"Origin": "https://evil.example"}) as socket:
        assert socket.receive_text() == "in"


def test_a_dependency_turns_strangers_away() -> None:
    app = FastAPI()

    def user(token: str | None = Query(default=None)) -> str:
        if token != "x":
            raise WebSocketException(code=1008)
        return token

    app.websocket("/orders/live", dependencies=[Depends(user)])(echo)
    client = TestClient(app)
    with pytest.raises(WebSocketDisconnect) as refused:
        with client.websocket_connect("/orders/live"):
            pass
    assert refused.value.code == 1008
    with client.websocket_connect("/orders/live?token=x") as socket:
        assert socket.receive_text() == "in"
