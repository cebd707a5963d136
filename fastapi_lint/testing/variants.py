"""Other ways to write the same case: with other line ends, encodings and indentation, or noqa comments."""

from __future__ import annotations

import io
import re
import tokenize
from codecs import BOM_UTF8
from collections.abc import Callable, Collection, Mapping

from fastapi_lint.testing.cases import decode, is_python

_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_INDENTATION = 4
_SPACES = re.compile(r"^ +", re.MULTILINE)
_NOQA = re.compile(r"#\s*noqa", re.I)


class NotApplicable(Exception):
    """A variant that a case cannot have; the message says why."""


def with_crlf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The case with CRLF at the end of each line of its Python files.

    Raises:
        NotApplicable: all files have carriage returns already.
    """
    return _transformed(files, lambda data: None if b"\r" in data else data.replace(b"\n", b"\r\n"), "line feeds only")


def with_bom(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The case with a byte order mark before each of its Python files.

    Raises:
        NotApplicable: all files have one, or declare another encoding than UTF-8.
    """

    def marked(data: bytes) -> bytes | None:
        cookies = [match[1] for line in data.split(b"\n")[:2] if (match := _COOKIE.match(line))]
        if data.startswith(BOM_UTF8) or not all(cookie.lower() in (b"utf-8", b"utf8") for cookie in cookies):
            return None
        return BOM_UTF8 + data

    return _transformed(files, marked, "UTF-8 without byte order mark")


def in_latin_1(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The case in Latin-1, which a comment above the code says, without line end behind the last line.

    Raises:
        NotApplicable: no file is plain UTF-8 that Latin-1 has the characters of.
    """

    def encoded(data: bytes) -> bytes | None:
        text = python_text(data)
        if text is None:
            return None
        try:
            return f"# -*- coding: latin-1 -*- \xe9\n{text}".encode("latin-1").rstrip(b"\n")
        except UnicodeEncodeError:
            return None

    return _transformed(files, encoded, "UTF-8 with characters of Latin-1 only")


def with_tabs(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The case indented by tabs, with characters beyond the basic plane of Unicode above the code.

    Raises:
        NotApplicable: no file is plain UTF-8 and indented by four spaces.
    """

    def indented(data: bytes) -> bytes | None:
        text = python_text(data)
        if text is None or any(len(spaces) % _INDENTATION for spaces in _SPACES.findall(text)):
            return None
        tabs = _SPACES.sub(lambda match: "\t" * (len(match[0]) // _INDENTATION), text)
        return f"# \U0001d518\U0001f40d\n{tabs}".encode()

    return _transformed(files, indented, "UTF-8 indented by four spaces")


def _transformed(
    files: Mapping[str, bytes], transform: Callable[[bytes], bytes | None], wanted: str
) -> dict[str, bytes]:
    """The files, with the Python ones transformed where that is possible."""
    result = dict(files)
    for path, data in files.items():
        if is_python(path):
            new = transform(data)
            result[path] = data if new is None else new
    if result == dict(files):
        raise NotApplicable(f"no Python file of the case is of {wanted}")
    return result


def with_noqa(text: str, codes: Mapping[int, Collection[str]]) -> tuple[str, frozenset[int]]:
    """The text of a module with ``# noqa: CODE`` comments added.

    Args:
        text: the text, with line feeds.
        codes: what to silence, by line.

    Returns:
        The new text and the lines that were silenced: not those that have a noqa comment already, nor those for which
        there is no place.
    """
    ends = _comment_lines(text)
    lines = text.split("\n")
    wanted: dict[int, set[str]] = {}
    silenced: set[int] = set()
    for line, of_line in codes.items():
        target = ends.get(line)
        if target is not None and not _NOQA.search(lines[target - 1]):
            wanted.setdefault(target, set()).update(of_line)
            silenced.add(line)
    for line, of_line in wanted.items():
        lines[line - 1] += f"  # noqa: {', '.join(sorted(of_line))}"
    return "\n".join(lines), frozenset(silenced)


def _comment_lines(text: str) -> dict[int, int]:
    """For each line, the line of the same logical line at whose end a comment can stand.

    That is the line itself, unless it ends within a string or is continued by a backslash. Lines from which on the text
    cannot be tokenized are left out.
    """
    lines = text.split("\n")
    inside: set[int] = set()
    commented: set[int] = set()
    opened: list[int] = []
    reached = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = tokenize.tok_name[token.type]
            reached = max(reached, token.end[0])
            if kind == "COMMENT":
                commented.add(token.start[0])
            elif kind == "STRING":
                inside.update(range(token.start[0], token.end[0]))
            elif kind.endswith("STRING_START"):
                opened.append(token.start[0])
            elif kind.endswith("STRING_END"):
                inside.update(range(opened.pop(), token.end[0]))
    except (tokenize.TokenError, SyntaxError):
        reached -= 1
    blocked = inside | {
        number for number, line in enumerate(lines, 1) if line.endswith("\\") and number not in commented
    }
    result: dict[int, int] = {}
    for number in range(min(reached, len(lines)), 0, -1):
        if number not in blocked:
            result[number] = number
        elif number + 1 in result:
            result[number] = result[number + 1]
    return result


def python_text(data: bytes) -> str | None:
    """The text of a Python file that is plain UTF-8 with line feeds; None for others, which variants leave alone."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if b"\r" in data or data.startswith(BOM_UTF8) else decode(data)
