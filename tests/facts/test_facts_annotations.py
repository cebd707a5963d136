"""Expressions in strings: both parsers say the same, and the usual ones need no libcst."""

from __future__ import annotations

import subprocess
import sys

import pytest

from fastapi_lint.facts import annotations
from fastapi_lint.facts.annotations import parse_expression
from fastapi_lint.facts.expressions import Constant, Name, Operation, Subscript
from fastapi_lint.facts.extract import extract_expression

USUAL = [
    "User",
    "list[User] | None",
    "a.b.C",
    " a.b [c] ",
    "dict[str, list[int]]",
    "X[a,]",
    "int, str",
    "int, str,",
    "x[ a , b ]",
    "Annotated[int, Gt(0)]",
    "Annotated[int, Field(gt=-1, le = 2.5)]",
    "f(x, y=1)",
    "f(x,)",
    "f()",
    "A.f(B.c[d])(e)",
    "Literal['a', \"b\" 'c']",
    "Literal[1, 1.5, True, None]",
    "Callable[[int, str], None]",
    "Callable[..., A]",
    "'quoted'",
    "X['Y']",
    "a |b|c",
    "- 1",
    "a[1,2][3]",
    "1e999",
]
UNUSUAL = [
    "X[*Ts]",
    "X[a:b]",
    "tuple[()]",
    "(a)",
    "(a) | b",
    "f((a), (b))",
    "a if b else c",
    "not a",
    "lambda: 1",
    "f'{a}'",
    "b'a'",
    "a\n | b",
    "\n  a\n",
    "a  # comment",
    "é[b]",
    "'😀' | a",
    "a + b",
    "{a: b}",
    "[x for x in y]",
    "x == y",
    "f(*a, **b)",
    'Annotated[int, f"{x}"]',
    "a" + " | a" * 55,
]
NONE = ["", " ", "a b", "a:b", "x = 1", "print 1", "a)+(b", "(", "a]", "'", "*", "a[", "?", "\x00", "pass",
        "(" * 200 + ")" * 200, "a" + ".b" * 5_000, "-" * 5_000 + "1"]  # fmt: skip


@pytest.mark.parametrize("text", USUAL)
def test_usual_expressions(text: str) -> None:
    assert annotations._is_plain(text)
    found = annotations._parse_with_python(text)
    assert found is not None
    assert repr(found) == repr(extract_expression(text)) == repr(parse_expression(text))


@pytest.mark.parametrize("text", UNUSUAL)
def test_unusual_expressions(text: str) -> None:
    found = parse_expression(text)
    assert found is not None
    assert found == extract_expression(text)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_expression(text: str) -> None:
    assert parse_expression(text) is None
    assert extract_expression(text) is None


def test_offsets_are_relative_to_the_text() -> None:
    assert parse_expression(" list[User]|None") == Operation(
        "|",
        Subscript(Name("list", 1, 5), Name("User", 6, 10), 1, 11),
        Constant(None, 12, 16),
        1,
        16,
    )


def test_an_expression_is_parsed_once() -> None:
    assert parse_expression("A[B]") is parse_expression("A[B]")


def test_usual_expressions_do_without_libcst() -> None:
    script = (
        "import sys\n"
        "from fastapi_lint.facts.annotations import parse_expression\n"
        "from fastapi_lint.facts.codec import decode\n"
        f"for text in {USUAL!r} + {NONE[:6]!r}: parse_expression(text)\n"
        "print(sorted({'libcst', 'fastapi_lint.facts.extract'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
