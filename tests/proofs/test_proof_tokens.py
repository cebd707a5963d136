"""What libraries of tokens leave to those who use them: the reasons of FAL306 to FAL309, and why FAL317
has no fix."""

from __future__ import annotations

import base64
import json
import secrets
from datetime import datetime, timedelta, timezone

import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jose import JOSEError
from jose import jwt as jose_jwt

KEY = "a key of thirty-two bytes or more"
CLAIMS = {"sub": "1", "password": "hunter2"}


@pytest.mark.parametrize("library", [jwt, jose_jwt])
def test_no_library_adds_an_expiry(library) -> None:
    token = library.encode(CLAIMS, KEY, algorithm="HS256")
    assert library.decode(token, KEY, algorithms=["HS256"]) == CLAIMS


@pytest.mark.parametrize("library", [jwt, jose_jwt])
def test_a_token_is_valid_until_it_expires(library) -> None:
    now = datetime.now(timezone.utc)
    for_a_week = library.encode({"exp": now + timedelta(days=7)}, KEY, algorithm="HS256")
    assert library.decode(for_a_week, KEY, algorithms=["HS256"])
    expired = library.encode({"exp": now - timedelta(seconds=1)}, KEY, algorithm="HS256")
    with pytest.raises((jwt.ExpiredSignatureError, jose_jwt.ExpiredSignatureError)):
        library.decode(expired, KEY, algorithms=["HS256"])
    assert library.decode(expired, KEY, algorithms=["HS256"], options={"verify_exp": False})


@pytest.mark.parametrize("library", [jwt, jose_jwt])
def test_everybody_reads_the_claims_of_a_token(library) -> None:
    payload = library.encode(CLAIMS, KEY, algorithm="HS256").split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(payload + "==")) == CLAIMS


def test_without_a_check_of_the_signature_anybody_is_whoever_they_say() -> None:
    app = FastAPI()

    @app.get("/me")
    def read(token: str) -> str:
        return jwt.decode(token, options={"verify_signature": False})["sub"]

    @app.get("/checked")
    def read_checked(token: str) -> str:
        return jwt.decode(token, KEY, algorithms=["HS256"])["sub"]

    client = TestClient(app, raise_server_exceptions=False)
    forged = {"token": jwt.encode({"sub": "admin"}, "another key of thirty-two bytes or more", algorithm="HS256")}
    assert client.get("/me", params=forged).json() == "admin"
    assert client.get("/checked", params=forged).status_code == 500


def test_python_jose_without_algorithms_takes_the_one_that_the_token_names() -> None:
    token = jose_jwt.encode(CLAIMS, KEY, algorithm="HS512")
    assert jose_jwt.get_unverified_header(token)["alg"] == "HS512"
    assert jose_jwt.decode(token, KEY) == CLAIMS
    with pytest.raises(jose_jwt.JWTError):
        jose_jwt.decode(token, KEY, algorithms=["HS256"])


def test_pyjwt_without_algorithms_takes_none() -> None:
    token = jwt.encode(CLAIMS, KEY, algorithm="HS256")
    with pytest.raises(jwt.DecodeError):
        jwt.decode(token, KEY)


@pytest.mark.parametrize("library", [jwt, jose_jwt])
@pytest.mark.parametrize("key", [None, "", KEY])
def test_unsigned_tokens_are_refused_even_where_none_is_admitted(library, key: str | None) -> None:
    unsigned = jwt.encode(CLAIMS, None, algorithm="none")
    with pytest.raises((jwt.PyJWTError, JOSEError)):
        library.decode(unsigned, key, algorithms=["HS256", "none"])


def test_a_comparison_of_digests_takes_no_none_and_only_ascii() -> None:
    assert secrets.compare_digest(b"key", b"key")
    assert not secrets.compare_digest("kéy".encode(), b"key")
    for left, right in (("kéy", "key"), ("key", None), ("key", b"key")):
        with pytest.raises(TypeError):
            secrets.compare_digest(left, right)
