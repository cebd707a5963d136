"""The JSON schema accepts what the command accepts, and refuses what it refuses, as far as a schema can."""

from __future__ import annotations

import random

import pytest
from config_samples import SOUND, damaged
from jsonschema import Draft7Validator

from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.options import SETTINGS
from fastapi_lint.config.parse import parse_table
from fastapi_lint.config.schema import json_schema
from fastapi_lint.rules.registry import load

SCHEMA = json_schema(load())
VALIDATOR = Draft7Validator(SCHEMA)

BEYOND_A_SCHEMA = ("is no path pattern", "say different things of", "are the same rule")
"""Complaints about what no schema can tell."""


def complaint(table: dict[str, object]) -> str | None:
    try:
        parse_table(table, "a test", load())
    except ConfigurationError as error:
        return str(error)
    return None


def test_the_schema_is_sound_and_knows_every_option() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(SETTINGS)
    assert all(SCHEMA["properties"][key]["description"] for key in SETTINGS)


def test_every_option_has_an_example_that_is_accepted() -> None:
    for key, setting in SETTINGS.items():
        assert VALIDATOR.is_valid({key: setting.example}) and complaint({key: setting.example}) is None, key
        if setting.default is not None:
            assert VALIDATOR.is_valid({key: setting.default}) and complaint({key: setting.default}) is None, key
        else:
            assert setting.otherwise, key


def test_a_sound_configuration_is_accepted() -> None:
    assert {*SOUND, "extend", "sqlalchemy-version"} == set(SETTINGS)
    assert complaint(SOUND) is None
    assert [error.message for error in VALIDATOR.iter_errors(SOUND)] == []


@pytest.mark.parametrize("seed", range(5))
def test_schema_and_command_agree_on_damaged_configurations(seed: int) -> None:
    source = random.Random(seed)
    accepted = refused = 0
    for _ in range(400):
        table = damaged(source)
        said = complaint(table)
        if said is None:
            assert VALIDATOR.is_valid(table), table
            accepted += 1
        elif not any(words in said for words in BEYOND_A_SCHEMA):
            assert not VALIDATOR.is_valid(table), (table, said)
            refused += 1
    assert accepted > 50 and refused > 150
