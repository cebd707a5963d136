"""Statements as facts."""

from __future__ import annotations

from typing import Any

import pytest
from facts_reference import all_facts, extract_text

from fastapi_lint.facts.expressions import Constant, Name, Sequence
from fastapi_lint.facts.statements import Evaluate, Function, If, Import, ImportFrom, Jump, Outer, Return


def statements(text: str) -> tuple[Any, ...]:
    """The statements of a text."""
    return extract_text(text).body


def statement(text: str) -> Any:
    """The only statement of a text."""
    (found,) = statements(text)
    return found


def ids(expressions: Any) -> list[str]:
    """The identifiers of names."""
    return [expression.id for expression in expressions]


def test_pass_leaves_no_trace() -> None:
    assert statements("pass; pass\nif a: pass\n")[0].body == ()
    assert statement("def f(): pass\n").body.statements == ()


def test_imports() -> None:
    assert statements("import a, b . c as d\n") == (Import("a", None, 7, 8), Import("b.c", "d", 10, 20))
    assert statement("from a.b import c as d, e\n") == ImportFrom("a.b", 0, (("c", "d"), ("e", None)), 0, 25)
    assert statement("from . import (a,)\n") == ImportFrom("", 1, (("a", None),), 0, 18)
    assert statement("from .... a import *\n") == ImportFrom("a", 4, (("*", None),), 0, 20)
    assert statements("lazy import a\nlazy from b import c\n") == (
        Import("a", None, 12, 13),
        ImportFrom("b", 0, (("c", None),), 14, 34),
    )


def test_assignments() -> None:
    found = statement("a = b, c = d\n")
    assert isinstance(found.targets[1], Sequence)
    assert (found.targets[0].id, ids(found.targets[1].items), found.value.id) == ("a", ["b", "c"], "d")
    found = statement("a.b: 'int' = 1\n")
    assert (found.target.attr, found.annotation.value, found.value.value) == ("b", "int", 1)
    assert statement("a: int\n").value is None
    for operator in ("+", "-", "*", "/", "//", "%", "@", "&", "|", "^", ">>", "<<", "**"):
        assert statement(f"a {operator}= 1\n").operator == operator


def test_type_alias() -> None:
    found = statement("type A[T: int, *Ts, **P] = list[T]\n")
    assert (found.name, found.type_parameters, found.value.value.id) == ("A", ("T", "Ts", "P"), "list")
    assert statement("type A = int\n").type_parameters == ()


def test_small_statements() -> None:
    assert statement("return_\n") == Evaluate(Name("return_", 0, 7), 0, 7)
    body = statement("while a:\n  break\n  continue\n").body
    assert body == (Jump("break", 11, 16), Jump("continue", 19, 27))
    assert statement("global a, b\n") == Outer("global", ("a", "b"), 0, 11)
    assert statement("def f(): nonlocal a\n").body.statements == (Outer("nonlocal", ("a",), 9, 19),)
    found = statement("raise a from b\n")
    assert (found.exception.id, found.cause.id) == ("a", "b")
    assert (statement("raise\n").exception, statement("raise a\n").cause) == (None, None)
    found = statement("assert a, 'b'\n")
    assert (found.test.id, found.message.value) == ("a", "b")
    assert statement("assert a\n").message is None
    assert statement("def f(): return\n").body.statements == (Return(None, 9, 15),)


@pytest.mark.parametrize("text", ["del a, b\n", "del (a, b)\n", "del a, (b),\n"])
def test_delete(text: str) -> None:
    assert ids(statement(text).targets) == ["a", "b"]


def test_delete_a_list() -> None:
    (target,) = statement("del [a, b]\n").targets
    assert target.form == "list"


