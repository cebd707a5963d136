"""All rules at a glance: what ``fastapi-lint rules`` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import rule_doc
from fastapi_lint.rules.registry import Registry

_HEADINGS = ("CODE", "NAME", "GROUP", "SEVERITY", "DEFAULT", "FIX", "REPORTS")


def as_table(rules: Sequence[type[Rule]], registry: Registry) -> Iterator[str]:
    """An aligned table, a rule a line."""
    rows = [
        (
            rule.code,
            rule.name,
            registry.group(rule).name,
            rule.severity.value,
            "on" if rule.profile == "recommended" else "strict",
            "-" if rule.fix == "none" else rule.fix,
            rule_doc(rule).summary,
        )
        for rule in rules
    ]
    if rows:
        widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
        for row in (_HEADINGS, *rows):
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def as_json(rules: Sequence[type[Rule]], registry: Registry) -> Iterator[str]:
    """A list of objects, as lines."""
    found = [
        {
            "code": rule.code,
            "name": rule.name,
            "group": registry.group(rule).name,
            "severity": rule.severity.value,
            "confidence": rule.confidence.value,
            "profile": rule.profile,
            "fix": rule.fix,
            "standards": list(rule.standards),
            "summary": rule_doc(rule).summary,
            "options": {option.name: {"type": option.type, "help": option.help} for option in rule.options},
        }
        for rule in rules
    ]
    yield json.dumps(found, indent=1, ensure_ascii=False)
