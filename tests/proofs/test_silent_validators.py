"""What becomes of values whose validator returns nothing: the reason of FAL213."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError, field_validator, model_validator


@pytest.mark.parametrize("mode", ["before", "after", "plain"])
def test_a_field_validator_without_return_empties_the_field(mode: Any) -> None:
    class Book(BaseModel):
        title: str | None

        @field_validator("title", mode=mode)
        @classmethod
        def check(cls, value: Any) -> Any:
            assert value

    assert Book(title="Emma").title is None


def test_the_type_does_not_matter_after_validation() -> None:
    class Book(BaseModel):
        title: str

        @field_validator("title")
        @classmethod
        def check(cls, value: Any) -> Any:
            assert value

    assert Book(title="Emma").title is None


def test_a_model_validator_without_return_gives_none() -> None:
    class Book(BaseModel):
        title: str

        @model_validator(mode="after")
        def check(self) -> Any:
            assert self.title

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert Book.model_validate({"title": "Emma"}) is None


def test_one_before_validation_refuses_everything() -> None:
    class Book(BaseModel):
        title: str

        @model_validator(mode="before")
        @classmethod
        def check(cls, data: Any) -> Any:
            assert data

    with pytest.raises(ValidationError, match="valid dictionary"):
        Book(title="Emma")


def test_a_missing_classmethod_is_added() -> None:
    class Book(BaseModel):
        title: str

        @field_validator("title")
        def check(cls, value: str) -> str:
            return value + "!"

    assert Book(title="Emma").title == "Emma!"
