"""A rule's metadata in words, the same in pages, tables and on the terminal."""

from __future__ import annotations

from fastapi_lint.config.toml import toml_value
from fastapi_lint.rules.api import Option, Rule
from fastapi_lint.rules.registry import Registry

CONFIG_TABLE = "tool.fastapi-lint.rules"
"""The table of ``pyproject.toml`` that holds the options of rules."""


def default_words(rule: type[Rule]) -> str:
    """Whether the rule is on by default."""
    return "yes" if rule.profile == "recommended" else 'no: with `profile = "strict"`, or when it is selected'


def fix_words(rule: type[Rule]) -> str:
    """What kind of fix the rule has."""
    return {
        "none": "none",
        "safe": "safe",
        "unsafe": "unsafe: asks to be looked at",
        "varies": "safe or unsafe, as said below",
    }[rule.fix]


def facts(rule: type[Rule], registry: Registry) -> list[tuple[str, str]]:
    """Label and value of what is to be known of a rule at a glance; standards apart."""
    return [
        ("Group", registry.group(rule).title),
        ("Severity", rule.severity.value),
        ("Confidence", rule.confidence.value),
        ("On by default", default_words(rule)),
        ("Fix", fix_words(rule)),
    ]


def default_toml(option: Option) -> str:
    """The default of an option as TOML."""
    return toml_value(option.default)


def options_toml(rule: type[Rule]) -> str:
    """The table of the rule's options, at their defaults, as it may stand in ``pyproject.toml``."""
    return "\n".join(
        [f"[{CONFIG_TABLE}.{rule.name}]", *(f"{option.name} = {default_toml(option)}" for option in rule.options)]
    )
