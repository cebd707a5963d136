"""Cookies without protections, connections that nobody checks, and errors without a challenge."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.challenges import missing_challenges
from fastapi_lint.model.security.cookies import bare_cookies, bare_sessions
from fastapi_lint.model.security.tls import unchecked_connections


@pytest.mark.parametrize(
    ("arguments", "lacks"),
    [
        ('"session", "x"', ("secure", "httponly")),
        ('"session", "x", secure=True', ("httponly",)),
        ('"session", "x", secure=False, httponly=True', ("secure",)),
        ('"session", "x", None, None, "/", None, True, True', ()),
        ('"session", "x", secure=given, httponly=given', ()),
        ('"session", "x", **given', ()),
        ('"session", ""', ()),
        ('"session", "x", max_age=0', ()),
        ('"theme", "x"', ()),
        ("given, 'x'", ()),
    ],
)
def test_protections_that_a_cookie_lacks(arguments: str, lacks: tuple[str, ...]) -> None:
    project = project_of(
        f"from fastapi import Response\ndef keep(response: Response, given):\n    response.set_cookie({arguments})\n"
    )
    found = list(bare_cookies(project.functions, project.bodies))
    assert [cookie.lacks for cookie in found] == ([lacks] if lacks else [])


@pytest.mark.parametrize(
    ("statement", "is_bare"),
    [
        ('app.add_middleware(SessionMiddleware, secret_key="x")', True),
        ('app.add_middleware(SessionMiddleware, secret_key="x", https_only=False)', True),
        ('app.add_middleware(SessionMiddleware, secret_key="x", https_only=True)', False),
        ('app.add_middleware(SessionMiddleware, secret_key="x", https_only=given)', False),
        ("app.add_middleware(SessionMiddleware, **given)", False),
        ('if given: app.add_middleware(SessionMiddleware, secret_key="x")', False),
        ("app.add_middleware(GZipMiddleware)", False),
    ],
)
def test_sessions_in_bare_cookies(statement: str, is_bare: bool) -> None:
    project = project_of(
        "from fastapi import FastAPI\nfrom starlette.middleware.gzip import GZipMiddleware\n"
        "from starlette.middleware.sessions import SessionMiddleware\nfrom settings import given\n"
        f"app = FastAPI()\n{statement}\n"
    )
    assert bool(list(bare_sessions(project.apps[0]))) is is_bare


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("requests.get('https://x', verify=False)", "requests.get(verify=False)"),
        ("httpx.AsyncClient(verify=False)", "httpx.AsyncClient(verify=False)"),
        ("aiohttp.TCPConnector(ssl=False)", "aiohttp.TCPConnector(ssl=False)"),
        ("ssl._create_unverified_context()", "ssl._create_unverified_context"),
        ("ssl.create_default_context().verify_mode = ssl.CERT_NONE", "verify_mode = CERT_NONE"),
        ("requests.Session().verify = False", "verify = False"),
        ("ssl._create_default_https_context = ssl._create_unverified_context", "_create_default_https_context"),
        ("requests.get('https://x')", None),
        ("requests.get('https://localhost', verify=False)", None),
        ("requests.get('https://x', verify=given)", None),
        ("requests.Session().verify = given", None),
        ("if given: requests.get('https://x', verify=False)", None),
        ("ssl.create_default_context().verify_mode = ssl.CERT_REQUIRED", None),
    ],
)
def test_connections_that_nobody_checks(statement: str, what: str | None) -> None:
    project = project_of(f"import aiohttp, httpx, requests, ssl\ndef connect(given):\n    {statement}\n")
    found = unchecked_connections(project)
    assert [each.what for each in found] == ([what] if what else [])


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("client = httpx.AsyncClient(verify=False)", "httpx.AsyncClient(verify=False)"),
        ("client: httpx.Client = httpx.Client(verify=False)", "httpx.Client(verify=False)"),
        ("print(requests.get('https://x', verify=False))", "requests.get(verify=False)"),
        ("context = ssl._create_unverified_context()", "ssl._create_unverified_context"),
        ("ssl._create_default_https_context = ssl._create_unverified_context", "_create_default_https_context"),
        ("client = httpx.Client()", None),
        ("client = httpx.Client(verify=given)", None),
        ("insecure_client = httpx.Client(verify=False)", None),
        ("if given: client = httpx.Client(verify=False)", None),
        ("ssl._create_default_https_context = ssl.create_default_context", None),
    ],
)
def test_connections_of_modules(statement: str, what: str | None) -> None:
    project = project_of(f"import httpx, requests, ssl\nfrom somewhere import given\n{statement}\n")
    assert [(each.what, each.who) for each in unchecked_connections(project)] == (
        [(what, "the module main")] if what else []
    )


@pytest.mark.parametrize(
    ("scheme", "raised", "challenge"),
    [
        ("HTTPBearer()", "HTTPException(401)", "Bearer"),
        ("HTTPBasic()", "HTTPException(401, 'x', None)", "Basic"),
        ("Own()", "HTTPException(401)", "Bearer"),
        ("HTTPBearer()", "HTTPException(401, headers={'WWW-Authenticate': 'Bearer'})", None),
        ("HTTPBearer()", "HTTPException(401, **given)", None),
        ("HTTPBearer()", "HTTPException(403)", None),
        ("APIKeyHeader(name='x')", "HTTPException(401)", None),
    ],
)
def test_errors_without_a_challenge(scheme: str, raised: str, challenge: str | None) -> None:
    project = project_of(f"""
        from fastapi import Depends, FastAPI, HTTPException
        from fastapi.security import APIKeyHeader, HTTPBasic, HTTPBearer
        class Own(HTTPBearer): ...
        app = FastAPI()
        scheme = {scheme}
        def user(given=Depends(scheme)):
            raise {raised}
        @app.get("/", dependencies=[Depends(user)])
        def read(): ...
    """)
    found = missing_challenges(project.raised_errors, project.request_path.entries)
    assert [each for _, each in found] == ([challenge] if challenge else [])
