"""Writes the little TOML that a case's configuration needs."""

from __future__ import annotations

import json
from collections.abc import Mapping


def dumps(table: Mapping[str, object]) -> str:
    """``table`` as TOML: a line per key, nested tables inline. Values are those that a TOML file can give."""
    return "".join(f"{json.dumps(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    # Strings, numbers and booleans look the same in JSON and in TOML.
    return json.dumps(value)
