"""Which answers with 401 carry a challenge, and what optional schemes do: the reasons of FAL312 and FAL318."""

from __future__ import annotations

import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import (
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBearer,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
)
from fastapi.testclient import TestClient

from fastapi_lint.model.knowledge.security import CHALLENGES

SCHEMES = {
    "HTTPBearer": HTTPBearer(),
    "HTTPBasic": HTTPBasic(),
    "OAuth2PasswordBearer": OAuth2PasswordBearer(tokenUrl="login"),
    "OAuth2AuthorizationCodeBearer": OAuth2AuthorizationCodeBearer(authorizationUrl="x", tokenUrl="login"),
}


@pytest.mark.parametrize("name", CHALLENGES)
def test_a_scheme_sends_a_challenge_where_credentials_are_missing(name: str) -> None:
    app = FastAPI()

    @app.get("/", dependencies=[Depends(SCHEMES[name])])
    def read() -> None: ...

    answer = TestClient(app).get("/")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, CHALLENGES[name])


def test_an_exception_without_headers_sends_none() -> None:
    app = FastAPI()

    @app.get("/", dependencies=[Depends(HTTPBearer())])
    def read() -> None:
        raise HTTPException(status_code=401)

    answer = TestClient(app).get("/", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401
    assert "www-authenticate" not in answer.headers


def test_an_optional_scheme_lets_everybody_through_and_gives_none() -> None:
    app = FastAPI()
    optional = HTTPBearer(auto_error=False)

    @app.get("/ignored", dependencies=[Depends(optional)])
    def ignored() -> None: ...

    @app.get("/read")
    def read(credentials: HTTPAuthorizationCredentials = Depends(optional)) -> str:
        return credentials.credentials

    client = TestClient(app, raise_server_exceptions=False)
    assert client.get("/ignored").status_code == 200
    assert client.get("/read").status_code == 500
    assert "HTTPBearer" in str(client.get("/openapi.json").json()["paths"]["/ignored"])
