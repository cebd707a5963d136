"""Runs the examples of a rule's documentation."""

from __future__ import annotations

from fastapi_lint.config.configuration import Layer
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import Example
from fastapi_lint.testing.running import check_folder, project_of


def example_findings(rule: type[Rule], example: Example) -> tuple[Diagnostic, ...]:
    """All findings in an example, with ``rule`` and the rules that are on by default."""
    with project_of({path: text.encode() for path, text in example.files.items()}) as root:
        return check_folder(root, overrides=(Layer("the example", {"extend-select": (rule.code,)}),)).found
