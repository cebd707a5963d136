"""What of an application anybody sees: its documentation, its routes that write, HTTP itself, tokens for good."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.exposure import may_enforce_https, open_documentation
from fastapi_lint.model.security.openness import open_writes
from fastapi_lint.model.security.revocation import irrevocable_tokens

HEAD = """
import os, jwt, uvicorn
from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer
LOGIN = [Depends(HTTPBearer())]
"""
ROUTE = "\napp.get('/books')(lambda: [])\n"


@pytest.mark.parametrize(
    ("made", "paths"),
    [
        ("app = FastAPI(dependencies=LOGIN)", ["/docs", "/openapi.json", "/redoc"]),
        ("app = FastAPI(dependencies=LOGIN, docs_url=None)", ["/openapi.json", "/redoc"]),
        ("app = FastAPI(dependencies=LOGIN, openapi_url='')", []),
        ("app = FastAPI(dependencies=LOGIN, openapi_url=os.getenv('DOCS', '/openapi.json'))", []),
        ("app = FastAPI(dependencies=LOGIN, **os.environ)", []),
        ("app = FastAPI(dependencies=LOGIN)\napp.openapi_url = None", []),
        ("app = FastAPI()", []),
    ],
)
def test_pages_that_are_open_in_each_environment(made: str, paths: list[str]) -> None:
    project = project_of(HEAD + made + ROUTE)
    found = sorted(page.path for page in open_documentation(project.apps[0], project))
    assert found == paths


@pytest.mark.parametrize(
    ("code", "enforces"),
    [
        ("", False),
        ("uvicorn.run(app)", False),
        ("uvicorn.run(app, proxy_headers=True)", True),
        ("uvicorn.run(app, **os.environ)", True),
        ("options = {'ssl_certfile': 'x'}", True),
        ("certfile = 'x'", True),
        ("from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware as X\napp.add_middleware(X)", True),
        ("from starlette.middleware.gzip import GZipMiddleware as X\napp.add_middleware(X)", False),
    ],
)
def test_what_may_see_to_https(code: str, enforces: bool) -> None:
    project = project_of(f"{HEAD}app = FastAPI(dependencies=LOGIN){ROUTE}{code}\n")
    assert may_enforce_https(project.apps[0], project) is enforces


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("app.put('/b')(lambda: 1)", ["PUT /b"]),
        ("app.put('/b')(lambda: 1)\napp.post('/login')(lambda: 1)", ["PUT /b"]),
        ("app.put('/b')(lambda: 1)\napp.get('/c', dependencies=[Depends(HTTPBearer())])(lambda: 1)", []),
        ("app.put('/b')(lambda: 1)\nimport passlib", []),
        ("app.put('/b')(lambda: 1)\nfrom other import router\napp.include_router(router)", []),
        ("app.get('/b')(lambda: 1)", []),
    ],
)
def test_routes_that_write_where_nobody_logs_in(code: str, labels: list[str]) -> None:
    head = "from fastapi import Depends, FastAPI\nfrom fastapi.security import HTTPBearer\napp = FastAPI()\n"
    project = project_of(f"{head}{code}\n")
    assert [route.label for route in open_writes(project.apps[0], project)] == labels


@pytest.mark.parametrize(
    ("code", "is_irrevocable"),
    [
        ("", True),
        ("def refresh(): ...", False),
        ("class Blacklist: ...", False),
        ("REVOKED = set()", False),
        ("def known(claims): return claims['jti']", False),
        ("def identity(): return 'object'", True),
    ],
)
def test_names_that_speak_of_revocation(code: str, is_irrevocable: bool) -> None:
    project = project_of(f"{HEAD}def sign(name):\n    return jwt.encode({{'sub': name}}, 'key')\n{code}\n")
    assert [token.function.name for token in irrevocable_tokens(project)] == (["sign"] if is_irrevocable else [])
