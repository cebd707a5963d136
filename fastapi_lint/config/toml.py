"""Writes the little TOML that is shown to users and put into files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def dumps(table: Mapping[str, object]) -> str:
    """``table`` as TOML: a line per key, nested tables inline. Values are those that a TOML file can give."""
    return "".join(f"{toml_key(key)} = {toml_value(value)}\n" for key, value in table.items())


def toml_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if _BARE_KEY.fullmatch(key) else _string(key)


def toml_value(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{toml_key(key)} = {toml_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, str):
        return _string(value)
    # Numbers and booleans look the same in JSON and in TOML.
    return json.dumps(value)


def _string(text: str) -> str:
    # TOML wants the delete character escaped; JSON does not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
