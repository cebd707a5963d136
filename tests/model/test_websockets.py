"""Which websockets nobody guards."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.security.websockets import guarded_sibling

HEAD = """
from elsewhere import hub, manager
from fastapi import Depends, FastAPI, WebSocket
from fastapi.security import HTTPBearer
app = FastAPI()
{routes}
async def relay(socket, room): ...
async def check_ticket(text): ...
@app.websocket("/ws")
async def follow(websocket: WebSocket, room: int):
    {body}
"""
GUARDED = '@app.get("/a", dependencies=[Depends(HTTPBearer())])\ndef a(): ...\n'
OPEN = '@app.get("/b")\ndef b(): ...\n@app.get("/c")\ndef c(): ...\n'


def sibling(body: str, routes: str = GUARDED) -> str | None:
    project = project_of(HEAD.format(body=body, routes=routes))
    found = guarded_sibling(route_of(project, "WEBSOCKET /ws"), project)
    return found.label if found is not None else None


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("await websocket.accept()", "GET /a"),
        ("await relay(websocket, room)", "GET /a"),
        ("manager.add(room)", "GET /a"),
        ("await manager.connect(websocket)", None),
        ("token = await websocket.receive_text()", None),
        ("await check_ticket(await websocket.receive_text())", None),
        ("data = await websocket.receive_json(); data['api_key']", None),
        ("websocket.headers['x-token']", None),
    ],
)
def test_what_runs_for_a_websocket(body: str, found: str | None) -> None:
    assert sibling(body) == found


def test_half_of_the_routes_beside_it_authenticate() -> None:
    assert sibling("...", GUARDED + OPEN) is None
    assert sibling("...", GUARDED + OPEN.partition('@app.get("/c")')[0]) == "GET /a"
    assert sibling("...", OPEN) is None
    assert sibling("...", "") is None
