"""Limits: what goes beyond is refused with words, what is below is parsed and turned into facts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fastapi_lint.facts.codec import decode, encode
from fastapi_lint.facts.extract import extract
from fastapi_lint.syntax import gate
from fastapi_lint.syntax.faults import Unanalysable
from fastapi_lint.syntax.tokens import continued_lines, joined_lines, line_offsets, tokenise
from fastapi_lint.text.source import Source


def check(text: str) -> bool:
    """Whether a text needs a deep stack."""
    tokens = tokenise(text)
    lines = line_offsets(text)
    return gate.check(text, tokens, lines, joined_lines(tokens, lines, continued_lines(text, tokens, lines)))


def refused(text: str) -> Unanalysable:
    """Why a text is refused."""
    with pytest.raises(Unanalysable, match="too complex: ") as caught:
        check(text)
    return caught.value


BRACKETS: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "x = " + "(" * n + "1" + ")" * n,
    "lists": lambda n: "x = " + "[" * n + "1" + "]" * n,
    "dicts": lambda n: "x = " + "{1:" * n + "1" + "}" * n,
    "calls": lambda n: "x = " + "f(" * n + "1" + ")" * n,
    "targets": lambda n: "f(" * n + "1" + ").x" * n + " = 1",
    "subscripts": lambda n: "x = " + "a[" * n + "1" + "]" * n,
    "formatted strings": lambda n: "x = " + "f'{" * n + "1" + "}'" * n,
    "specifications": lambda n: "x = f'{a" + ":{b" * (n - 1) + "}" * (n - 1) + "}'",
    "lambda defaults": lambda n: "x = " + "lambda a=(" * n + "1" + "):0" * n,
    "lambdas": lambda n: "x = " + "(lambda: " * n + "1" + ")" * n,
    "unclosed": lambda n: "(" * n,
}


@pytest.mark.parametrize("name", [name for name in BRACKETS if name != "unclosed"])
@pytest.mark.parametrize("count", [10, gate.MAX_BRACKETS])
def test_brackets_up_to_the_limit(name: str, count: int) -> None:
    text = BRACKETS[name](count)
    assert check(text) == (count > gate.SAFE_BRACKETS)
    facts = extract(Source.from_bytes(text.encode(), "a.py"))
    assert encode(decode(encode(facts))) == encode(facts)


@pytest.mark.parametrize("name", BRACKETS)
@pytest.mark.parametrize("count", [gate.MAX_BRACKETS + 1, 3_000])
def test_brackets_beyond_the_limit(name: str, count: int) -> None:
    assert f"nested {count} deep" in refused("y = 1\n" + BRACKETS[name](count)).message


def test_the_place_of_too_deep_brackets() -> None:
    error = refused("x = [1]\ny = f(2, " + "[" * 200 + "]" * 200 + ")\n")
    assert (error.line, error.column) == (2, 6)


CHAINS: dict[str, Callable[[int], str]] = {
    "sum": lambda n: "x = 1" + " + 1" * n,
    "power": lambda n: "x = 1" + " ** 1" * n,
    "or": lambda n: "x = a" + " or a" * n,
    "not": lambda n: "x = " + "not " * n + "a",
    "signs": lambda n: "x = " + "-" * n + "a",
    "attributes": lambda n: "x = a" + ".b" * n,
    "calls": lambda n: "x = a" + "()" * n,
    "subscripts": lambda n: "x = a" + "[0]" * n,
    "names with digits called": lambda n: "x = a1" + ".b2()" * (n // 2),
    "lambdas": lambda n: "x = " + "lambda: " * n + "a",
    "conditionals": lambda n: "x = " + "a if b else " * (n // 2) + "c",
    "comprehension": lambda n: "x = [a" + " for a in b" * (n // 2) + "]",
    "import": lambda n: "import a" + ".b" * n,
    "over lines": lambda n: "x = (1" + "\n+ 1" * n + ")",
    "in an argument": lambda n: "f(1, a=b(c, 1" + " + 1" * n + ", d))",
}


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("count", [10, gate.MAX_NESTING - 10])
def test_chains_up_to_the_limit(name: str, count: int) -> None:
    text = CHAINS[name](count)
    assert check(text) == (count > gate.SAFE_NESTING)
    facts = extract(Source.from_bytes(text.encode(), "a.py"))
    assert encode(decode(encode(facts))) == encode(facts)


@pytest.mark.parametrize("name", CHAINS)
@pytest.mark.parametrize("count", [2 * gate.MAX_NESTING, 20_000])
def test_chains_beyond_the_limit(name: str, count: int) -> None:
    assert "an expression is nested" in refused("y = 1\n" + CHAINS[name](count)).message


def test_the_depth_of_brackets_and_chains_adds_up() -> None:
    chain = " + 1" * 60
    assert check("x = " + "(" * 4 + "1" + (chain + ")") * 4)
    refused("x = " + "(" * 5 + "1" + (chain + ")") * 5)


@pytest.mark.parametrize(
    "text",
    [
        "x = [" + "1 + 1, " * 2_000 + "]",
        "x = {" + "'a': b.c(d), " * 1_000 + "}",
        "x = [" + "1,\n" * 2_000 + "]",
        "f(" + "a=1, " * 2_000 + ")",
        "x = " + "y = " * 2_000 + "1",
        "x = 1; " * 2_000,
        "x = 1\n" * 2_000,
        "@a\n" * 1_000 + "def f(): pass\n",
        "try: pass\n" + "except a: pass\n" * 1_000,
        "x = (" + "'a'\n" * 2_500 + ")",
        "match x:\n" + " case 1: pass\n" * 1_000,
        "match x:\n case " + " | ".join(["1"] * 250) + ": pass\n",
        "del " + ", ".join(["a[b[c]]"] * 500),
        "\n" * 20_000 + "x = (" + "\n" * 20_000 + ")" + "#\n" * 20_000,
    ],
)
def test_long_is_not_deep(text: str) -> None:
    extract(Source.from_bytes(text.encode(), "a.py"))


def test_strings_in_a_row() -> None:
    assert check("x = (" + "'a'\n" * 2_500 + ")")
    assert "3000 string literals" in refused("x = (" + "'a'\n" * 3_000 + ")").message


def test_elifs() -> None:
    def branches(count: int, newline: str = "\n") -> str:
        return f"if a: pass{newline}" + f"elif b: pass{newline}" * count

    assert not check(branches(50))
    for newline in ("\n", "\r\n", "\r"):
        text = branches(gate.MAX_ELIFS, newline)
        assert check(text)
        facts = extract(Source.from_bytes(text.encode(), "a.py"))
        assert decode(encode(facts)) == facts
        assert "branches" in refused(branches(gate.MAX_ELIFS + 1, newline)).message
    assert not check(branches(50) * 10)
    refused("x = 1\n" + branches(20_000))


PATTERNS: dict[str, Callable[[int], str]] = {
    "lists": lambda n: "[" * n + "1" + "]" * n,
    "groups": lambda n: "(" * n + "1" + ")" * n,
    "tuples": lambda n: "(" * n + "1" + ",)" * n,
    "classes": lambda n: "A(b=" * n + "1" + ")" * n,
    "mappings": lambda n: "{1:" * n + "1" + "}" * n,
}


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns(name: str) -> None:
    extract(Source.from_bytes(f"match x:\n case {PATTERNS[name](6)}: pass\n".encode(), "a.py"))
    error = refused(f"match x:\n case {PATTERNS[name](20)}: pass\n")
    assert "behind case" in error.message
    assert (error.line, error.column) == (2, 2)
    refused(f"match x:\n case {PATTERNS[name](20)} if y: pass\n")
    refused(f"match x:\n case 1 | {PATTERNS[name](20)}: pass\n")


def test_deletions() -> None:
    extract(Source.from_bytes(b"del ((((((((a, b))))), c)))\n", "a.py"))
    refused("if x: del " + "(" * 30 + "a" + ",)" * 30 + "\n")


@pytest.mark.parametrize(
    "text",
    [
        "case = " + "[" * 30 + "]" * 30,
        "x = case, " + "[" * 30 + "]" * 30,
        "case[0] = " + "[" * 30 + "]" * 30,
        "match x:\n case y: z = " + "[" * 30 + "]" * 30,
        "match x:\n case y:\n  pass\nz = " + "[" * 30 + "]" * 30,
        "del x\nz = " + "[" * 30 + "]" * 30,
    ],
)
def test_brackets_that_only_stand_near_the_word(text: str) -> None:
    extract(Source.from_bytes(text.encode(), "a.py"))
