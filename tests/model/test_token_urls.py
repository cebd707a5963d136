"""Which token URLs routes depend on, and which routes may be meant."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.token_urls import may_answer, token_urls

HEAD = """
from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer, OAuth2PasswordBearer
from elsewhere import thing
app = FastAPI()
class Own(OAuth2PasswordBearer):
    async def __call__(self, request): return None
class Made(OAuth2PasswordBearer):
    def __init__(self, tokenUrl): super().__init__(tokenUrl=tokenUrl + "/token")
"""


@pytest.mark.parametrize(
    ("scheme", "texts"),
    [
        ("OAuth2PasswordBearer(tokenUrl='token')", ["token"]),
        ("OAuth2PasswordBearer('/token')", ["/token"]),
        ("Own(tokenUrl='token')", ["token"]),
        ("Made(tokenUrl='auth')", []),
        ("OAuth2PasswordBearer(tokenUrl='https://example.com/token')", []),
        ("OAuth2PasswordBearer(tokenUrl=thing)", []),
        ("OAuth2PasswordBearer(tokenUrl='')", []),
        ("HTTPBearer()", []),
    ],
)
def test_token_urls(scheme: str, texts: list[str]) -> None:
    (route,) = project_of(f"{HEAD}\nscheme = {scheme}\n@app.get('/')\ndef a(x=Depends(scheme)): ...").routes
    assert [found.text for found in token_urls(route)] == texts


@pytest.mark.parametrize(
    ("registered", "url", "answers"),
    [
        ("post('/token')", "token", True),
        ("post('/token')", "/token", True),
        ("post('/token')", "./token?x=1", True),
        ("post('/token/')", "token", True),
        ("post('/api/token')", "token", False),
        ("post('/api/token')", "/token", False),
        ("post('/token')", "/api/token", True),
        ("post('/{realm}/token')", "/shop/token", True),
        ("api_route('/token', methods=thing)", "token", True),
        ("get('/token')", "token", False),
        ("post('/tokens')", "token", False),
        ("post('/my-token')", "token", False),
        ("post('/')", "token", False),
        ("post('/{id:int}')", "token", False),
    ],
)
def test_routes_that_may_be_meant(registered: str, url: str, answers: bool) -> None:
    scheme = f"@app.get('/')\ndef root(x=Depends(OAuth2PasswordBearer(tokenUrl='{url}'))): ..."
    project = project_of(f"{HEAD}\n@app.{registered}\ndef a(): ...\n{scheme}")
    (found,) = token_urls(project.routes[1])
    assert may_answer(project.routes[0], found) is answers


@pytest.mark.parametrize(
    ("arguments", "url", "answers"),
    [
        ("", "token", False),
        ("docs_url='/api/docs'", "token", True),
        ("root_path='/api'", "token", True),
        ("**thing", "token", True),
        ("docs_url='/api/docs'", "/token", False),
    ],
)
def test_what_a_relative_url_is_relative_to(arguments: str, url: str, answers: bool) -> None:
    head = HEAD.replace("FastAPI()", f"FastAPI({arguments})")
    scheme = f"@app.get('/')\ndef root(x=Depends(OAuth2PasswordBearer(tokenUrl='{url}'))): ..."
    project = project_of(f"{head}\n@app.post('/api/token')\ndef a(): ...\n{scheme}")
    (found,) = token_urls(project.routes[1])
    assert may_answer(project.routes[0], found) is answers
