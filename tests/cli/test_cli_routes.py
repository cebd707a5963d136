"""``fastapi-lint routes``."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
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
    guards = {f"{(route['methods'] or ['WS'])[0]} {route['path']}": route.pop("guards") for route in found["routes"]}
    assert guards["POST /api/v1/books"] == ["require_staff", "get_current_user", "OAuth2PasswordBearer"]
    assert guards["GET /api/v1/books"] == []
    for route in found["routes"]:
        assert route.pop("conditional") is False
        assert route.pop("authentication") == ("required" if route["security"] else "none")
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
        "get_current_user",
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
    result = routes(str(tmp_path), "--unresolved")
    assert [line.split("main.py:")[1] for line in result.stdout.splitlines()] == [
        "8:1: included router: elsewhere.build_router(…) is outside the project; its routes are not listed",
        "9:10: prefix of the router: an environment variable; the routes below it are not listed",
        "17:2: dependencies of the route: elsewhere.settings.guards is outside the project; "
        "what it takes and does is not known",
    ]
    assert result.stderr == "3 unresolved.\n"


def test_what_is_not_known_as_json(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(OPEN_ENDED)
    result = routes(str(tmp_path), "--unresolved", "--format", "json")
    first, *others = json.loads(result.stdout)["unresolved"]
    assert first == {
        "what": "included router",
        "reason": "elsewhere.build_router(…) is outside the project",
        "effect": "its routes are not listed",
        "path": (tmp_path / "main.py").as_posix(),
        "start": {"line": 8, "column": 1},
        "end": {"line": 8, "column": 35},
        "others": [],
    }
    assert len(others) == 2 and result.stderr == ""


def test_what_stands_in_many_places_is_said_once(tmp_path: Path) -> None:
    endpoints = [f"@app.get('/{number}')\ndef f{number}(x=Depends(thing)): ...\n" for number in range(3)]
    head = "from elsewhere import thing\nfrom fastapi import Depends, FastAPI\napp = FastAPI()\n"
    (tmp_path / "main.py").write_text(head + "".join(endpoints))
    (line,) = routes(str(tmp_path), "--unresolved").stdout.splitlines()
    assert line.endswith(
        "dependency elsewhere.thing: it is outside the project; what it takes and does is not known (and elsewhere: 2)"
    )
    (item,) = json.loads(routes(str(tmp_path), "--unresolved", "--format", "json").stdout)["unresolved"]
    assert [other["start"]["line"] for other in item["others"]] == [7, 9]


def test_what_is_not_known_is_limited_to_paths(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(OPEN_ENDED)
    (tmp_path / "other.py").write_text("x = 1\n")
    result = routes(str(tmp_path / "other.py"), "--unresolved")
    assert (result.stdout, result.stderr) == ("", "Everything is resolved.\n")


@pytest.mark.parametrize("option", ["--method", "--path", "--auth", "--tag", "--app"])
def test_filters_are_about_routes(option: str) -> None:
    assert routes(str(PROJECT), "--unresolved", option, "x").exit_code == 2
    assert routes(str(PROJECT), "--unresolved", "--format", "markdown").exit_code == 2


def test_a_project_without_routes(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("x = 1\n")
    result = routes(str(tmp_path))
    assert (result.stdout, result.stderr) == ("", "No routes.\n")
    assert json.loads(routes(str(tmp_path), "--format", "json").stdout)["routes"] == []
    assert routes(str(tmp_path), "--unresolved").stdout == ""


def test_a_summary_goes_to_the_error_stream(tmp_path: Path) -> None:
    assert routes(str(PROJECT)).stderr == "13 routes, 6 without authentication.\n"
    assert routes(str(PROJECT), "--format", "json").stderr == ""
    (tmp_path / "main.py").write_text(OPEN_ENDED + "if os.getpid():\n    app.get('/late')(users)\n")
    assert routes(str(tmp_path)).stderr == (
        "3 routes, 2 without authentication, 1 where it is not known, 1 conditional, 3 unresolved: see --unresolved.\n"
    )


def paths_of(*arguments: str) -> list[str]:
    found = json.loads(routes(str(PROJECT), "--format", "json", *arguments).stdout)["routes"]
    return [f"{','.join(route['methods'])} {route['path'].removeprefix('/api/v1')}" for route in found]


@pytest.mark.parametrize(
    ("filters", "shown"),
    [
        ("--method put", ["PUT /books/{book_id}"]),
        (
            "--method PUT --method delete",
            ["PUT /books/{book_id}", "DELETE /books/{book_id}", "DELETE /orders/{order_id}"],
        ),
        ("--path /api/*/books/*", ["GET /books/{book_id}", "PUT /books/{book_id}", "DELETE /books/{book_id}"]),
        ("--path /**/stock --path /health/", ["GET /books/{book_id}/stock", "GET /health"]),
        ("--path /api/v1/orders/{order_id:int}", ["DELETE /orders/{order_id}"]),
        ("--path **/books/** --auth required", ["DELETE /books/{book_id}"]),
        ("--auth require_staff --method GET", ["GET /reports/orders-per-user"]),
        ("--auth OAuth2PasswordBearer --method GET", ["GET /orders", "GET /reports/orders-per-user"]),
        ("--auth none --method POST --method PUT", ["POST /auth/token", "PUT /books/{book_id}"]),
        ("--auth unknown", []),
        ("--tag orders --method GET", ["GET /orders"]),
        ("--app bookshop.main:app --method PUT", ["PUT /books/{book_id}"]),
        ("--app bookshop.main --method PUT", ["PUT /books/{book_id}"]),
        ("--app app --method PUT", ["PUT /books/{book_id}"]),
        ("--app pp --method PUT", []),
    ],
)
def test_filters(filters: str, shown: list[str]) -> None:
    assert paths_of(*filters.split()) == shown


def test_every_format_is_filtered() -> None:
    for output_format in ("table", "markdown"):
        result = routes(str(PROJECT), "--format", output_format, "--tag", "orders")
        assert result.stdout.count("orders:") == 3 and "book_id" not in result.stdout
        assert result.stderr == "3 of 13 routes.\n"


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("--method PST", "no route matches --method PST. Did you mean `POST`?"),
        ("--path /helth", "no route matches --path /helth. Did you mean `/health`?"),
        ("--auth require_stuff", "no route matches --auth require_stuff. Did you mean `require_staff`?"),
        ("--auth optional", "no route matches --auth optional."),
        ("--tag order", "no route matches --tag order. Did you mean `orders`?"),
        ("--app bookshop.mai:app", "no route matches --app bookshop.mai:app. Did you mean `bookshop.main:app`?"),
        ("--method PUT --tag orders", "no route matches all filters together."),
    ],
)
@pytest.mark.parametrize("output_format", ["table", "json", "markdown"])
def test_filters_that_match_nothing_say_so(filters: str, said: str, output_format: str) -> None:
    result = routes(str(PROJECT), "--format", output_format, *filters.split())
    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == f"warning: {said}"


def test_filters_that_match_say_nothing() -> None:
    assert routes(str(PROJECT), "--method", "PUT").stderr == "1 of 13 routes, 1 without authentication.\n"


MOUNTED = """\
from fastapi import FastAPI

