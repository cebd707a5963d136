"""``router.routes`` read and changed by code, held against FastAPI where the installed release shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from linking import project_of
from route_oracle import assert_like_fastapi

HEAD = """
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
app = FastAPI()
@app.get("/workflows", tags=["w", "w"])
def workflows(): ...
@app.post("/workflows/{name:str}/run", status_code=202)
def run(name: str): ...
@app.delete("/internal", operation_id="keep")
def internal(): ...
@app.websocket("/ws")
async def ws(): ...
"""

CHANGES = {
    "operation ids": """
for route in app.routes:
    if isinstance(route, APIRoute) and not route.operation_id:
        route.operation_id = route.name
""",
    "attributes": """
for index, route in enumerate(app.router.routes):
    if isinstance(route, APIRoute):
        route.include_in_schema = "internal" not in route.path
        route.tags = sorted(set(route.tags))
        route.deprecated = getattr(route, "status_code", None) == 202
""",
    "twins": """
known = {(route.path, frozenset(route.methods)) for route in app.routes if isinstance(route, APIRoute)}
for route in list(app.routes):
    if not isinstance(route, APIRoute):
        continue
    twin = route.path.replace("workflows", "agents")
    if (twin, frozenset(route.methods)) in known:
        continue
    app.add_api_route(
        twin,
        route.endpoint,
        methods=list(route.methods),
        status_code=route.status_code,
        tags=route.tags,
        operation_id=route.operation_id or route.unique_id,
        dependencies=route.dependencies,
    )
    route.include_in_schema = False
""",
    "removal": """
for route in list(app.routes):
    if getattr(route, "path", "").startswith("/internal"):
        app.routes.remove(route)
""",
    "deletion by index": """
for index, route in reversed(list(enumerate(app.routes))):
    if isinstance(route, APIRoute) and route.methods == {"GET"}:
        del app.routes[index]
""",
    "a list in its place": """
app.router.routes = [route for route in app.router.routes if not getattr(route, "path", "").endswith("run")]
""",
    "routes of a router before it is included": """
router = APIRouter(prefix="/r")
@router.get("/a")
def a(): ...
@router.get("/b")
def b(): ...
router.routes = [route for route in router.routes if route.name != "b"]
for route in router.routes:
    route.tags = ["changed"]
app.include_router(router)
""",
    "a prefix that changes": """
router = APIRouter(prefix="/first")
@router.get("/a")
def a(): ...
router.prefix = "/second"
@router.get("/b")
def b(): ...
inner = APIRouter(prefix="/inner")
@inner.get("/c")
def c(): ...
router.include_router(inner)
app.include_router(router, prefix="/api")
""",
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_lists_are_those_of_fastapi(change: str, tmp_path: Path) -> None:
    project = assert_like_fastapi(HEAD + CHANGES[change], tmp_path)
    assert not any(route.conditional for route in project.routes)


INCLUDED = """
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
router = APIRouter()
@router.get("/old")
def old(): ...
app = FastAPI()
app.include_router(router, prefix="/v1")
for route in list(app.routes):
    if isinstance(route, APIRoute):
        app.add_api_route(route.path + "/again", route.endpoint)
        app.routes.remove(route)
"""


@pytest.mark.parametrize(
    ("version", "paths"),
    [
        ((0, 136, 3), ["/v1/old/again"]),  # run with 0.136.3
        ((0, 137, 0), ["/v1/old"]),
    ],
)
def test_included_routes_are_in_the_list_of_a_release_that_copies(version: tuple[int, ...], paths: list[str]) -> None:
    assert [route.path for route in project_of(INCLUDED, fastapi=version).routes] == paths


def test_included_routes_of_the_installed_release(tmp_path: Path) -> None:
    assert_like_fastapi(INCLUDED, tmp_path)


def test_what_is_taken_out_under_a_condition_is_conditional() -> None:
    source = """
if __debug__ and unknown():
    app.router.routes = [route for route in app.router.routes if route.path != "/internal"]
"""
    routes = {route.path: route.conditional for route in project_of(HEAD + source).routes}
    assert routes == {"/workflows": False, "/workflows/{name:str}/run": False, "/internal": True, "/ws": False}
