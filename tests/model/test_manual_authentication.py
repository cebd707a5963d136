"""Endpoints that authenticate by hand: what is said of them, and the way from the credentials to their judgement."""

from __future__ import annotations

from fastapi_lint.facts.extract import extract
from fastapi_lint.model.project import link
from fastapi_lint.model.security.manual_authentication import ManualAuthentication
from fastapi_lint.model.settings import ModelSettings
from fastapi_lint.text.source import Source

HEAD = """
import jwt
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer

app = FastAPI()
scheme = OAuth2PasswordBearer(tokenUrl="login")

def check(request: Request):
    token = request.headers["Authorization"]
    return decoded(token)

def decoded(token):
    return jwt.decode(token, "", algorithms=["HS256"])

def log(request: Request):
    print(request.headers["Authorization"])

def user(token: str = Depends(scheme)):
    return decoded(token)
"""


def found(endpoint: str) -> ManualAuthentication | None:
    facts = extract(Source.from_bytes((HEAD + endpoint).encode(), "main.py"))
    project = link({"main.py": facts}, ModelSettings())
    (route,) = project.routes
    return project.manual_authentication(route)


def test_the_way_through_helpers() -> None:
    result = found("@app.get('/')\ndef read(request: Request):\n    return check(request)\n")
    assert result is not None
    assert result.what == "calls check, which reads the Authorization header"
    assert [step.message for step in result.evidence] == [
        "calls check",
        "reads the Authorization header",
        "calls decoded",
        "decodes a token",
    ]


def test_a_helper_that_does_not_judge() -> None:
    endpoint = "@app.get('/')\ndef read(request: Request):\n    log(request)\n    raise HTTPException(403)\n"
    assert found(endpoint) is None


def test_a_rejection_judges() -> None:
    endpoint = "@app.get('/')\ndef read(request: Request):\n    if not request.headers.get('authorization'):\n"
    result = found(endpoint + "        raise HTTPException(401)\n")
    assert result is not None and result.what == "reads the Authorization header"
    assert "401" in result.evidence[-1].message


def test_a_scheme_with_a_user_beside_it() -> None:
    alone = "@app.get('/')\ndef read(token: str = Depends(scheme)):\n    return decoded(token)\n"
    beside = "@app.get('/')\ndef read(token: str = Depends(scheme), who=Depends(user)):\n    return decoded(token)\n"
    assert found(alone) is not None
    assert found(beside) is None


def test_endpoints_whose_job_is_tokens() -> None:
    assert found("@app.post('/logout')\ndef leave(request: Request):\n    return check(request)\n") is None
    assert found("@app.post('/x')\ndef refresh(request: Request):\n    return check(request)\n") is None
