"""Searching facts."""

from __future__ import annotations

import textwrap

import pytest
from facts_samples import SAMPLES

from fastapi_lint.facts.codec import decode, encode
from fastapi_lint.facts.extract import extract
from fastapi_lint.facts.search import attributes_in, mentions, names_in, walk
from fastapi_lint.facts.statements import Function
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


NESTED = """
def outer():
    a.b
    def first():
        class Inner:
            def method(self):
                return deep.deeper
        return c
    def second():
        return '"@function"', d, "@function"
    return é.ë
def after():
    return z.z
"""


@pytest.mark.parametrize("text", [*SAMPLES.values(), NESTED], ids=[*SAMPLES, "nested"])
def test_names_of_an_encoded_body_are_those_of_the_decoded_one(text: str) -> None:
    facts = extract(Source.from_bytes(text.encode(), "a.py"))
    read = {node.qualname: node.body for node in walk(facts.body) if isinstance(node, Function)}
    kept = {node.qualname: node.body for node in walk(decode(encode(facts)).body) if isinstance(node, Function)}
    assert read.keys() == kept.keys()
    for name, body in read.items():
        assert names_in(kept[name]) == names_in(body)
        assert attributes_in(kept[name]) == attributes_in(body)
        assert all(kept[name].may_hold(word) for word in names_in(body) if word.isascii())


def test_an_encoded_body_holds_what_is_in_it_alone() -> None:
    facts = decode(encode(extract(Source.from_bytes(NESTED.encode(), "a.py"))))
    outer, after = (node.body for node in facts.body if isinstance(node, Function))
    assert names_in(outer) == {"a", "b", "deep", "deeper", "c", "d", "é", "ë"}
    assert attributes_in(outer) == {"b", "deeper", "ë"}
    assert outer.may_hold("deeper") and not outer.may_hold("z")
    assert after.may_hold("z") and not after.may_hold("deeper", "c", "d")
