"""Which optional credentials nobody tests for None."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.optional_credentials import unchecked_credentials

HEAD = """
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPBearer
optional = HTTPBearer(auto_error=False)
app = FastAPI()
def refuse():
    raise HTTPException(status_code=401)
"""


def found(source: str) -> list[tuple[str, str | None]]:
    project = project_of(HEAD + source)
    return [
        (unchecked.name, unchecked.function.name if unchecked.function is not None else None)
        for route in project.routes
        for unchecked in unchecked_credentials(route, project)
    ]


@pytest.mark.parametrize(
    ("body", "is_found"),
    [
        ("return c.credentials", True),
        ("return c['x']", True),
        ("if c.scheme: return c.credentials", True),
        ("if c: return c.credentials", False),
        ("return c and c.credentials", False),
        ("print(c)\n    return c.credentials", False),
        ("try: return c.credentials\n    except AttributeError: return ''", False),
        ("try: return c.credentials\n    finally: print(1)", True),
    ],
)
def test_credentials_that_are_read(body: str, is_found: bool) -> None:
    user = f"def user(c=Depends(optional)):\n    {body}\n"
    route = '@app.get("/")\ndef read(user=Depends(user)): ...\n'
    assert found(user + route) == ([("c", "user")] if is_found else [])
    guarded = '@app.get("/", dependencies=[Depends(refuse)])\ndef read(user=Depends(user)): ...\n'
    assert found(user + guarded) == []
    assert found(f'@app.get("/")\ndef read(c=Depends(optional)):\n    {body}\n') == (
        [("c", "read")] if is_found else []
    )


@pytest.mark.parametrize(
    ("declaration", "body", "is_found"),
    [
        ("dependencies=[Depends(optional)]", "def read(): ...", True),
        ("dependencies=[Depends(optional), Depends(refuse)]", "def read(): ...", True),
        ("dependencies=[Depends(optional)]", "def read(c=Depends(optional)): return c", False),
        ("dependencies=[Depends(HTTPBearer())]", "def read(): ...", False),
        ("", "def read(c=Depends(optional)): ...", True),
        ("", "def read(c=Depends(optional)): return c", False),
    ],
)
def test_credentials_that_nobody_looks_at(declaration: str, body: str, is_found: bool) -> None:
    assert found(f'@app.post("/", {declaration})\n{body}\n') == ([("", None)] if is_found else [])