inner = FastAPI()
app = FastAPI()
app.mount("/inner", inner)


@inner.get("/x")
def x() -> list[int]:
    return []
"""


def test_mounted_applications_and_those_of_tests_are_listed_when_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(MOUNTED)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_main.py").write_text(MOUNTED.replace("/x", "/t"))
    assert "/t" not in routes(str(tmp_path)).stdout
    assert [line.split()[1] for line in routes(str(tmp_path), "--app", "main:inner").stdout.splitlines()[2:]] == ["/x"]
    assert "/inner/t" in routes(str(tmp_path), "--app", "test_main:app").stdout
    assert "/inner/t" in routes(str(tmp_path / "tests")).stdout
    assert len(json.loads(routes(str(tmp_path), "--format", "json").stdout)["routes"]) == 4


def on_a_terminal(columns: int | None, *arguments: str) -> str:
    """What the command writes to a terminal that is so wide, or has a variable that says so."""
    reader, writer = pty.openpty()
    size = struct.pack("HHHH", 24, columns or 200, 0, 0)
    fcntl.ioctl(writer, termios.TIOCSWINSZ, size)
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    with subprocess.Popen(
        [sys.executable, "-m", "fastapi_lint", *arguments],
        stdout=writer,
        stderr=subprocess.DEVNULL,
        env={**environment, "PYTHONIOENCODING": "utf-8", **({"COLUMNS": str(columns)} if columns else {})},
    ):
        os.close(writer)
        output = b""
        with contextlib.suppress(OSError):  # the other end is closed
            while part := os.read(reader, 4096):
                output += part
    os.close(reader)
    return output.decode().replace("\r\n", "\n")


def test_on_a_terminal_the_table_fits() -> None:
    everything = routes(str(PROJECT)).stdout
    assert max(map(len, everything.splitlines())) > 120
    for columns in (60, 100):
        shown = on_a_terminal(columns, "routes", "--no-cache", str(PROJECT))
        assert max(map(len, shown.splitlines())) <= columns
        assert len(shown.splitlines()) == len(everything.splitlines())
    assert "…orders:place_order" in shown
    assert on_a_terminal(None, "routes", "--no-cache", str(PROJECT)) == everything


PAGE = """\
# Routes

