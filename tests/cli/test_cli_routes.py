"""``fastapi-lint routes``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fastapi_lint.cli.main import cli

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"
OPEN_ENDED = """\
import os

from fastapi import APIRouter, Depends, FastAPI

from elsewhere import build_router, settings

app = FastAPI()
app.include_router(build_router())
router = APIRouter(prefix=os.environ["PREFIX"])


@router.get("/items")
def items() -> list[int]:
    return []


@app.get("/users", dependencies=settings.guards)
def users() -> list[int]:
    return []


@app.websocket("/live")
async def live(websocket): ...


app.include_router(router)
"""


def routes(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["routes", "--no-cache", *arguments], catch_exceptions=False)


def test_the_json_is_what_fastapi_builds() -> None:
    expected = json.loads((PROJECT / "expected-routes.json").read_text(encoding="utf-8"))
    found = json.loads(routes(str(PROJECT), "--format", "json").stdout)
    assert found.keys() == {"version", "routes"} and found["version"] == 1
    for route in found["routes"]:
        assert route.pop("conditional") is False
    assert found["routes"] == expected["routes"]


def test_the_table_is_aligned() -> None:
    lines = routes(str(PROJECT)).stdout.splitlines()
    assert lines[0] == "bookshop.main:app"
    columns = [lines[1].index(heading) for heading in ("METHOD", "PATH", "ENDPOINT", "STATUS", "RESPONSE", "AUTH")]
    assert columns == sorted(columns)
    line = next(line for line in lines if "orders:place_order" in line)
    assert line.split() == [
        "POST",
        "/api/v1/orders",
        "bookshop.routers.orders:place_order",
        "201",
        "OrderRead",
        "OAuth2PasswordBearer",
    ]
    assert next(line for line in lines if line.endswith("hidden")).startswith("GET     /health")


def test_a_path_limits_the_routes_to_what_is_registered_or_served_there(tmp_path: Path) -> None:
    found = json.loads(routes(str(PROJECT / "bookshop/routers/orders.py"), "--format", "json").stdout)
    assert [route["path"] for route in found["routes"]] == [
        "/api/v1/orders",
        "/api/v1/orders",
        "/api/v1/orders/{order_id}",
    ]


def test_what_is_not_known_is_listed(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(OPEN_ENDED)
    lines = routes(str(tmp_path), "--unresolved").stdout.splitlines()
    places = [int(line.split("main.py:")[1].split(":")[0]) for line in lines]
    assert places == sorted(places) and {8, 9, 17} <= set(places)


def test_a_project_without_routes(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("x = 1\n")
    assert routes(str(tmp_path)).stdout == "No routes.\n"
    assert json.loads(routes(str(tmp_path), "--format", "json").stdout)["routes"] == []
    assert routes(str(tmp_path), "--unresolved").stdout == ""


def test_websockets_have_neither_status_nor_response(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(OPEN_ENDED)
    line = next(line for line in routes(str(tmp_path)).stdout.splitlines() if line.startswith("WEBSOCKET"))
    assert line.split() == ["WEBSOCKET", "/live", "main:live", "-"]


def test_the_time_spent_is_shown_on_demand(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "bookshop")
    result = routes(str(tmp_path / "bookshop"), "--timing")
    assert "16 files" not in result.stdout and "files" in result.stderr and "link" in result.stderr


@pytest.mark.parametrize("option", ["--format", "--output-format"])
def test_an_unknown_format(option: str) -> None:
    assert routes(str(PROJECT), option, "xml").exit_code == 2
