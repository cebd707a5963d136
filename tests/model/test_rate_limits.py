"""Which routes limit how often clients ask, and what may be guessed by asking often."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.security.rate_limits import RateLimits, guessing

HEAD = """
from fastapi import Depends, FastAPI, Form, HTTPException, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer, OAuth2PasswordRequestForm
from fastapi_limiter.depends import RateLimiter
from pydantic import BaseModel
from slowapi import Limiter
from slowapi.middleware import SlowAPIMiddleware
from starlette.middleware.gzip import GZipMiddleware
app = FastAPI()
limiter = Limiter()
class Login(BaseModel):
    password: str
class Email(BaseModel):
    email: str
def count():
    raise HTTPException(429)
def throttle(times):
    def inner(): ...
    return inner
"""


@pytest.mark.parametrize(
    ("route", "by"),
    [
        ("@app.get('/')\n@limiter.limit('1/minute')\ndef f(request: Request): ...", "slowapi"),
        ("@app.get('/', dependencies=[Depends(RateLimiter(times=1))])\ndef f(): ...", "fastapi_limiter"),
        ("@app.get('/')\ndef f(x=Depends(count)): ...", "the dependency count"),
        ("@app.get('/')\ndef f(x=Depends(throttle(5))): ...", "the dependency throttle"),
        ("@app.get('/')\ndef f():\n    raise HTTPException(429)", ""),
        ("@app.get('/')\ndef f(x=Depends(HTTPBearer())): ...", ""),
    ],
)
def test_what_limits_a_route(route: str, by: str) -> None:
    example = RateLimits(project_of(HEAD + route)).example
    assert (example.by if example is not None else "") == by


@pytest.mark.parametrize(
    ("middleware", "are_unknown"),
    [
        ("app.add_middleware(SlowAPIMiddleware)", True),
        ("app.add_middleware(anything)", True),
        ("@app.middleware('http')\nasync def x(request, call_next):\n    return JSONResponse({}, 429)", True),
        ("@app.middleware('http')\nasync def x(request, call_next):\n    return await call_next(request)", False),
        ("app.add_middleware(GZipMiddleware)", False),
        ("", False),
    ],
)
def test_middlewares_that_may_limit(middleware: str, are_unknown: bool) -> None:
    assert RateLimits(project_of(HEAD + middleware)).are_unknown is are_unknown


@pytest.mark.parametrize(
    ("path", "parameters", "what"),
    [
        ("/login", "data: Login", "takes a password"),
        ("/login", "form: OAuth2PasswordRequestForm = Depends()", "takes a password"),
        ("/register", "name: str, password: str = Form()", "takes a password"),
        ("/users", "data: Login", "takes a password"),
        ("/forgot-password", "data: Email", "is there for forgotten passwords"),
        ("/magic-link", "data: Email", "sends or takes a magic link"),
        ("/login", "code: str", ""),
        ("/logout", "", ""),
        ("/mailboxes", "data: Login", ""),
        ("/login", "data: Login, x=Depends(HTTPBearer())", ""),
    ],
)
def test_what_may_be_guessed(path: str, parameters: str, what: str) -> None:
    project = project_of(f"{HEAD}@app.post({path!r})\ndef f({parameters}): ...")
    assert guessing(route_of(project, f"POST {path}"), project) == what
