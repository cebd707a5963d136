"""Routers of projects that have no application: other projects include them."""

from __future__ import annotations

from linking import project_of

ROUTER = """
from fastapi import APIRouter, Depends, Path
router = APIRouter(prefix="/items")
inner = APIRouter()
router.include_router(inner, prefix="/inner")
@router.post("")
def create(tenant: str = Path()): ...
@inner.delete("/{item_id}")
def delete(item_id: int): ...
"""


def test_routes_of_outermost_routers_are_known() -> None:
    project = project_of({"api.py": ROUTER})
    assert not project.apps
    assert [(route.label, route.app.name) for route in project.routes] == [
        ("DELETE /items/inner/{item_id}", "api:router"),
        ("POST /items", "api:router"),
    ]
    (unresolved,) = {(item.what, item.reason) for item in project.unresolved}
    assert unresolved == ("router", "no application of the project includes it")


def test_what_others_add_is_not_known() -> None:
    project = project_of({"api.py": ROUTER})
    for route in project.routes:
        assert project.authentication(route).required is None


def test_an_application_leaves_other_routers_unserved() -> None:
    project = project_of({"api.py": ROUTER, "main.py": "from fastapi import FastAPI\napp = FastAPI()\n"})
    assert not project.routes and not project.routers_alone
    assert [router.site.location.path for router in project.unserved_routers] == ["api.py"]


def test_applications_of_tests_serve_nobody() -> None:
    test = "from fastapi import FastAPI\nfrom api import router\napp = FastAPI()\napp.include_router(router)\n"
    project = project_of({"api.py": ROUTER, "tests/test_api.py": test})
    assert [app.router.site.module.path for app in project.test_apps] == ["tests/test_api.py"]


def test_functions_that_include_them_may_add_what_nobody_sees() -> None:
    assert not project_of({"api.py": ROUTER + "def add(app): app.include_router(router, prefix='/v1')\n"}).routes
