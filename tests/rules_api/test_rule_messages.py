"""Holds the calls of ``self.finding`` in every rule's module against the rule's message templates."""

from __future__ import annotations

import ast
import inspect
import sys
from string import Formatter

import pytest

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import load

OF_FINDING = {name for name in inspect.signature(Rule.finding).parameters if name not in ("self", "values")}


def fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field}


def problems(rule: type[Rule], source: str) -> list[str]:
    """Messages that do not exist, fields that are not given, values that no field shows."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "finding":
            continue
        message = node.args[0] if node.args else None
        if not isinstance(message, ast.Constant):
            continue
        template = rule.messages.get(message.value)
        if template is None:
            found.append(f"line {node.lineno}: there is no message {message.value!r}")
            continue
        given = {keyword.arg for keyword in node.keywords}
        if None in given:  # **values: what they hold is not to be seen here
            continue
        missing = fields(template) - given
        unused = given - fields(template) - OF_FINDING
        found.extend(f"line {node.lineno}: the field {field} of {message.value!r} is not given" for field in missing)
        found.extend(f"line {node.lineno}: {message.value!r} shows no {field}" for field in unused)
    return found


@pytest.mark.parametrize("rule", load().rules, ids=lambda rule: rule.code)
def test_findings_fit_their_messages(rule: type[Rule]) -> None:
    assert problems(rule, inspect.getsource(sys.modules[rule.__module__])) == []


class Sample(Rule):
    """A rule with a message of one field."""

    messages = {"found": "found {what}"}


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("self.finding('found', here, what=1, related=())", []),
        ("self.finding('found', here, **values)", []),
        ("self.finding(which, here)", []),
        ("self.finding('lost', here)", ["line 1: there is no message 'lost'"]),
        ("self.finding('found', here)", ["line 1: the field what of 'found' is not given"]),
        ("self.finding('found', here, what=1, why=2)", ["line 1: 'found' shows no why"]),
    ],
)
def test_planted_calls(call: str, expected: list[str]) -> None:
    assert problems(Sample, call) == expected
