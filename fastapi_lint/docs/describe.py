"""A rule's metadata in words, the same in pages, tables and on the terminal."""

from __future__ import annotations

import json

from fastapi_lint.rules.api import Option, Rule
from fastapi_lint.rules.registry import Registry

CONFIG_TABLE = "tool.fastapi-lint.rules"
"""The table of ``pyproject.toml`` that holds the options of rules."""


def default_words(rule: type[Rule]) -> str:
    """Whether the rule is on by default."""
    return "yes" if rule.profile == "recommended" else 'no: with `profile = "strict"`, or when it is selected'


def fix_words(rule: type[Rule]) -> str:
    """What kind of fix the rule has."""
    return {"none": "none", "safe": "safe", "unsafe": "unsafe: asks to be looked at"}[rule.fix]


def facts(rule: type[Rule], registry: Registry) -> list[tuple[str, str]]:
    """Label and value of what is to be known of a rule at a glance; standards apart."""
    return [
        ("Group", registry.group(rule).title),
        ("Severity", rule.severity.value),
        ("Confidence", rule.confidence.value),
        ("On by default", default_words(rule)),
        ("Fix", fix_words(rule)),
    ]


def toml_value(option: Option) -> str:
    """The default of an option as TOML."""
    default = list(option.default) if isinstance(option.default, tuple) else option.default
    return json.dumps(default, ensure_ascii=False)


def options_toml(rule: type[Rule]) -> str:
    """The table of the rule's options, at their defaults, as it may stand in ``pyproject.toml``."""
    return "\n".join(
        [f"[{CONFIG_TABLE}.{rule.name}]", *(f"{option.name} = {toml_value(option)}" for option in rule.options)]
    )
