"""Tests of reading expectations."""

from __future__ import annotations

import pytest

from fastapi_lint.testing.comments import python_comments
from fastapi_lint.testing.expectations import ExpectationError, Kind, read_expectations


def read(text: str, path: str = "case.py") -> list[tuple[str, str, str, int]]:
    return [(one.kind.value, one.code, one.message, one.line) for one in read_expectations(path, text)]


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("# error: FAL121", [("error", "FAL121", "", 1)]),
        ("#error:FAL121", [("error", "FAL121", "", 1)]),
        ('# error: FAL121 "part"', [("error", "FAL121", "part", 1)]),
        ("# ok: FAL121", [("ok", "FAL121", "", 1)]),
        ("# todo-error: FAL121", [("todo-error", "FAL121", "", 1)]),
        ("# todo-ok: FAL121", [("todo-ok", "FAL121", "", 1)]),
        ("# error: FAL121; FAL122", [("error", "FAL121", "", 1), ("error", "FAL122", "", 1)]),
        ("# error: FAL121; FAL121", [("error", "FAL121", "", 1)] * 2),
        ('# error: FAL121 "a; # b"; FAL122', [("error", "FAL121", "a; # b", 1), ("error", "FAL122", "", 1)]),
        ('# error: FAL121 "say \\"hi\\" \\\\"', [("error", "FAL121", 'say "hi" \\', 1)]),
        ("# error: FAL121  # ok: FAL122", [("error", "FAL121", "", 1), ("ok", "FAL122", "", 1)]),
        ("# error: FAL121  # for a reason", [("error", "FAL121", "", 1)]),
        ("# noqa: FAL1  # error: FAL003", [("error", "FAL003", "", 1)]),
        ("# error[+1]: FAL121", [("error", "FAL121", "", 2)]),
        ("# todo-ok[-1]: FAL121", [("todo-ok", "FAL121", "", 0)]),
        ("# no error: here", []),
        ("# an ordinary comment about FAL121", []),
    ],
)
def test_forms(comment: str, expected: list[tuple[str, str, str, int]]) -> None:
    assert read(f"x = 1  {comment}\n") == expected


@pytest.mark.parametrize(
    "comment",
    [
        "# error:",
        "# error: shadowed-route",
        "# error: FAL12",
        "# error: FAL121 because",
        "# error: FAL121 FAL122",
        "# error: FAL121;",
        '# error: FAL121 "open',
        "# ok: fine",
    ],
)
def test_malformed_ones_are_refused_with_their_place(comment: str) -> None:
    with pytest.raises(ExpectationError, match=r"case\.py:2: expected a code"):
        read(f"\nx = 1  {comment}\n")


def test_comments_only_not_strings() -> None:
    text = 'a = "# error: FAL121"\nb = """\n# error: FAL121\n"""  # error: FAL122\nc = f"{1} # error: FAL121"\n'
    assert read(text) == [("error", "FAL122", "", 4)]


def test_lines_of_continued_statements() -> None:
    text = "f(  # error: FAL101\n    1,  # ok: FAL102\n)\n"
    assert read(text) == [("error", "FAL101", "", 1), ("ok", "FAL102", "", 2)]


def test_line_comments_of_other_files() -> None:
    text = "name = \"a # error: FAL101\"  # error: FAL005\n# error[+1]: FAL321\nb = '#'\n"
    assert read(text, "pyproject.toml") == [("error", "FAL005", "", 1), ("error", "FAL321", "", 3)]
    assert read("pyjwt==1.0  # error: FAL321\n", "requirements.txt") == [("error", "FAL321", "", 1)]
    assert read("x  # error: FAL321\n", "README.md") == []


def test_broken_files_may_announce_their_fault_above_it() -> None:
    assert read("# error[+2]: FAL001\n\nx = (\n") == [("error", "FAL001", "", 3)]
    assert read("# error[+1]: FAL001\ndef f(:\n    pass\n") == [("error", "FAL001", "", 2)]


def test_expectations_that_the_tokenizer_does_not_reach_are_refused() -> None:
    with pytest.raises(ExpectationError, match=r"case\.py:3: the file cannot be tokenized this far"):
        read('x = """\ny = 1\nz = 2  # error: FAL001\n')


def test_header_comments_stand_above_all_code() -> None:
    comments = python_comments("# a\n\n# b\nx = 1  # c\n# d\n").found
    assert [(comment.text, comment.is_header) for comment in comments] == [
        ("# a", True),
        ("# b", True),
        ("# c", False),
        ("# d", False),
    ]


def test_kinds_are_those_of_the_design() -> None:
    assert [kind.value for kind in Kind] == ["error", "ok", "todo-error", "todo-ok"]
