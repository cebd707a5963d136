"""Searching facts."""

from __future__ import annotations

import textwrap

import pytest

from fastapi_lint.facts.extract import extract
from fastapi_lint.facts.search import mentions
from fastapi_lint.text.source import Source


@pytest.mark.parametrize(
    "text, expected",
    [
        ("x", True),
        ("y.x", False),
        ("f(x=1)", False),
        ("f(a, *x)", True),
        ("def inner():\n    return [y for y in x]", True),
        ("f'{x}'", True),
        ("'x'", False),
        ("if a:\n    pass\nelse:\n    del b[x]", True),
    ],
)
def test_mentions(text: str, expected: bool) -> None:
    facts = extract(Source.from_bytes(textwrap.dedent(text).encode(), "a.py"))
    assert mentions(facts.body, "x") is expected
