"""What is shown of objects that hold secrets: the reason of FAL216."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings


class Plain(BaseModel):
    password: str


class Hidden(BaseModel):
    password: str = Field(repr=False)


class Masked(BaseModel):
    password: SecretStr


def test_plain_text_is_shown_wherever_the_object_is() -> None:
    plain = Plain(password="s3cret")
    assert all("s3cret" in shown for shown in (repr(plain), str(plain), f"{plain}", f"{[plain]}"))
    assert "s3cret" not in repr(Hidden(password="s3cret"))


def test_a_masking_type_shows_it_only_when_asked() -> None:
    masked = Masked(password="s3cret")  # type: ignore[arg-type]
    for shown in (repr(masked), f"{masked.model_dump()}", masked.model_dump_json(), f"{masked.password}"):
        assert "s3cret" not in shown
    assert masked.password.get_secret_value() == "s3cret"


def test_settings_are_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Settings(BaseSettings):
        smtp_password: str
        api_key: SecretStr

    monkeypatch.setenv("SMTP_PASSWORD", "s3cret")
    monkeypatch.setenv("API_KEY", "k3y")
    shown = repr(Settings())  # type: ignore[call-arg]
    assert "s3cret" in shown and "k3y" not in shown


def test_a_request_brings_it_as_text_and_a_response_masks_it() -> None:
    app = FastAPI()

    @app.post("/")
    def endpoint(masked: Masked) -> dict[str, object]:
        return {"length": len(masked.password), "masked": masked}

    answer = TestClient(app).post("/", json={"password": "s3cret"}).json()
    assert answer == {"length": 6, "masked": {"password": "**********"}}
