"""``fastapi-lint deps``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fastapi_lint.cli.main import cli

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"
LEVELS = """\
import os
from typing import Annotated

from elsewhere import thing
from fastapi import APIRouter, Depends, FastAPI, Request, Security
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel

scheme = OAuth2PasswordBearer(tokenUrl="token")


class Order(BaseModel):
    book_id: int


def session():
    yield 1


def fresh(x_token: str): ...


def user(request: Request, token: Annotated[str, Security(scheme, scopes=["read"])], db=Depends(session)): ...


def strict(): ...


class Pages:
    def __init__(self, limit: int = 10, offset: int = 0): ...


router = APIRouter(dependencies=[Depends(user)])


@router.post("/{order_id}", dependencies=[Depends(thing)])
def place(
    order_id: int,
    order: Order,
    pages: Annotated[Pages, Depends()],
    a=Depends(fresh, use_cache=False),
    b=Depends(fresh, use_cache=False),
    c=Depends(user if os.getpid() else strict),
    db=Depends(session, scope="function"),
): ...


extra = [Depends(strict)] if os.getpid() else []
app = FastAPI(dependencies=extra)
app.include_router(router, prefix="/orders", dependencies=[Depends(session)])
"""
TREE = """\
POST /orders/{order_id} (main:app)
place                                        main.py:37  endpoint
│  path: order_id
│  body: order (Order)
├─ strict                                    main.py:26  application at main.py:49, under a condition
├─ session                                   main.py:16  include_router at main.py:50, yields
├─ user                                      main.py:23  router at main.py:33
│  │  injected: request
│  ├─ fastapi.security.OAuth2PasswordBearer  main.py:9   parameter token, security scheme, scopes read
│  └─ session                                main.py:16  parameter db, yields, cached
├─ elsewhere.thing                                       route at main.py:36, not known: it is outside the project
├─ Pages                                     main.py:29  parameter pages
│     query: limit?, offset?
├─ fresh                                     main.py:20  parameter a, called at each mention
│     query: x_token
├─ fresh                                     main.py:20  parameter b, called at each mention
│     query: x_token
├─ user                                      main.py:23  parameter c, by a condition
│  │  injected: request
│  ├─ fastapi.security.OAuth2PasswordBearer  main.py:9   parameter token, security scheme, scopes read, cached
│  └─ session                                main.py:16  parameter db, yields, cached
├─ or strict                                 main.py:26  parameter c
└─ session                                   main.py:16  parameter db, yields, scope function
"""


def deps(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["deps", "--no-cache", *arguments])


@pytest.fixture
def levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "main.py").write_text(LEVELS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tree_tells_where_each_part_is_declared(levels: Path) -> None:
    result = deps("place")
    assert result.stdout == TREE
    assert (result.stderr, result.exit_code) == ("", 0)


@pytest.mark.parametrize("route", ["POST /orders/{order_id}", "/orders/{order_id:int}/", "main:place", "main.place"])
def test_a_route_may_be_named_in_several_ways(levels: Path, route: str) -> None:
    assert deps(route).stdout == TREE
    assert deps(route, "main.py").stdout == TREE


def test_all_routes_that_are_meant_are_shown() -> None:
    result = deps("/api/v1/orders", str(PROJECT))
    headings = [line for line in result.stdout.splitlines() if line.endswith("(bookshop.main:app)")]
    assert headings == ["POST /api/v1/orders (bookshop.main:app)", "GET /api/v1/orders (bookshop.main:app)"]
    assert "\n\nGET" in result.stdout and result.stderr == "2 routes.\n"


@pytest.mark.parametrize(
    ("route", "said"),
    [
        ("PATCH /api/v1/orders", "Did you mean `POST /api/v1/orders` or `GET /api/v1/orders`?"),
        ("/api/v1/order", "Did you mean `/api/v1/orders`"),
        ("plac_order", "Did you mean `place_order`"),
        ("bookshop.routers.order:place_order", "Did you mean `bookshop.routers.orders:place_order`"),
        ("xyz", "no route matches `xyz`."),
    ],
)
def test_a_route_that_is_not_there(route: str, said: str) -> None:
    result = deps(route, str(PROJECT))
    assert result.exit_code == 2 and result.stdout == ""
    assert f"no route matches `{route}`." in result.stderr and said in result.stderr


def test_a_project_without_routes(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("x = 1\n")
    assert "no route matches `/x`: there are no routes." in deps("/x", str(tmp_path)).stderr


def test_json_holds_everything(levels: Path) -> None:
    document = json.loads(deps("place", "--format", "json").stdout)
    (route,) = document.pop("routes")
    assert document == {"version": 1}
    endpoint = route.pop("endpoint")
    assert route.pop("registered")["start"] == {"line": 36, "column": 2}
    assert route == {
        "app": "main:app",
        "kind": "api",
        "methods": ["POST"],
        "path": "/orders/{order_id}",
        "conditional": False,
    }
    assert endpoint["name"] == "main.place" and endpoint["level"] == "endpoint"
    assert endpoint["parameters"] == [
        {"name": "order_id", "in": "path", "type": "int", "required": True},
        {"name": "order", "in": "body", "type": "main.Order", "required": True},
    ]
    below = endpoint["dependencies"]
    assert [node["level"] for node in below[:5]] == ["app", "include", "router", "route", "parameter"]
    assert [node["conditional"] for node in below[:2]] == [True, False]
    session, user, thing = below[1:4]
    assert session["yields"] and session["declared_by"]["start"]["line"] == 50
    assert user["injected"] == ["request"] and user["declared"]["start"] == {"line": 33, "column": 34}
    token, db = user["dependencies"]
    assert (token["security_scheme"], token["scopes"], token["scopes_in_force"]) == (
        "OAuth2PasswordBearer",
        ["read"],
        ["read"],
    )
    assert token["parameter"] == "token" and db["cached"] and not session["cached"]
    assert thing["unknown"] == "it is outside the project" and thing["defined"] is None
    first, second = below[5:7]
    assert not first["use_cache"] and not second["cached"]
    assert [node["name"] for node in below[7]["alternatives"]] == ["main.strict"]
    assert below[8]["scope"] == "function"


def every_node(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(inner for below in node["dependencies"] for inner in every_node(below))]


def test_nothing_is_dropped_of_a_whole_project() -> None:
    """The tree has a line for each dependency of the document that is not below one whose result is cached."""
    document = json.loads(deps("/api/v1/books/{book_id}", "--format", "json", str(PROJECT)).stdout)
    tree = deps("/api/v1/books/{book_id}", str(PROJECT)).stdout
    assert len(document["routes"]) == 3
    for route in document["routes"]:
        for node in every_node(route["endpoint"]):
            assert node["name"].rpartition(".")[2] in tree


def test_long_lists_of_parameters_are_wrapped_on_a_terminal(levels: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ", ".join(f"parameter_{number}: int" for number in range(20))
    (levels / "main.py").write_text(
        f"from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef f({names}): ...\n"
    )
    assert max(map(len, deps("f").stdout.splitlines())) > 200
    monkeypatch.setattr("fastapi_lint.cli.deps.terminal_width", lambda: 60)
    lines = deps("f").stdout.splitlines()
    assert max(map(len, lines)) <= 60 and all(line.startswith("   ") for line in lines[2:])
    assert sum(line.count("parameter_") for line in lines) == 20
