"""The rules of a SARIF run: what a viewer shows of the rule behind a result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import OPTIONS, SECTIONS, WHAT, WHY, rule_doc
from fastapi_lint.rules.registry import load

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""The levels of SARIF by severity."""

_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
"""What GitHub calls them (``problem.severity``)."""


def descriptors(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """The ``reportingDescriptor`` of each rule that found something, in the order of their codes."""
    registry = load()
    described: list[dict[str, Any]] = []
    for code, name in sorted({found.code: found.name for found in diagnostics}.items()):
        rule = registry.find(code)
        details = {} if rule is None else _details(rule, registry.group(rule).name)
        described.append({"id": code, "name": name, **details})
    return described


def _details(rule: type[Rule], group: str) -> dict[str, Any]:
    doc = rule_doc(rule)
    what, why = doc.sections[WHAT], doc.sections[WHY]
    headings = [heading for heading in SECTIONS if heading in doc.sections and heading != OPTIONS]
    markdown = "\n\n".join(f"## {heading}\n\n{doc.sections[heading]}" for heading in headings)
    return {
        "shortDescription": {"text": doc.summary},
        "fullDescription": {"text": " ".join(what.partition("\n\n")[0].split())},
        "help": {"text": f"{what}\n\n{why}", "markdown": f"{doc.summary}\n\n{markdown}"},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "tags": [group],
            "precision": rule.confidence.value,
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }
