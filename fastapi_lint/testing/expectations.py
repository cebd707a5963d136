"""Expectations: comments in a fixture that say which findings stand on their line.

``# error: FAL121`` and ``# error: FAL121 "part of the message"`` announce a finding, ``# ok: FAL121`` a near miss that
stays silent, ``# todo-error:`` a known miss and ``# todo-ok:`` a known false alarm. Several codes are parted by ``;``,
several expectations on one line just follow each other. ``# error[+1]: FAL001`` speaks of the next line, ``[-2]`` of
the one two lines up, for lines that cannot hold a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import PurePosixPath
from typing import NamedTuple

from fastapi_lint.testing.comments import Comments, line_comments, python_comments

COMMENTED_SUFFIXES = frozenset({".toml", ".txt", ".in", ".cfg", ".ini", ".lock"})
"""Files besides Python whose comments may hold expectations."""

_DIRECTIVE = re.compile(r"#\s*(?P<kind>error|ok|todo-error|todo-ok)(?:\[(?P<offset>[+-]\d+)\])?:")
_ITEM = re.compile(r"""\s*(?P<code>FAL\d{3})(?:\s+"(?P<message>(?:\\.|[^"\\])*)")?\s*(?P<end>;|\#|$)""")


class Kind(str, Enum):
    """What an expectation says."""

    ERROR = "error"
    OK = "ok"
    TODO_ERROR = "todo-error"
    TODO_OK = "todo-ok"


class Expectation(NamedTuple):
    """One expected finding, or silence. ``message`` is a part of the finding's message ("" for any)."""

    kind: Kind
    code: str
    message: str
    path: str
    line: int


class ExpectationError(ValueError):
    """An expectation that cannot be read; the message names file and line."""


def read_expectations(path: str, text: str) -> tuple[Expectation, ...]:
    """The expectations in a file, in order.

    Args:
        path: relative to the case's root; its suffix says what kind of file it is.
        text: the content.

    Raises:
        ExpectationError: a comment looks like an expectation and cannot be read, or stands where the tokenizer does not
            get to.
    """
    suffix = PurePosixPath(path).suffix
    if suffix == ".py":
        comments = python_comments(text)
        _check_reach(path, text, comments)
    elif suffix in COMMENTED_SUFFIXES:
        comments = line_comments(text)
    else:
        return ()
    return tuple(expectation for comment in comments.found for expectation in _parse(comment.text, path, comment.line))


def _parse(comment: str, path: str, line: int) -> Iterator[Expectation]:
    """The expectations in one comment."""
    for directive in _DIRECTIVE.finditer(comment):
        position, end = directive.end(), ";"
        while end == ";":
            item = _ITEM.match(comment, position)
            if item is None:
                rest = comment[position:].strip()
                raise ExpectationError(
                    f'{path}:{line}: expected a code such as FAL121, or FAL121 "part of the message", not {rest!r}'
                )
            message = re.sub(r"\\(.)", r"\1", item["message"] or "")
            yield Expectation(
                Kind(directive["kind"]), item["code"], message, path, line + int(directive["offset"] or 0)
            )
            position, end = item.end(), item["end"]


def _check_reach(path: str, text: str, comments: Comments) -> None:
    """Refuse expectations in the part of a broken file that the tokenizer does not see."""
    if comments.broken_at is None:
        return
    seen = {comment.line for comment in comments.found}
    for number, line in enumerate(text.splitlines(), 1):
        if number not in seen and _DIRECTIVE.search(line) and number >= comments.broken_at:
            raise ExpectationError(
                f"{path}:{number}: the file cannot be tokenized this far; put the expectation above the fault, "
                "with the distance in lines: # error[+3]: FAL001"
            )
