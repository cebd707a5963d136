"""Source lines, read again when a report or a suppression needs them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from fastapi_lint.text.location import Position, position_at
from fastapi_lint.text.source import Source, UnreadableSource


class SourceLines:
    """The lines of a project's files, without their ends.

    Args:
        root: of the project.
        overlay: the contents that stand in for those of files, by path.
    """

    def __init__(self, root: Path, overlay: Mapping[str, bytes] = MappingProxyType({})) -> None:
        self._root, self._overlay = root, overlay
        self.lines = lru_cache(maxsize=64)(self._lines)
        self._line_starts = lru_cache(maxsize=64)(self._offsets)

    def position(self, path: str, offset: int) -> Position:
        """The place of a character of a file by its offset; in the first line when the file can't be read."""
        return position_at(self._line_starts(path), offset)

    def in_utf8(self, path: str, position: Position) -> Position:
        """A place in a file with its column in bytes of UTF-8, from 1."""
        line, column = position
        lines = self.lines(path)
        before = lines[line - 1][: column - 1] if line <= len(lines) else ""
        return Position(line, column - len(before) + len(before.encode("utf-8", "surrogatepass")))

    def _lines(self, path: str) -> tuple[str, ...]:
        """The lines of a file; none when it can't be read."""
        text = self._text(path)
        return () if text is None else tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))

    def _offsets(self, path: str) -> tuple[int, ...]:
        from fastapi_lint.syntax.tokens import line_offsets

        return line_offsets(self._text(path) or "")

    def _text(self, path: str) -> str | None:
        try:
            return self._source(path).text
        except UnreadableSource:
            return None

    def _source(self, path: str) -> Source:
        data = self._overlay.get(path)
        return Source.read(self._root / path, path) if data is None else Source.from_bytes(data, path)
