"""Finds the comments of a file: those of Python by the tokenizer, those of other files by their quotes."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from typing import NamedTuple

_LINE_COMMENT = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[^#"'])*(#.*)""")
"""A line of TOML or of a requirements file up to its comment; a hash inside quotes begins none."""


class Comment(NamedTuple):
    """A comment: its text from the hash on, its line, and whether it stands above all code."""

    text: str
    line: int
    is_header: bool


class Comments(NamedTuple):
    """The comments of a file in order, and the line at which the tokenizer gave up (None if it did not)."""

    found: tuple[Comment, ...]
    broken_at: int | None


def python_comments(text: str) -> Comments:
    """The comments of a Python file, as far as it can be tokenized."""
    found: list[Comment] = []
    header = True
    line = 1
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            line = token.end[0]
            if token.type == tokenize.COMMENT:
                found.append(Comment(token.string, token.start[0], header))
            elif token.type not in (tokenize.NL, tokenize.NEWLINE):
                header = False
    except (tokenize.TokenError, SyntaxError):
        return Comments(tuple(found), line)
    return Comments(tuple(found), None)


def line_comments(text: str) -> Comments:
    """The comments of a file in which a hash outside quotes begins one."""
    return Comments(tuple(_line_comments(text)), None)


def _line_comments(text: str) -> Iterator[Comment]:
    header = True
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE_COMMENT.fullmatch(line)
        if match:
            header = header and not line[: match.start(1)].strip()
            yield Comment(match[1], number, header)
        elif line.strip():
            header = False
