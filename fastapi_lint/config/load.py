"""Reads a configuration file."""

from __future__ import annotations

from pathlib import Path

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.files import TABLE, own_table, shown
from fastapi_lint.config.parse import parse_table
from fastapi_lint.rules.registry import Registry


def load_configuration(file: Path | None, registry: Registry) -> Configuration:
    """The checked content of a configuration file; the defaults without one.

    Raises:
        ConfigurationError: the file can't be read, is no TOML, has no table of ours, or says something unfit.
    """
    if file is None:
        return Configuration()
    table = own_table(file)
    if table is None:
        raise ConfigurationError(f"has no table `[tool.{TABLE}]`.", shown(file))
    return parse_table(table, file, shown(file), registry)
