"""The JSON schema of a configuration, for editors (https://json-schema.org/draft-07)."""

from __future__ import annotations

import json

from fastapi_lint.config.kinds import SELECTOR_DEFINITION, Schema, selector_definition
from fastapi_lint.config.options import CONFIGURATION
from fastapi_lint.rules.registry import Registry


def json_schema(registry: Registry) -> Schema:
    """What a ``fastapi-lint.toml``, or the table of a ``pyproject.toml``, may say.

    It says all that can be said of a value on its own: what patterns git understands, which files exist and whether two
    words contradict each other is only known to the command.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "fastapi-lint",
        "description": "The configuration of fastapi-lint: fastapi-lint.toml, or tool.fastapi-lint of pyproject.toml.",
        **CONFIGURATION.schema(registry),
        "definitions": {SELECTOR_DEFINITION: selector_definition(registry)},
    }


def schema_text(registry: Registry) -> str:
    """The schema as it stands in a file."""
    return json.dumps(json_schema(registry), ensure_ascii=False, indent=2) + "\n"
