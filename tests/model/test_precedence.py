"""Which routes of an application others come before: held against the answers of the running application."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from linking import project_of, route_of

from fastapi_lint.model.routing.precedence import parting
from fastapi_lint.model.routing.routes import Route

SOURCE = """
from fastapi import APIRouter, FastAPI
app, inner = FastAPI(), FastAPI(docs_url=None)
router, nested, other = APIRouter(prefix="/r"), APIRouter(), APIRouter()

@app.get("/users/{id}")
def user(id): return "user"
@app.get("/users/me")
def me(): return "me"
@app.post("/users/me")
def post_me(): return "post_me"
@app.get("/users/{name}")
def named(name): return "named"
@app.get("/files/{path:path}")
def file(path): return "file"
@app.get("/files/{name}/old")
def old_file(name): return "old_file"
@app.get("/n/{n:int}")
def number(n): return "number"
@app.get("/n/last")
def last(): return "last"
@app.get("/redoc")
def redoc(): return "redoc"

@nested.get("/{a}/{b}")
def pair(a, b): return "pair"
@router.get("/x/y")
def x_y(): return "x_y"
router.include_router(nested)
@router.get("/x/z")
def x_z(): return "x_z"
@other.get("/r/p/q")
def p_q(): return "p_q"
app.include_router(router)
app.include_router(other)

@inner.get("/{any}")
def any_inner(any): return "any_inner"
@inner.get("/one")
def one(): return "one"
@inner.get("/docs")
def docs(): return "docs"
app.mount("/inner", inner)
@app.get("/inner/two")
def two(): return "two"
@app.get("/outer")
def outer(): return "outer"
"""
PATHS = {"{id}": "1", "{name}": "1", "{path:path}": "1/2", "{n:int}": "1", "{a}/{b}": "1/2", "{any}": "1"}


def _asked(route: Route) -> str:
    path = route.path
    for parameter, text in PATHS.items():
        path = path.replace(parameter, text)
    return path


def test_routes_that_nothing_reaches_do_not_answer() -> None:
    project = project_of(SOURCE)
    app = next(app for app in project.apps if not app.mounted)
    precedence = project.precedence(app)
    namespace: dict[str, FastAPI] = {}
    exec(SOURCE, namespace)
    client = TestClient(namespace["app"])
    silent = set()
    for route in app.routes:
        answer = client.request(route.methods[0], _asked(route))
        if answer.text != f'"{route.endpoint_name}"':
            silent.add(route.endpoint_name)
    assert {route.endpoint_name for route in app.routes if precedence.shadowing(route)} == silent
    assert silent == {"me", "named", "old_file", "redoc", "x_z", "p_q", "one", "docs", "two"}


def test_what_answers() -> None:
    project = project_of(SOURCE)
    precedence = project.precedence(project.apps[0])
    assert [answer.label for answer in precedence.shadowing(route_of(project, "GET /users/me"))] == ["GET /users/{id}"]
    assert precedence.shadowing(route_of(project, "GET /redoc"))[0].what == "the documentation at /redoc"
    assert precedence.shadowing(route_of(project, "GET /inner/two"))[0].what == "the mount at /inner"
    assert precedence.duplicated(route_of(project, "GET /users/me")) == {}
    same = precedence.duplicated(route_of(project, "GET /users/{name}"))
    assert {method: route.endpoint_name for method, route in same.items()} == {"GET": "user"}


@pytest.mark.parametrize(
    ("options", "shadowed"),
    [
        ("", True),
        ("docs_url=None", False),
        ("openapi_url=None", False),
        ("docs_url='/help'", False),
        ("**options()", False),
        ("docs_url=os.environ['DOCS']", False),
    ],
)
def test_documentation(options: str, shadowed: bool) -> None:
    project = project_of(f"""
        import os
        from fastapi import FastAPI
        from elsewhere import options
        app = FastAPI({options})
        @app.get("/docs")
        def docs(): ...
        """)
    assert bool(project.precedence(project.apps[0]).shadowing(project.routes[0])) is shadowed


def test_where_routes_part() -> None:
    project = project_of("""
        from fastapi import APIRouter, FastAPI
        app = FastAPI()
        router = APIRouter()
        @router.get("/a")
        def a(): ...
        app.include_router(router)
        app.include_router(router)
        """)
    first, second = project.routes
    assert [location.line for location in parting(second, first)] == [8, 7]
    assert [location.line for location in parting(second, second)] == [8, 8]
