"""Searching facts."""

from __future__ import annotations

import textwrap

import pytest
from facts_samples import SAMPLES

from fastapi_lint.facts.codec import decode, encode
from fastapi_lint.facts.expressions import Attribute, Call, Name
from fastapi_lint.facts.extract import extract
from fastapi_lint.facts.search import calls_of, last_word, mentions, walk
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
def test_an_encoded_body_tells_all_that_is_in_it(text: str) -> None:
    facts = decode(encode(extract(Source.from_bytes(text.encode(), "a.py"))))
    for body in [node.body for node in walk(facts.body) if isinstance(node, Function)]:
        inside = list(walk(body))
        assert all(body.may_hold(node.kind) for node in inside if hasattr(node, "kind"))
        assert all(body.may_hold(last_word(node)) for node in inside if isinstance(node, (Name, Attribute)))
        assert all(body.may_hold(f".{node.attr}") for node in inside if isinstance(node, Attribute))


@pytest.mark.parametrize("text", [*SAMPLES.values(), NESTED], ids=[*SAMPLES, "nested"])
def test_a_module_tells_the_names_that_are_called_in_it(text: str) -> None:
    facts = decode(encode(extract(Source.from_bytes(text.encode(), "a.py"))))
    called = {last_word(node.func) for node in walk(facts.body) if isinstance(node, Call)} - {""}
    assert all(facts.may_name(name) and next(calls_of(facts, name), None) for name in called)
    assert not facts.may_name("name", "@function", "eeper") and next(calls_of(facts, "eeper"), None) is None


def test_an_encoded_body_tells_what_is_not_in_it() -> None:
    facts = decode(encode(extract(Source.from_bytes(NESTED.encode(), "a.py"))))
    outer, after = (node.body for node in facts.body if isinstance(node, Function))
    assert outer.may_hold("deeper") and outer.may_hold(".deeper") and outer.may_hold("deep", "z")
    assert not outer.may_hold("z", ".a", ".deep", "@for")
    assert after.may_hold("z", ".z", "@return") and not after.may_hold("deeper", "c", "d", "@function")
    assert not after.may_hold(*(f"name{number}" for number in range(100)))
    assert after.may_hold(*(f"name{number}" for number in range(100)), ".z")


def test_an_encoded_body_tells_what_stands_behind_an_alias() -> None:
    text = """
try:
    from jwt import encode as sign, decode
    import redis.asyncio as cache
except ImportError:
    pass
def first():
    def inner():
        return sign(cache)
def second():
    return decode
"""
    facts = decode(encode(extract(Source.from_bytes(text.encode(), "a.py"))))
    first, second = (node.body for node in facts.body if isinstance(node, Function))
    assert first.may_hold("encode") and first.may_hold("asyncio") and first.may_hold("sign")
    assert not second.may_hold("encode", "asyncio")
    (inner,) = (node.body for node in first if isinstance(node, Function))
    assert inner.may_hold("encode")