def test_if_and_elif() -> None:
    found = statement("if a:\n  b\nelif c:\n  d\nelse:\n  e\n")
    (second,) = found.orelse
    assert isinstance(second, If)
    assert (found.test.id, second.test.id) == ("a", "c")
    assert (second.start, second.end) == (10, 31)
    assert second.orelse == (Evaluate(Name("e", 30, 31), 30, 31),)
    nested = statement("if a: b\nelse:\n  if c: d\n").orelse[0]
    assert nested.test.id == "c"


def test_loops() -> None:
    found = statement("for a, b in c:\n  d\nelse: e\n")
    assert (ids(found.target.items), found.iterable.id, len(found.body), len(found.orelse)) == (["a", "b"], "c", 1, 1)
    assert not found.is_async
    assert statement("async def f():\n  async for a in b: c\n").body.statements[0].is_async
    found = statement("while a: b\nelse: c\n")
    assert (found.test.id, len(found.body), len(found.orelse)) == ("a", 1, 1)


def test_try() -> None:
    found = statement("try: a\nexcept B as c: d\nexcept (E, F): g\nexcept: h\nelse: i\nfinally: j\n")
    assert [handler.name for handler in found.handlers] == ["c", None, None]
    assert (found.handlers[0].type.id, ids(found.handlers[1].type.items), found.handlers[2].type) == (
        "B",
        ["E", "F"],
        None,
    )
    assert (len(found.body), len(found.orelse), len(found.final), found.is_group) == (1, 1, 1, False)
    assert ids(statement("try: a\nexcept B, C: d\n").handlers[0].type.items) == ["B", "C"]
    assert statement("try: a\nexcept* B: c\n").is_group


def test_with() -> None:
    found = statement("with a as b, c: d\n")
    assert [(item.context.id, item.target and item.target.id) for item in found.items] == [("a", "b"), ("c", None)]
    assert len(statement("with (a as b, c,): d\n").items) == 2
    found = statement("with (a, b) as c: d\n")
    assert found.items[0].context.form == "tuple"
    assert statement("async def f():\n  async with a: b\n").body.statements[0].is_async


@pytest.mark.parametrize(
    ("case", "captures", "values", "irrefutable"),
    [
        ("_", [], [], True),
        ("a", ["a"], [], True),
        ("(a)", ["a"], [], True),
        ("a if b", ["a"], [], False),
        ("1 | 'x' | None", [], ["1", "'x'", "None"], False),
        ("-1 | 1+2j | a.b", [], ["-1", "1+2j", "a.b"], False),
        ("[a, *b, *_]", ["a", "b"], [], False),
        ("(a, [b, _])", ["a", "b"], [], False),
        ("a, b,", ["a", "b"], [], False),
        ("*a,", ["a"], [], False),
        ("{'k': v, e.f: 1, **rest}", ["v", "rest"], ["'k'", "e.f", "1"], False),
        ("{}", [], [], False),
        ("A.B(1, c, d=e)", ["c", "e"], ["A.B", "1"], False),
        ("A() as b", ["b"], ["A"], False),
        ("[a, 1] | [a, 2]", ["a"], ["1", "2"], False),
        ("((a) as b)", ["a", "b"], [], False),
    ],
)
def test_case(case: str, captures: list[str], values: list[str], irrefutable: bool) -> None:
    text = f"match x:\n  case {case}: y\n"
    match = statement(text)
    (found,) = match.cases
    assert (match.subject.id, list(found.captures), found.irrefutable) == ("x", captures, irrefutable)
    assert [text[value.start : value.end] for value in found.values] == values
    assert (found.guard is not None) == (" if " in case)


def test_function() -> None:
    text = "@a.b(1)\n@c\nasync def f[T](x: int, *, y: str = 'z') -> T:\n  '''Doc.'''\n  return x\n"
    found = statement(text)
    assert (found.name, found.qualname, found.is_async, found.yields, found.docstring) == (
        "f",
        "f",
        True,
        False,
        "Doc.",
    )
    assert text[found.start :].startswith("async def f") and text[found.name_start :].startswith("f[T]")
    assert text[: found.end].endswith("return x")
    assert [text[d.start : d.end] for d in found.decorators] == ["@a.b(1)", "@c"]
    assert [(p.name, p.form, p.annotation.id) for p in found.parameters] == [
        ("x", "ordinary", "int"),
        ("y", "keyword", "str"),
    ]
    assert (found.returns.id, len(found.body)) == ("T", 2)


