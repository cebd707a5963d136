"""Source lines, read again when a report or a suppression needs them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi_lint.text.source import Source, UnreadableSource


class SourceLines:
    """The lines of a project's files, without their ends."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.lines = lru_cache(maxsize=64)(self._read)

    def _read(self, path: str) -> tuple[str, ...]:
        """The lines of a file; none when it can't be read."""
        try:
            text = Source.read(self._root / path, path).text
        except UnreadableSource:
            return ()
        return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
