"""Runs the examples in the documentation of every rule: each bad one is found, no good one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.docstrings import DocstringError, Example, RuleDoc, rule_doc
from fastapi_lint.rules.registry import load
from fastapi_lint.testing.examples import example_findings

FAILURES = {"FAL000", "FAL001", "FAL002"}
"""Findings that say that an example was not understood."""

WITHOUT_BAD_CODE = {"FAL000"}
"""Rules whose findings no code can bring about: an internal error is a fault of ours."""


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{kind}-{number}")
        for rule, doc in documented()
        for number, example in enumerate(getattr(doc, kind), 1)
        if kind == "good" or rule.code not in WITHOUT_BAD_CODE
    ]


def documented() -> Iterator[tuple[type[Rule], RuleDoc]]:
    """Rules and their documentation. Where that is unsound, the test of docstrings says so."""
    for rule in load():
        try:
            yield rule, rule_doc(rule)
        except DocstringError:
            continue


def findings(rule: type[Rule], example: Example) -> list[str]:
    found = example_findings(rule, example)
    failures = [f"{one.location}: {one.code} {one.message}" for one in found if one.code in FAILURES - {rule.code}]
    assert not failures, "the example is not understood: " + "; ".join(failures)
    return [f"{one.location}: {one.message}" for one in found if one.code == rule.code]


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_a_bad_example_is_found(rule: type[Rule], example: Example) -> None:
    assert findings(rule, example), f"{rule.code} finds nothing in:\n{example.source}"


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_a_good_example_is_not_found(rule: type[Rule], example: Example) -> None:
    assert findings(rule, example) == [], f"{rule.code} finds something in:\n{example.source}"
