"""Which names of a path its route takes, and which of those that it needs the path gives."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.binding import ungiven_parameters, untaken_names

HEAD = """
import os
from fastapi import APIRouter, Depends, FastAPI, Path, Request, WebSocket
from elsewhere import thing
app = FastAPI()
def team(team_id: int): ...
def marked(team_id: int = Path()): ...
def asks(request: Request): ...
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
        ("/{a}", "request: Request", ()),
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
