"""Configuration files: their names, and how their TOML is read."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from typing import Any

from fastapi_lint.config.errors import ConfigurationError

OWN_FILE = "fastapi-lint.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "fastapi-lint"


def own_table(file: Path) -> dict[str, Any] | None:
    """The options in a file: all of it, or the table ``[tool.fastapi-lint]`` of a ``pyproject.toml``; None without one.

    Raises:
        ConfigurationError: the file can't be read or is no TOML.
    """
    content = read_toml(file)
    if file.name == OWN_FILE:
        return content
    tools = content.get("tool")
    if not isinstance(tools, dict) or TABLE not in tools:
        return None if file.name == SHARED_FILE else content
    table = tools[TABLE]
    if not isinstance(table, dict):
        raise ConfigurationError("expected a table.", shown(file), f"tool.{TABLE}")
    return table


def read_toml(file: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises:
        ConfigurationError: it can't be read or is no TOML.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"can't be read: {error.strerror or error}.", shown(file)) from None
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"not valid TOML: byte {error.start} is not UTF-8.", shown(file)) from None
    return parse_toml(text, shown(file))


def parse_toml(text: str, source: str) -> dict[str, Any]:
    """The content of a TOML text.

    Raises:
        ConfigurationError: it is no TOML; the message begins with ``source``.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        content: dict[str, Any] = tomllib.loads(text)
    except RecursionError:
        raise ConfigurationError("not valid TOML: nested too deep.", source) from None
    except ValueError as error:  # TOMLDecodeError is one, and so is what Python says of numbers with too many digits
        raise ConfigurationError(f"not valid TOML: {error}.", source) from None
    return content


def read_text(file: Path) -> str:
    """The text of a file that a tool wrote or reads, "" when it can't be read. PowerShell writes UTF-16."""
    try:
        content = file.read_bytes()
    except (OSError, ValueError):  # such as a name with a null character
        return ""
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    return content.decode(encoding, errors="replace")


def shown(path: Path) -> str:
    """A path as messages show it: relative to the working directory when it lies below."""
    relative = os.path.relpath(path) if path.is_absolute() else str(path)
    return str(path) if relative.startswith("..") else relative