def test_class() -> None:
    text = "@a\nclass A[T, *U](B, metaclass=M, **k):\n  'Doc.'\n  x: int\n"
    found = statement(text)
    assert (found.name, found.type_parameters, found.docstring) == ("A", ("T", "U"), "Doc.")
    assert [(b.value.id, b.keyword, b.star) for b in found.bases] == [
        ("B", None, ""),
        ("M", "metaclass", ""),
        ("k", None, "**"),
    ]
    assert text[found.start : found.start + 5] == "class" and text[found.name_start] == "A"
    assert statement("class A: pass\n").bases == statement("class A(): pass\n").bases == ()


def test_qualified_names() -> None:
    text = """\
def f():
    class A:
        def g(self):
            def h(): pass
        class B:
            def i(self): pass
    def j(): pass
class C:
    if x:
        def k(self): pass
def l(): pass
"""
    names = [fact.qualname for fact in all_facts(extract_text(text)) if hasattr(fact, "qualname")]
    assert names == [
        "f",
        "f.<locals>.A",
        "f.<locals>.A.g",
        "f.<locals>.A.g.<locals>.h",
        "f.<locals>.A.B",
        "f.<locals>.A.B.i",
        "f.<locals>.j",
        "C",
        "C.k",
        "l",
    ]


@pytest.mark.parametrize(
    ("body", "yields"),
    [
        ("yield", True),
        ("x = yield", True),
        ("yield from a", True),
        ("for a in b:\n    with c:\n      f(1, (yield))", True),
        ("try: pass\n  finally: yield", True),
        ("return 1", False),
        ("def g(): yield", False),
        ("lambda: (yield)", False),
        ("class A:\n    def g(self): yield", False),
        ("def g(): yield\n  yield", True),
        ("yield\n  def g(): return", True),
        ("def g(a=(yield)): pass", True),
        ("await a", False),
    ],
)
def test_yields(body: str, yields: bool) -> None:
    (found,) = (fact for fact in statements(f"async def f():\n  {body}\n") if isinstance(fact, Function))
    assert found.yields is yields


@pytest.mark.parametrize(
    ("body", "docstring"),
    [
        ("'a'", "a"),
        ("('a' 'b')", "ab"),
        ('"""\n    a\n      b\n    """', "a\n  b"),
        ("r'\\a'", "\\a"),
        ("u'a'", "a"),
        ("'a'; x", "a"),
        ("f'a'", None),
        ("b'a'", None),
        ("t'a'", None),
        ("1", None),
        ("x = 'a'", None),
        ("pass\n  'a'", None),
        ("pass; 'a'", None),
        ("x\n  'a'", None),
        ("...", None),
    ],
)
def test_docstrings(body: str, docstring: str | None) -> None:
    assert statement(f"def f():\n  {body}\n").docstring == docstring
    assert statement(f"class A:\n  {body}\n").docstring == docstring
    if "\n " not in body:
        assert extract_text(f"{body}\n").docstring == docstring
        assert statement(f"def f(): {body}\n").docstring == docstring


def test_nested_functions_are_statements_of_the_body() -> None:
    outer = statement("def f():\n  x = 1\n  def g(): pass\n  return g\n")
    assert [type(fact).__name__ for fact in outer.body] == ["Assign", "Function", "Return"]


def test_values_of_statements_are_where_they_are() -> None:
    assert statement("x = (1)\n").value == Constant(1, 5, 6)
    assert (statement("x = (1)\n").start, statement("x = (1)\n").end) == (0, 7)
