"""Dependencies that the routes of a router repeat."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.dependencies.repeated import repeated_dependencies

PROJECT = """
from fastapi import APIRouter, Depends, FastAPI
def check(): return 1
router = APIRouter()
@router.get("/a", dependencies=[Depends(check)])
def a(): ...
@router.get("/b", dependencies=[Depends(check)])
def b(): ...
"""


@pytest.mark.parametrize(
    ("third", "is_repeated"),
    [
        ('@router.get("/c", dependencies=[Depends(check)])\ndef c(): ...', True),
        ('@router.get("/c")\ndef c(value=Depends(check)): ...', True),
        ('@router.websocket("/c", dependencies=[Depends(check)])\nasync def c(socket): ...', True),
        ('@router.get("/c")\ndef c(value=Depends(check)): return value', False),
        ('@router.get("/c", dependencies=[Depends(check, use_cache=False)])\ndef c(): ...', True),
        ('@router.get("/c")\ndef c(value=Depends(check, use_cache=False)): ...', False),
        ('@router.get("/c")\ndef c(): ...', False),
        ("router.include_router(APIRouter(), dependencies=[Depends(check)])", False),
        ("import other\nrouter.include_router(other.router)", False),
        ("", False),
        ('@router.get("/c")\n@router.get("/d")\ndef c(): ...', False),
    ],
)
def test_what_all_routes_declare(third: str, is_repeated: bool) -> None:
    project = project_of(f"{PROJECT}{third}\napp = FastAPI()\napp.include_router(router)\n")
    found = [repeated.dependant.qualified_name for repeated in repeated_dependencies(project)]
    assert found == (["main.check"] if is_repeated else [])
