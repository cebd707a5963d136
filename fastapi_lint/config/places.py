"""Where in a TOML file something is said, since the parser of the standard library does not tell.

The text is known to be TOML, so its tokens are enough: headers and keys give each value its path, brackets and quotes
say where a value ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi_lint.config.files import parse_toml
from fastapi_lint.text.location import Position, position_at

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|' + r"'''.*?'{3,5}(?!')|"
    r'"(?:\\.|[^"\\\n])*"|' + r"'[^'\n]*'|"
    r"\#[^\n]*|[\[\]{}=.,\n]|[^\s\[\]{}=.,#\"']+",
    re.S,
)
_OPENING, _CLOSING = "[{", "]}"


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a bare key, a string, a number and so on."""
        return self.text[0] not in "[]{}=.,\n#"

    @property
    def value(self) -> object:
        """What it says as a key or a string."""
        return parse_toml(f"x = {self.text}", "")["x"] if self.text[0] in "\"'" else self.text


@dataclass(frozen=True, slots=True)
class _Entry:
    """A ``key = value``: the path of the key, its tokens and those of the value."""

    path: tuple[object, ...]
    key: tuple[_Token, ...]
    content: tuple[_Token, ...]


def place_in(text: str, path: Sequence[str], value: str) -> tuple[Position, Position]:
    """Where a file says ``value`` under a key: beginning and end (exclusive).

    Args:
        text: of the file, valid TOML.
        path: the key, from the top level of the file on.
        value: a string in its value, or a key in its table.

    Returns:
        The place of the string or the key; where it is not found, that of the nearest key around it, or the first
        character of the file.
    """
    wanted = (*path, value)
    around = [entry for entry in _entries(text) if entry.path == wanted[: len(entry.path)]]
    for entry in around:
        found = [token for token in (*entry.key, *entry.content) if token.is_word and token.value == value]
        if found:
            return _positions(text, found[-1].start, found[-1].end)
    if around:
        return _positions(text, around[0].key[0].start, around[0].key[-1].end)
    return Position(1, 1), Position(1, 2)


def _positions(text: str, start: int, end: int) -> tuple[Position, Position]:
    lines = (0, *(matched.end() for matched in re.finditer("\n", text)))
    return position_at(lines, start), position_at(lines, end)


def _entries(text: str) -> Iterator[_Entry]:
    """The entries of a file, in order."""
    header: tuple[object, ...] = ()
    for statement in _statements(text):
        if statement[0].text == "[":
            header = _path(statement)
            continue
        equals = next(index for index, token in enumerate(statement) if token.text == "=")
        key, content = statement[:equals], statement[equals + 1 :]
        yield _Entry((*header, *_path(key)), tuple(key), tuple(content))


def _path(tokens: Sequence[_Token]) -> tuple[object, ...]:
    return tuple(token.value for token in tokens if token.is_word)


def _statements(text: str) -> Iterator[list[_Token]]:
    """The headers and entries of a file as tokens, without comments."""
    statement: list[_Token] = []
    depth = 0
    for matched in _TOKEN.finditer(text + "\n"):
        token = _Token(matched[0], matched.start(), matched.end())
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if token.text == "\n" and depth == 0:
            if statement:
                yield statement
            statement = []
        elif token.text != "\n" and not token.text.startswith("#"):
            statement.append(token)
