"""What ``fastapi-lint rule`` prints of every rule, made beforehand: to load the rules would take longer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from fastapi_lint.rules.registry import Registry

FILE = "fastapi_lint/docs/rule_texts.json"
"""The generated file, relative to the checkout."""


class RuleText(TypedDict):
    """A rule by its code and name, and its documentation as plain text."""

    code: str
    name: str
    text: str


def made(registry: Registry) -> str:
    """The content of the file for these rules."""
    from fastapi_lint.docs.terminal import rule_text

    texts = [RuleText(code=rule.code, name=rule.name, text=rule_text(rule, registry)) for rule in registry]
    return json.dumps(texts, indent=1, ensure_ascii=False) + "\n"


def rule_texts() -> list[RuleText]:
    """All rules, in the order of their codes."""
    found: list[RuleText] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return found
