"""Expressions as facts: their shape, and what is folded, flattened or left out."""

from __future__ import annotations

from typing import Any

import pytest
from facts_reference import extract_text

from fastapi_lint.facts.expressions import (
    Argument,
    Attribute,
    Await,
    Bytes,
    Call,
    Clause,
    Comparison,
    Comprehension,
    Conditional,
    Constant,
    Format,
    FormattedString,
    Lambda,
    Mapping,
    Name,
    Opaque,
    Operation,
    Parameter,
    Sequence,
    Slice,
    Starred,
    Subscript,
    Unary,
    Walrus,
    Yield,
)


def fact(text: str) -> Any:
    """The fact of an expression that stands alone."""
    (statement,) = extract_text(text).body
    return statement.value


A, B = Name("a", 0, 1), Name("b", 4, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("(a)", Name("a", 1, 2)),
        ("None", Constant(None, 0, 4)),
        ("True", Constant(True, 0, 4)),
        ("1_0", Constant(10, 0, 3)),
        ("1.5", Constant(1.5, 0, 3)),
        ("1j", Opaque("1j", 0, 2)),
        ("...", Opaque("...", 0, 3)),
        ("a.b", Attribute(A, "b", 0, 3)),
        ("a [b]", Subscript(A, Name("b", 3, 4), 0, 5)),
        ("a[b,]", Subscript(A, Sequence("tuple", (Name("b", 2, 3),), 2, 4), 0, 5)),
        ("a[1:, b]", Subscript(A, Sequence("tuple", (
            Slice(Constant(1, 2, 3), None, None, 2, 4),
            Name("b", 6, 7),
        ), 2, 7), 0, 8)),
        ("a[::b]", Subscript(A, Slice(None, None, Name("b", 4, 5), 2, 5), 0, 6)),
        ("a[*b]", Subscript(A, Starred(Name("b", 3, 4), 2, 4), 0, 5)),
        ("a + b", Operation("+", A, B, 0, 5)),
        ("a**-b", Operation("**", A, Unary("-", B, 3, 5), 0, 5)),
        ("not a", Unary("not", Name("a", 4, 5), 0, 5)),
        ("-1", Unary("-", Constant(1, 1, 2), 0, 2)),
        ("a if b else c", Conditional(Name("b", 5, 6), A, Name("c", 12, 13), 0, 13)),
        ("(a := 1)", Walrus(Name("a", 1, 2), Constant(1, 6, 7), 1, 7)),
        ("[a, *b]", Sequence("list", (Name("a", 1, 2), Starred(Name("b", 5, 6), 4, 6)), 0, 7)),
        ("(a, b)", Sequence("tuple", (Name("a", 1, 2), Name("b", 4, 5)), 1, 5)),
        ("()", Sequence("tuple", (), 1, 1)),
        ("{a}", Sequence("set", (Name("a", 1, 2),), 0, 3)),
        ("{a: b, **c}", Mapping(((Name("a", 1, 2), Name("b", 4, 5)), (None, Name("c", 9, 10))), 0, 11)),
        ("f(a, *b, c=1, **d)", Call(Name("f", 0, 1), (
            Argument(Name("a", 2, 3), None, "", 2, 3),
            Argument(Name("b", 6, 7), None, "*", 5, 7),
            Argument(Constant(1, 11, 12), "c", "", 9, 12),
            Argument(Name("d", 16, 17), None, "**", 14, 17),
        ), 0, 18)),
    ],
)  # fmt: skip
def test_shapes(text: str, expected: Any) -> None:
    assert fact(text) == expected


def test_chained_comparison() -> None:
    found = fact("a < b not  in c is\tnot d is e")
    assert isinstance(found, Comparison)
    assert found.operators == ("<", "not in", "is not", "is")
    assert [operand.id for operand in (found.left, *found.operands)] == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("'a' \"b\" '''c'''", "abc", 15),
        ("('a'\n  r'\\n')", "a\\n", 12),
        ("'a\\x41\\n\\u00e9\\N{EN DASH}'", None, None),
        ("'it''s'", "its", 7),
    ],
)
def test_adjacent_strings_are_one_constant(text: str, value: str | None, end: int | None) -> None:
    found = fact(text)
    assert isinstance(found, Constant)
    if value is not None:
        assert (found.value, found.end) == (value, end)


def test_bytes() -> None:
    assert fact("b'a\\xff' rb'\\d'") == Bytes("a\xff\\d", 0, 15)


