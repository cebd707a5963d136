"""The format ``json``: one document.

``{"version": 1, "root", "path", "left_out", "files", "options", "rules"}``:

- ``root``: the folder of the project; ``path``: what was asked for, relative to it; ``left_out``: whether that is left
  out
- ``files``: the configuration files, each before the one that it extends
- ``options``: for each option the values in force, the weakest first where several add up: ``{"value", "source",
  "file"}``; ``source`` is "default", "file", or how the command line was asked, ``file`` null for all but a file
- ``rules``: those that run: ``{"code", "name", "severity"}``
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi_lint.config.statements import Statement
from fastapi_lint.engine.in_force import InForce

VERSION = 1


def render(found: InForce) -> Iterator[str]:
    """The document, as lines."""
    options: dict[str, list[dict[str, Any]]] = {}
    for statement in found.statements:
        options.setdefault(statement.key, []).append(_value(statement))
    document = {
        "version": VERSION,
        "root": str(found.root),
        "path": found.path,
        "left_out": found.left_out,
        "files": [str(layer.file) for layer in reversed(found.configuration.layers) if layer.file is not None],
        "options": options,
        "rules": [{"code": rule.code, "name": rule.name, "severity": severity.value} for rule, severity in found.rules],
    }
    yield json.dumps(document, indent=2)


def _value(statement: Statement) -> dict[str, Any]:
    if statement.file is not None:
        return {"value": statement.value, "source": "file", "file": str(statement.file)}
    return {"value": statement.value, "source": statement.source, "file": None}
