"""What CORSMiddleware answers to any origin: the reason of FAL352."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.testclient import TestClient

ORIGIN = "https://attacker.example"


def answered(cookies: bool, **options: object) -> dict[str, str]:
    app = FastAPI()
    app.add_middleware(CORSMiddleware, **options)  # type: ignore[arg-type]

    @app.get("/me")
    def read_me() -> str:
        return "secret"

    client = TestClient(app, cookies={"session": "x"} if cookies else {})
    headers = client.get("/me", headers={"Origin": ORIGIN}).headers
    return {name: headers[name] for name in headers if name.startswith("access-control-allow-")}


@pytest.mark.parametrize("options", [{"allow_origins": ["*"]}, {"allow_origin_regex": ".*"}])
def test_with_credentials_any_origin_may_read_what_a_cookie_opens(options: dict[str, object]) -> None:
    headers = answered(cookies=True, allow_credentials=True, **options)
    assert headers == {"access-control-allow-origin": ORIGIN, "access-control-allow-credentials": "true"}


def test_without_credentials_browsers_keep_such_answers_to_themselves() -> None:
    assert answered(cookies=True, allow_origins=["*"]) == {"access-control-allow-origin": "*"}


def test_other_origins_are_not_answered() -> None:
    headers = answered(cookies=True, allow_origins=["https://app.example.com"], allow_credentials=True)
    assert "access-control-allow-origin" not in headers


def test_a_pattern_must_match_the_whole_origin() -> None:
    headers = answered(cookies=True, allow_origin_regex=r"https://attacker", allow_credentials=True)
    assert "access-control-allow-origin" not in headers
