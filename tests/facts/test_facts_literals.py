"""Values of literals: the same as Python's."""

from __future__ import annotations

import ast
import warnings

import pytest

from fastapi_lint.facts.literals import bytes_value, number_value, split_prefix, string_value

STRINGS = [
    r"''",
    r"'a'",
    r'"""a"b"""',
    r"'''a''b'''",
    r"'\n\t\r\a\b\f\v\\\'\"'",
    r"'\0\7\12\101\400\777\1234'",
    r"'\x41\xff\u00e9\U0001F600'",
    r"'\N{LATIN SMALL LETTER E WITH ACUTE}\N{en dash}'",
    r"'\d\ \{\%'",
    r"r'\n\x\'\\'",
    r"R'\d'",
    r"u'\u00e9'",
    r"'\ud800'",
    "'a\\\nb'",
    "'''a\nb\\\nc'''",
    "'é😀\u2028'",
    r"b''",
    r"b'a\n\x41\101\400\\'",
    r"rb'\n\x'",
    r"bR'\n'",
    r"b'\u1234\N{EN DASH}\d'",
]


@pytest.mark.parametrize("literal", STRINGS)
def test_strings(literal: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = ast.literal_eval(literal)
    prefix, content = split_prefix(literal)
    raw = "r" in prefix
    if isinstance(expected, bytes):
        assert bytes_value(content, raw) == expected.decode("latin-1")
    else:
        assert string_value(content, raw) == expected


def test_newlines_are_as_python_reads_them() -> None:
    assert string_value("a\r\nb\rc\nd", False) == "a\nb\nc\nd"
    assert string_value("a\\\r\nb\\\rc", False) == "abc"
    assert string_value("a\\\r\nb", True) == "a\\\nb"
    assert bytes_value("a\r\nb", False) == "a\nb"


def test_escapes_that_python_rejects_stay() -> None:
    for escape in (r"\x4", r"\u12", r"\N{NO SUCH CHARACTER}", r"\U99999999", r"\N"):
        assert string_value(escape, False) == escape


@pytest.mark.parametrize("text", ["'", "''", "'''", "r''", "f'", '""""a"""', "''''''"])
def test_prefixes(text: str) -> None:
    prefix, content = split_prefix(text) if len(text) > 3 or text in ("''", "r''") else ("", "")
    assert prefix in ("", "r") and "'" not in content


@pytest.mark.parametrize(
    "literal",
    [
        "0",
        "00",
        "1_000",
        "0x_fF",
        "0XFF",
        "0b1_0",
        "0B1",
        "0o17",
        "0O7",
        "1.",
        ".5",
        "1_0.0_1",
        "1e5",
        "1E-5",
        "1.5e+3",
        "1e999",
    ],
)
def test_numbers(literal: str) -> None:
    value = number_value(literal)
    assert repr(value) == repr(ast.literal_eval(literal))


def test_absurd_numbers() -> None:
    assert number_value("1" * 501) is None
    assert number_value("0x" + "f" * 500) is None
    assert number_value("1" * 501 + ".0") == float("inf")
