"""What a partial update loses when all fields of its schema are written, and what a required field demands: the
reasons of FAL204 and FAL205."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel


class Change(BaseModel):
    title: str | None = None
    note: str | None = None


class Demanding(BaseModel):
    title: str
    note: str | None = None


def patched(sent: dict[str, Any], **options: Any) -> dict[str, Any]:
    """What is stored after a PATCH whose schema is dumped with these options."""
    stored: dict[str, Any] = {"title": "Emma", "note": "a gift"}
    app = FastAPI()

    @app.patch("/")
    def change(changes: Change) -> None:
        stored.update(changes.model_dump(**options))

    assert TestClient(app).patch("/", json=sent).status_code == 200
    return stored


def test_a_whole_dump_overwrites_what_was_not_sent() -> None:
    assert patched({"title": "Persuasion"}) == {"title": "Persuasion", "note": None}


def test_exclude_unset_keeps_it_and_still_lets_a_client_send_none() -> None:
    assert patched({"title": "Persuasion"}, exclude_unset=True) == {"title": "Persuasion", "note": "a gift"}
    assert patched({"note": None}, exclude_unset=True) == {"title": "Emma", "note": None}


def test_exclude_none_loses_nothing_but_cannot_empty_a_field() -> None:
    assert patched({"note": None}, exclude_none=True) == {"title": "Emma", "note": "a gift"}


def test_other_exclusions_keep_the_defaults_of_what_was_not_sent() -> None:
    assert patched({}, exclude={"title"}) == {"title": "Emma", "note": None}


def test_a_required_field_must_be_sent_back() -> None:
    app = FastAPI()

    @app.patch("/")
    def change(changes: Demanding) -> None: ...

    assert TestClient(app).patch("/", json={"note": "lent"}).status_code == 422