## `main:app`

| Method | Path | Endpoint | Status | Response | Guards | Notes |
|---|---|---|---|---|---|---|
| `GET` | `/a` | `main:a` | 200 | `int \\| None` | none | deprecated, hidden |
| `GET` | `/b/{x}` | `main:b` | 201 |  | HTTPBearer |  |
| `WEBSOCKET` | `/b/{x}` | `main:live` |  |  | none |  |

## `main:other`

| Method | Path | Endpoint | Status | Response | Guards | Notes |
|---|---|---|---|---|---|---|
| `POST` | `/c` | `main:c` | 200 |  | not known | conditional |

Made by `fastapi-lint routes {folder} --format markdown`.
"""


def test_a_page_in_markdown_is_made_to_be_committed(tmp_path: Path) -> None:
    source = """\
import os
from elsewhere import check
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
other, app = FastAPI(), FastAPI()
@app.websocket("/b/{x}")
async def live(socket): ...
@app.get("/b/{x}", status_code=201, dependencies=[Depends(HTTPBearer())])
def b(x: str): ...
@app.get("/a", deprecated=True, include_in_schema=False)
def a() -> int | None: ...
if os.getpid():
    @other.post("/c", dependencies=[Depends(check)])
    def c(): ...
"""
    (tmp_path / "main.py").write_text(source)
    page = routes(str(tmp_path), "--format", "markdown").stdout
    assert page == PAGE.replace("{folder}", str(tmp_path))
    (tmp_path / "main.py").write_text("# a comment that moves all lines\n" + source)
    assert routes(str(tmp_path), "--format", "markdown").stdout == page
    filtered = routes(str(tmp_path), "--format", "markdown", "--path", "/a*", "--tag", "it's")
    assert filtered.stdout.endswith(f"""
There are none.

Made by `fastapi-lint routes {tmp_path} --format markdown --path '/a*' --tag 'it'"'"'s'`.
""")


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


def test_files_that_cannot_be_read_are_not_known(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("from fastapi import FastAPI\napp = FastAPI()\n@app.get('/a'\ndef a(): ...\n")
    result = routes(str(tmp_path), "--unresolved")
    assert ":3:" in result.stdout and ": file: " in result.stdout and "; what it declares is not seen" in result.stdout
    assert routes(str(tmp_path)).stderr == "0 routes, 1 unresolved: see --unresolved.\n"


def test_a_model_that_cannot_be_built_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", broken)
    result = routes(str(PROJECT))
    assert result.exit_code == 2 and "ZeroDivisionError: oh" in result.stderr and result.stdout == ""
