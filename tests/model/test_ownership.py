"""Current users that nobody looks at."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.ownership import unused_user

PROJECT = """
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBearer
app = FastAPI()
def current(token=Depends(HTTPBearer())):
    if not token: raise HTTPException(401)
    return token
def drops(number, user, *others): return number
def reads(number, user): return user
@app.get("/items/{item}")
def endpoint(item: int, user=Depends(current)):
"""


@pytest.mark.parametrize(
    ("body", "is_unused"),
    [
        ("return item", True),
        ("return drops(item, user)", True),
        ("return drops(number=item, user=user)", True),
        ("return drops(1, 2, item, user)", False),
        ("return drops(item, *user)", False),
        ("return reads(item, user)", False),
        ("return unknown(item, user)", False),
        ("return drops(item, user.id)", False),
        ("return lambda: (item, user)", False),
        ("return 1", False),
        ("if item: raise HTTPException(403)", False),
    ],
)
def test_a_user_is_unused_where_nothing_reads_it(body: str, is_unused: bool) -> None:
    project = project_of(f"{PROJECT}    {body}\n")
    found = unused_user(project.routes[0], project)
    assert (found is not None and found.name == "user") is is_unused
