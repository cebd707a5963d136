"""What of the first version's API Pydantic 2 ignores, and what it only warns of: the reason of FAL207."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import BaseModel, PydanticDeprecatedSince20, PydanticImportError, ValidationError, validator

from fastapi_lint.model.knowledge.pydantic import CONFIG_V1_NAMES, GONE_BASES, V1_BASES, V1_FUNCTIONS


class Book(BaseModel):
    title: str = ""


CALLS: dict[str, Callable[[], Any]] = {
    "dict": lambda: Book().dict(),
    "json": lambda: Book().json(),
    "copy": lambda: Book().copy(),
    "parse_obj": lambda: Book.parse_obj({}),
    "parse_raw": lambda: Book.parse_raw("{}"),
    "construct": lambda: Book.construct(),
    "schema": lambda: Book.schema(),
    "schema_json": lambda: Book.schema_json(),
    "update_forward_refs": lambda: Book.update_forward_refs(),
    "validate": lambda: Book.validate({}),
}


@pytest.mark.parametrize("method", CALLS)
def test_methods_warn(method: str) -> None:
    with pytest.warns(PydanticDeprecatedSince20, match=method):
        CALLS[method]()


def test_orm_mode_is_ignored() -> None:
    with pytest.warns(UserWarning, match="orm_mode"):

        class Read(BaseModel):
            title: str

            class Config:
                orm_mode = True

    with pytest.raises(ValidationError):
        Read.model_validate(SimpleNamespace(title="Emma"))


@pytest.mark.parametrize("option", CONFIG_V1_NAMES)
def test_renamed_options_are_ignored(option: str) -> None:
    with pytest.warns(UserWarning, match=f"'{option}' has been renamed to"):
        config = type("Config", (), {option: None, "__qualname__": "Model.Config"})
        type("Model", (BaseModel,), {"Config": config, "__module__": __name__, "__qualname__": "Model"})


def test_a_config_class_and_validators_warn() -> None:
    with pytest.warns(PydanticDeprecatedSince20, match="class-based `config`"):

        class Configured(BaseModel):
            class Config:
                frozen = True

    with pytest.warns(PydanticDeprecatedSince20, match="@validator"):

        class Validated(BaseModel):
            title: str

            @validator("title")
            def strip(cls, value: str) -> str:
                return value.strip()


def imported(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)


@pytest.mark.parametrize("name", GONE_BASES)
def test_base_classes_that_are_gone(name: str) -> None:
    with pytest.raises(PydanticImportError):
        imported(name)


@pytest.mark.parametrize("name", V1_BASES)
def test_base_classes_that_warn(name: str) -> None:
    with pytest.warns(PydanticDeprecatedSince20, match="moved"):
        imported(name)


@pytest.mark.parametrize("name", V1_FUNCTIONS)
def test_functions_that_warn(name: str) -> None:
    arguments = [str, "x"] if name.endswith("parse_obj_as") else [str]
    with pytest.warns(PydanticDeprecatedSince20):
        imported(name)(*arguments)
