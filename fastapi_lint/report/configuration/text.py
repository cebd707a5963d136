"""The format ``text``: options as lines of TOML, each with a comment that says where the value comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi_lint.config.files import shown
from fastapi_lint.config.options import SETTINGS
from fastapi_lint.config.statements import Statement
from fastapi_lint.config.toml import toml_key, toml_value
from fastapi_lint.engine.in_force import InForce


def render(found: InForce) -> Iterator[str]:
    """The lines."""
    yield f"# project: {found.root}"
    files = [shown(layer.file) for layer in reversed(found.configuration.layers) if layer.file is not None]
    yield f"# configuration: {', which extends '.join(files) or 'none'}"
    if found.left_out:
        yield f"# {found.path} is left out"
    yield ""
    for statement in found.statements:
        yield from _lines(statement)
    yield ""
    here = "" if found.path == "." else f" for {found.path}"
    yield f"# {len(found.rules)} of {found.total} rules run{here}:"
    for rule, severity in found.rules:
        yield f"# {rule.code} {rule.name} ({severity.value})"


def _lines(statement: Statement) -> Iterator[str]:
    if statement.value is None:
        yield f"# {statement.key}: {SETTINGS[statement.key].otherwise}"
        return
    for key, value in _flat(statement.key, statement.value):
        yield f"{key} = {toml_value(value)}  # {statement.source}"


def _flat(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Keys with dots for what tables hold, so that each value has a line."""
    if isinstance(value, Mapping) and value:
        for inner, item in value.items():
            yield from _flat(f"{key}.{toml_key(inner)}", item)
    else:
        yield key, value