def test_formatted_string() -> None:
    assert fact("f'a{b}c'") == FormattedString((Constant("a", 2, 3), Name("b", 4, 5), Constant("c", 6, 7)), 0, 8)
    assert fact("f''") == FormattedString((), 0, 3)
    assert fact("f'{{\\n}}'").parts == (Constant("{\n}", 2, 8),)
    assert fact("rf'\\n'").parts == (Constant("\\n", 3, 5),)
    assert fact("f'{a!r:>{b}.{c}}'").parts == (
        Name("a", 3, 4),
        Format("!r:>{b}.{c}", 4, 15),
        Name("b", 9, 10),
        Name("c", 13, 14),
    )
    assert fact("f'{a=}'").parts == (Name("a", 3, 4), Format("=", 4, 5))
    assert fact("f'{a!s}'").parts == (Name("a", 3, 4),)
    assert fact("f'{a[\"b\"]}'").parts == (Subscript(Name("a", 3, 4), Constant("b", 5, 8), 3, 9),)


def test_formatted_string_in_a_concatenation() -> None:
    found = fact("'a' f'{b}' 'c'")
    assert found == FormattedString((Constant("a", 0, 3), Name("b", 7, 8), Constant("c", 11, 14)), 0, 14)


@pytest.mark.parametrize("text", ["t'{a}'", "rt'a'", "t'{a}' t'{b}'", "t'a' 'b'", "tr'\\d{a}'"])
def test_template_strings_are_opaque(text: str) -> None:
    assert fact(text) == Opaque(text, 0, len(text))


def test_huge_integers_are_opaque() -> None:
    assert type(fact("9" * 6_000)) is Opaque
    assert type(fact("0x" + "f" * 6_000)) is Opaque
    assert fact("9" * 400).value == int("9" * 400)


def test_generator_argument() -> None:
    (argument,) = fact("f(a for a in b)").arguments
    assert argument.value == Comprehension(
        "generator",
        Name("a", 2, 3),
        None,
        (Clause(Name("a", 8, 9), Name("b", 13, 14), (), False, 4, 14),),
        2,
        14,
    )


def test_comprehensions() -> None:
    found = fact("{a: b for a in c if d if e async for b in f}")
    assert (found.form, found.element.id, found.value.id) == ("dict", "a", "b")
    first, second = found.clauses
    assert ([c.id for c in first.conditions], first.is_async, second.is_async) == (["d", "e"], False, True)
    assert fact("[a for a in b]").form == "list"
    assert fact("{a for a in b}").form == "set"
    assert fact("{**a for a in b}").element == Starred(Name("a", 3, 4), 1, 4)


def test_lambda_and_parameters() -> None:
    found = fact("lambda a, /, b=1, *c, d, **e: a")
    assert isinstance(found, Lambda)
    assert [(p.name, p.form) for p in found.parameters] == [
        ("a", "positional"),
        ("b", "ordinary"),
        ("c", "*"),
        ("d", "keyword"),
        ("e", "**"),
    ]
    assert found.parameters[1] == Parameter("b", None, Constant(1, 15, 16), "ordinary", 13, 14)
    assert (found.parameters[2].start, found.parameters[2].end) == (18, 20)
    assert [p.form for p in fact("lambda *, a: a").parameters] == ["keyword"]
    assert fact("lambda: 0").parameters == ()


def test_await_and_yield() -> None:
    (function,) = extract_text("async def f():\n  await a\n  yield\n  yield a\ndef g(): yield from a\n").body[:1]
    awaited, empty, full = [statement.value for statement in function.body]
    assert isinstance(awaited, Await) and awaited.value.id == "a"
    assert isinstance(empty, Yield) and (empty.value, empty.delegates) == (None, False)
    assert (full.value.id, full.delegates) == ("a", False)


def test_keyword_of_a_call() -> None:
    call = fact("f(1, a=2, **b)")
    assert call.keyword("a") == Constant(2, 7, 8)
    assert call.keyword("b") is None


def test_names_stand_where_they_stand() -> None:
    text = "x = f(a)(b)[c].d + 'é😀' + é(नमस्ते, k=[1, {'z': (w)}])\n"
    names = []

    def collect(value: Any) -> None:
        if isinstance(value, Name):
            names.append(value)
        elif isinstance(value, tuple):
            for part in value:
                collect(part)

    collect(extract_text(text).body)
    assert {text[name.start : name.end] for name in names} == {name.id for name in names}
    assert {name.id for name in names} == {"x", "f", "a", "b", "c", "é", "नमस्ते", "w"}
