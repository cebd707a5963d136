"""Literal texts and what they are bound to."""

from __future__ import annotations

import pytest
from running import linked

from fastapi_lint.model.security.constants import NamedText, named_texts


def texts(source: str) -> list[NamedText]:
    (module,) = linked({"app.py": source}).interpreter.linker.modules.values()
    return named_texts(module)


def bindings(source: str) -> list[tuple[str, str, str]]:
    return [(text.value, text.binding, text.name) for text in texts(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 'x'", [("x", "assignment", "a")]),
        ("a.b = 'x'", [("x", "assignment", "b")]),
        ("a['k'] = 'x'", [("k", "", ""), ("x", "assignment", "k")]),
        ("a, b = 'x', 'y'", [("x", "assignment", "a"), ("y", "assignment", "b")]),
        ("a: str = 'x'", [("x", "assignment", "a")]),
        ("a = b'x'", [("x", "assignment", "a")]),
        ("a = f'x{b}y'", [("x{}y", "assignment", "a")]),
        ("a = Field(default='x', title='t')", [("x", "assignment", "a"), ("t", "keyword", "title")]),
        ("a = SecretStr('x')", [("x", "assignment", "a")]),
        ("a = 'x'.encode()", [("x", "assignment", "a")]),
        ("a = b or 'x'", [("x", "assignment", "a")]),
        ("a = 'x' + 'y' + 'z'", [("xyz", "assignment", "a")]),
        ("a = 'x' + b + 'y'", [("x", "", ""), ("y", "", "")]),
        ("a = 'x' if b else 'y'", [("x", "assignment", "a"), ("y", "assignment", "a")]),
        ("import os\na = os.getenv('A_KEY', 'x')", [("A_KEY", "argument", ""), ("x", "fallback", "A_KEY")]),
        ("from os import environ as e\na = e.get('k', 'x')", [("k", "argument", ""), ("x", "fallback", "k")]),
        ("a = config('A_KEY', default='x')", [("A_KEY", "argument", ""), ("x", "fallback", "A_KEY")]),
        ("a = getattr(settings, 'KEY', 'x')", [("KEY", "argument", ""), ("x", "fallback", "KEY")]),
        ("a = lookup('key', 'x')", [("key", "argument", ""), ("x", "argument", "")]),
        ("f(k='x')", [("x", "keyword", "k")]),
        ("a = {'k': 'x'}", [("x", "item", "k")]),
        ("def f(k='x'): pass", [("x", "parameter", "k")]),
        ("def f(k=Header('x')): pass", [("x", "parameter", "k")]),
        ("def f():\n    k = 'x'", [("x", "assignment", "k")]),
        ("if a.k == 'x': pass", [("x", "comparison", "k")]),
        ("if 'x' != a.get('k'): pass", [("x", "comparison", "k"), ("k", "argument", "")]),
        ("if k in ('x', 'y'): pass", [("x", "", ""), ("y", "", "")]),
        ("'''doc'''\n'text'", []),
        ("def f(a: 'User') -> 'User':\n    '''doc'''", []),
    ],
)
def test_binding(source: str, expected: list[tuple[str, str, str]]) -> None:
    assert bindings(source) == expected


def test_names_from_the_outside_in() -> None:
    (text,) = texts("model_config = {'json_schema_extra': {'example': {'password': 'x'}}}")
    assert text.names == ("model_config", "json_schema_extra", "example", "password")


def test_callees_with_imports_resolved() -> None:
    (text,) = texts("from jose import jwt as j\nj.encode(payload, 'x')")
    assert (text.callee, text.position) == ("jose.jwt.encode", 1)


def test_enumerations() -> None:
    found = texts("import enum\nclass A(str, enum.Enum):\n    X = 'x'\nclass B:\n    Y = 'y'")
    assert [text.in_enum for text in found] == [True, False]


def test_short_texts_are_left_out() -> None:
    (module,) = linked({"app.py": "a = 'ab'\nb = 'abc'"}).interpreter.linker.modules.values()
    assert [text.value for text in named_texts(module, min_length=3)] == ["abc"]
