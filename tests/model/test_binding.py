"""Which names of a path its route takes, and which of those that it needs the path gives."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.binding import ungiven_parameters, untaken_names

HEAD = """
import os
from fastapi import APIRouter, Depends, FastAPI, Path, Request, WebSocket
from fastapi.security import OAuth2PasswordBearer
from elsewhere import thing
app = FastAPI()
def team(team_id: int): ...
def marked(team_id: int = Path()): ...
def reads_state(request: Request): return request.state.db, request.headers.get("x")
def passes_on(request: Request): return thing(request)
bearer = OAuth2PasswordBearer(tokenUrl="t")
class Own(OAuth2PasswordBearer):
    async def __call__(self, request: Request): return await super().__call__(request)
def asks(request: Request): return request.path_params
"""


@pytest.mark.parametrize(
    ("path", "parameters", "names"),
    [
        ("/{a}/{b}", "", ("a", "b")),
        ("/{b}/{a:path}", "", ("b", "a")),
        ("/{a}/{b}", "b", ("a",)),
        ("/{a}", "x=Path(alias='a')", ()),
        ("/{team_id}", "x=Depends(team)", ()),
        ("/{team_id}/{a}", "x=Depends(team)", ("a",)),
        ("/{a}", "x=Depends(thing)", ()),
        ("/{a}", "x=Depends(asks)", ()),
        ("/{a}", "x=Depends(reads_state)", ("a",)),
        ("/{a}", "x=Depends(passes_on)", ()),
        ("/{a}", "x=Depends(bearer)", ("a",)),
        ("/{a}", "x=Depends(Own(tokenUrl='t'))", ("a",)),
        ("/{a}", "request: Request", ("a",)),
        ("/{team_id}", "x=Depends(team if os.environ.get('A') else asks)", ()),
        ("/{a}", "x=Path(alias=thing)", ()),
    ],
)
def test_untaken_names(path: str, parameters: str, names: tuple[str, ...]) -> None:
    (route,) = project_of(f"{HEAD}\n@app.get('{path}')\ndef a({parameters}): ...").routes
    assert untaken_names(route) == names


@pytest.mark.parametrize(
    ("path", "parameters", "ungiven"),
    [
        ("/a", "x=Depends(marked)", [("marked", "team_id")]),
        ("/{team_id}", "x=Depends(marked)", []),
        ("/a", "x=Depends(team)", []),
        ("/a", "x: int = Path()", [("a", "x")]),
        ("/a", "x: int = Path(alias='y')", [("a", "y")]),
        ("/a", "x: int = Path(alias=thing)", []),
        ("/a", "x=Depends(marked if os.environ.get('A') else team)", []),
    ],
)
def test_ungiven_parameters(path: str, parameters: str, ungiven: list[tuple[str, str]]) -> None:
    (route,) = project_of(f"{HEAD}\n@app.get('{path}')\ndef a({parameters}): ...").routes
    found = [
        (dependant.qualified_name.rpartition(".")[2], own.wire_name) for dependant, own in ungiven_parameters(route)
    ]
    assert found == ungiven


def test_the_path_of_a_mount_gives_and_wants_nothing() -> None:
    project = project_of(
        HEAD + "inner = FastAPI()\n@inner.get('/a')\ndef a(x=Depends(marked)): ...\napp.mount('/{team_id}/{b}', inner)"
    )
    (route,) = project.routes
    assert untaken_names(route) == ()
    assert list(ungiven_parameters(route)) == []


def test_a_prefix_may_be_for_a_middleware_of_the_project() -> None:
    routes = "router = APIRouter(prefix='/{a}')\n@router.get('/{b}')\ndef b(): ...\napp.include_router(router)\n"
    own = "@app.middleware('http')\nasync def look(request, call_next): ...\n"
    other = "from fastapi.middleware.gzip import GZipMiddleware\napp.add_middleware(GZipMiddleware)\n"
    assert untaken_names(project_of(HEAD + routes).routes[0]) == ("a", "b")
    assert untaken_names(project_of(HEAD + routes + other).routes[0]) == ("a", "b")
    assert untaken_names(project_of(HEAD + routes + own).routes[0]) == ("b",)
