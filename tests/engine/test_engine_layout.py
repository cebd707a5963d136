"""The statements, heads and scopes of a file."""

from __future__ import annotations

import pytest

from fastapi_lint.engine.layout import Layout
from fastapi_lint.facts.extract import extract
from fastapi_lint.text.source import Source

TEXT = '''\
import os

# about it
@first
@router.post(
    "/x",
)
# between

async def create(
    a: int,
):
    query = """
def not_here():
"""
    if a:
        return (
            1
        )


class Items:
    limit = 1

    @property
    def total(self): return 2

    def rest(self):
        # a comment
        return 3
last = 4
'''
"""Line 4 begins the head of ``create``, 13 its body, 22 the class."""


def layout(text: str = TEXT) -> Layout:
    facts = extract(Source.from_bytes(text.encode(), "a.py"))
    return Layout(text.split("\n"), facts.long_lines)


@pytest.mark.parametrize(
    ("line", "statement", "head"),
    [
        (1, (1, 1), (1, 1)),
        (4, (4, 4), (4, 12)),
        (6, (5, 7), (4, 12)),
        (10, (10, 12), (4, 12)),
        (11, (10, 12), (4, 12)),
        (14, (13, 15), (13, 15)),
        (16, (16, 16), (16, 16)),
        (18, (17, 19), (17, 19)),
        (22, (22, 22), (22, 22)),
        (25, (25, 25), (25, 26)),
        (28, (28, 28), (28, 28)),
        (99, (99, 99), (99, 99)),
    ],
)
def test_statements_and_heads(line: int, statement: tuple[int, int], head: tuple[int, int]) -> None:
    assert layout().statement(line) == statement
    assert layout().head(line) == head


@pytest.mark.parametrize(
    ("line", "scope"),
    [
        (1, ""),
        (4, "create"),
        (6, "create"),
        (11, "create"),
        (14, "create"),
        (18, "create"),
        (22, "Items"),
        (23, "Items"),
        (25, "Items.total"),
        (26, "Items.total"),
        (30, "Items.rest"),
        (31, ""),
        (99, ""),
    ],
)
def test_scopes(line: int, scope: str) -> None:
    assert layout().scope(line) == scope


def test_the_next_statement() -> None:
    assert layout().next_statement(2) == (4, 4)
    assert layout().next_statement(7) == (10, 12)
    assert layout().next_statement(31) is None


def test_what_decorates_nothing() -> None:
    broken = Layout(["@a", "x = 1", "@b"], ())
    assert [broken.head(line) for line in (1, 2, 3)] == [(1, 1), (2, 2), (3, 3)]
    assert broken.scope(1) == ""
    assert Layout((), ()).head(1) == (1, 1)
