"""Which routers no application serves."""

from __future__ import annotations

import pytest
from linking import project_of

HEAD = """
import os
from elsewhere import install, thing
from fastapi import APIRouter, FastAPI
app = FastAPI()
router = APIRouter()
@router.get("/a")
def a(): ...
"""


@pytest.mark.parametrize(
    ("text", "unserved"),
    [
        ("", True),
        ("app.include_router(router)", False),
        ("if os.environ.get('A'): app.include_router(router)", False),
        ("other = APIRouter()\nother.include_router(router)\napp.include_router(other)", False),
        ("app.mount('/b', router)", False),
        ("install(router)", False),
        ("app.include_router(thing)", False),
        ("app.mount('/b', thing)", False),
        ("def add(app, router): app.include_router(router)", False),
        ("def add(app, router): app.include_router(router)\nadd(app, router)", False),
        ("third = APIRouter()\ndef add(app, router): app.include_router(router)\nadd(app, third)", True),
    ],
)
def test_unserved_routers(text: str, unserved: bool) -> None:
    assert [router.site.location.line for router in project_of(HEAD + text).unserved_routers] == [6] * unserved


def test_of_routers_that_include_each_other_the_outermost() -> None:
    project = project_of(HEAD + "other = APIRouter()\nother.include_router(router)")
    assert [router.site.location.line for router in project.unserved_routers] == [9]
