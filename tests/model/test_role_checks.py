"""Which roles endpoints check by hand."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.security.role_checks import role_checks

HEAD = """
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer
app = FastAPI()
scheme = OAuth2PasswordBearer(tokenUrl="login")
ADMIN = "admin"
class User:
    id: int
    role: str
    is_admin: bool
def current_user(token: str = Depends(scheme)) -> User: ...
def page() -> int: ...
@app.get("/items/{item_id}")
def read(item_id: int, user: User = Depends(current_user), number: User = Depends(page)):
    """


def asked(body: str) -> list[str]:
    project = project_of(HEAD + body.replace("\n", "\n    ") + "\n")
    return [found.asked for found in role_checks(route_of(project, "GET /items/{item_id}"), project)]


FORBID = "raise HTTPException(status_code=403)"


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("not user.is_admin", ["user.is_admin"]),
        ("user.is_admin is False", ["user.is_admin"]),
        ("user.role != ADMIN", ["user.role"]),
        ("user.role not in (ADMIN, 'editor')", ["user.role"]),
        ("not (user.is_admin or user.role == ADMIN)", ["user.role"]),
        ("'admin' not in user.roles", ["user.roles"]),
        ("not has_role(user, 'admin')", ["has_role(user)"]),
        ("not user.has_permission('x')", ["user.has_permission"]),
        ("user['role'] != 'admin'", ["user.role"]),
        ("user.is_admin", []),
        ("user.role == ADMIN", []),
        ("not user.is_active", []),
        ("not user.is_admin and item_id != user.id", []),
        ("not user.is_admin or load(item_id)", []),
        ("not number.is_admin", []),
        ("not load(item_id).is_admin", []),
        ("not (await user.is_admin())", []),
    ],
)
def test_what_a_test_asks(test: str, found: list[str]) -> None:
    assert asked(f"if {test}:\n    {FORBID}") == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"if user.is_admin:\n    x()\nelse:\n    {FORBID}", ["user.is_admin"]),
        (f"may = user.is_admin\nif not may:\n    {FORBID}", ["user.is_admin"]),
        (f"try:\n    if not user.is_admin:\n        {FORBID}\nfinally:\n    x()", ["user.is_admin"]),
        (f"if item_id:\n    if not user.is_admin:\n        {FORBID}", []),
        (f"if item_id == user.id:\n    return 1\nif not user.is_admin:\n    {FORBID}", []),
        (f"for x in range(3):\n    if not user.is_admin:\n        {FORBID}", []),
        (FORBID, []),
        ("if not user.is_admin:\n    raise HTTPException(status_code=404)", []),
    ],
)
def test_where_a_test_stands(body: str, found: list[str]) -> None:
    assert asked(body) == found
