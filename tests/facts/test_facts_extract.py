"""Extraction as a whole: comments, lines, faults, odd files."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from facts_reference import extract_text

from fastapi_lint.facts import extract as extract_module
from fastapi_lint.facts.extract import SyntaxFault, Unanalysable, extract
from fastapi_lint.facts.module import Comment
from fastapi_lint.facts.walk import Handlers
from fastapi_lint.syntax import tokens as tokens_module
from fastapi_lint.text.source import Source


def test_the_parts_of_a_module() -> None:
    facts = extract(Source.from_bytes(b"'''Doc.'''\nx = [\n  1,\n]  # noqa: FAL001\n", "a.py"))
    assert facts.docstring == "Doc."
    assert len(facts.body) == 2
    assert facts.line_starts == (0, 11, 17, 22, 40)
    assert facts.long_lines == ((2, 4),)
    assert facts.comments == (Comment("# noqa: FAL001", False, 25, 39),)


@pytest.mark.parametrize(
    ("text", "comments"),
    [
        ("x = 1  # noqa", [("# noqa", False)]),
        ("# NoQA: X", [("# NoQA: X", True)]),
        ("if x:\n    # fastapi-lint: ignore[FAL001]\n    y\n", [("# fastapi-lint: ignore[FAL001]", True)]),
        ("# Public: yes\n\n# other\n#public", [("# Public: yes", True), ("#public", True)]),
        ("# a\n# public: x\n  # b\n# c\ny  # d", [("# public: x", True), ("# b", True), ("# c", True)]),
        ("x  # public: x\n# b\n", [("# public: x", False)]),
        ("x = [\n  1,  # noqa\n  # noqa: A\n]", [("# noqa", False), ("# noqa: A", True)]),
        ("'# noqa'\n'''\n# noqa\n'''\nf'# noqa {x}'\n", []),
        ("x = 1\r# noqa\ry", [("# noqa", True)]),
        ("x = 1  # é 😀 noqa", [("# é 😀 noqa", False)]),
    ],
)
def test_comments_that_may_speak_to_us(text: str, comments: list[tuple[str, bool]]) -> None:
    found = extract_text(text).comments
    assert [(comment.text, comment.standalone) for comment in found] == comments
    assert [text[comment.start : comment.end] for comment in found] == [comment.text for comment in found]


@pytest.mark.parametrize("text", ["", "\n", "# comment", "\x0c", "  \n\t\n", "\\\n\n", "\n# a\n\n"])
def test_files_without_code(text: str) -> None:
    facts = extract_text(text)
    assert (facts.body, facts.docstring) == ((), None)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_change_offsets_and_nothing_else(newline: str) -> None:
    text = "'''a\nb'''\ndef f(a,\n      b):\n  # noqa\n  return '''c\nd''' + a\n"
    changed = text.replace("\n", newline)
    expected, found = extract_text(text), extract_text(changed)
    assert found.docstring == expected.docstring == "a\nb"
    assert found.long_lines == expected.long_lines
    assert found.continued_lines == expected.continued_lines == ((1, 2), (6, 7))
    assert len(found.line_starts) == len(expected.line_starts)

    def line(facts: Any, offset: int) -> int:
        return sum(start <= offset for start in facts.line_starts)

    for ours, theirs in zip(found.body, expected.body, strict=True):
        assert (line(found, ours.start), line(found, ours.end)) == (
            line(expected, theirs.start),
            line(expected, theirs.end),
        )
    (returned,) = found.body[1].body
    assert returned.value.left.value == "c\nd"


def test_characters_beyond_the_basic_plane_count_one() -> None:
    (first, second) = extract_text("x = '😀😀'; y\n").body
    assert (first.end, second.start) == (8, 10)


def test_other_separators_end_no_line() -> None:
    facts = extract_text("x = '\x0b\x1c\x85\u2028'\ny\x0c\n")
    assert facts.line_starts == (0, 11, 14)


def test_a_byte_order_mark_is_not_counted() -> None:
    facts = extract(Source.from_bytes(b"\xef\xbb\xbfx = 1\n", "a.py"))
    assert facts.body[0].start == 0


def test_faults_have_places() -> None:
    with pytest.raises(SyntaxFault) as syntax:
        extract_text("x = 1\ny = = 2\n")
    assert (syntax.value.line, syntax.value.column) == (2, 5)
    with pytest.raises(Unanalysable, match="nested") as unanalysable:
        extract_text("x = 1\n" + "(" * 3_000)
    assert (unanalysable.value.line, unanalysable.value.column) == (2, 1)


def test_indentation_is_as_deep_as_the_parser_allows() -> None:
    text = "".join(" " * level + "if a:\n" for level in range(98)) + " " * 98 + "b\n"
    statement: Any = extract_text(text).body[0]
    for _ in range(97):
        (statement,) = statement.body
    assert statement.body[0].value.id == "b"
    with pytest.raises(SyntaxFault, match="indentation"):
        extract_text("".join(" " * level + "if a:\n" for level in range(120)) + " " * 120 + "b\n")


def test_a_caller_deep_in_the_stack_does_not_matter() -> None:
    def call(depth: int) -> Any:
        return (
            call(depth - 1) if depth else extract_text("x = " + "f(" * 14 + ")" * 14 + "\n" + "if a:\n  if b:\n    c\n")
        )

    frames = len(_frames())
    assert len(call(sys.getrecursionlimit() - frames - 60).body) == 2


def _frames() -> list[Any]:
    frame, found = sys._getframe(), []
    while frame is not None:
        found.append(frame)
        frame = frame.f_back
    return found


def test_unknown_nodes_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unanalysable, match="unknown kind of syntax: int"):
        Handlers({})[int]


def test_disagreement_with_the_tokens_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(text: str) -> tokens_module.Tokens:
        return tokens_module.tokenise(text.replace("f()", "f"))

    monkeypatch.setattr(extract_module, "tokenise", wrong)
    for text in ("f()\n", "x = 1; f()\n", "f()()\n"):
        with pytest.raises(Unanalysable, match="disagree"):
            extract_text(text)
