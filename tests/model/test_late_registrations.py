"""What is registered on a router after FastAPI has copied it."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.routing.routers import RouteRegistration
from fastapi_lint.model.routing.routes import bare_name

HEAD = """
from fastapi import APIRouter, FastAPI
app = FastAPI()
router = APIRouter()
child = APIRouter()
def a(): ...
def b(): ...
"""
LATE = "app.include_router(router)\nrouter.add_api_route('/a', a)\n"


@pytest.mark.parametrize(
    ("source", "version", "names"),
    [
        (LATE, (0, 136), ["a"]),
        (LATE, (0, 137), []),
        (LATE + "app.include_router(router, prefix='/b')", (0, 136), []),
        ("router.add_api_route('/a', a)\napp.include_router(router)", (0, 136), []),
        (
            "app.include_router(router)\nchild.add_api_route('/a', a)\nrouter.include_router(child)",
            (0, 136),
            ["router"],
        ),
        ("router.include_router(child)\napp.include_router(router)\nchild.add_api_route('/a', a)", (0, 136), ["a"]),
        ("app.mount('/x', router)\nrouter.add_api_route('/a', a)", (0, 136), []),
        ("router.add_api_route('/a', a)", (0, 136), []),
    ],
)
def test_late_registrations(source: str, version: tuple[int, ...], names: list[str]) -> None:
    project = project_of(HEAD + source, fastapi=version)
    found = [late for late, _ in project.late_registrations]
    assert [bare_name(late.endpoint) if isinstance(late, RouteRegistration) else "router" for late in found] == names
