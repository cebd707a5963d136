"""From a TOML table to a :class:`Layer`: every key checked, every complaint naming file and key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi_lint.config.configuration import Layer
from fastapi_lint.config.kinds import Place
from fastapi_lint.config.options import CONFIGURATION
from fastapi_lint.rules.registry import Registry


def parse_table(table: Mapping[str, Any], source: str, registry: Registry, file: Path | None = None) -> Layer:
    """Checks a table of options.

    Args:
        table: the parsed TOML.
        source: how messages name where it comes from.
        registry: the rules that selectors and options may name.
        file: the file it comes from.

    Raises:
        ConfigurationError: an unknown key or an unfit value.
    """
    place = Place(source, None, registry)
    if "tool" in table:
        hint = "In this file the options stand at the top level, without `[tool.fastapi-lint]`."
        raise place.below("tool").error(f"unknown option. {hint}")
    return Layer(source, CONFIGURATION.read(table, place), table, file)
