"""Source lines without what a report must not show: secrets, in whichever finding's frame they would stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.text.location import Location

MASK = "*"


class RedactedLines:
    """The lines of a project's files with some places masked, character by character.

    Args:
        sources: the lines as they stand in the files.
        places: what must not be shown.
    """

    def __init__(self, sources: SourceLines, places: Iterable[Location]) -> None:
        self._sources = sources
        self.position, self.in_utf8 = sources.position, sources.in_utf8
        self._masked = lru_cache(maxsize=64)(self._mask)
        self._places: dict[str, list[Location]] = {}
        for place in places:
            self._places.setdefault(place.path, []).append(place)

    def lines(self, path: str) -> tuple[str, ...]:
        """The lines of a file; none when it can't be read."""
        return self._masked(path) if path in self._places else self._sources.lines(path)

    def _mask(self, path: str) -> tuple[str, ...]:
        masked = list(self._sources.lines(path))
        for place in self._places[path]:
            for number in range(place.start.line, min(place.end.line, len(masked)) + 1):
                text = masked[number - 1]
                first = place.start.column - 1 if number == place.start.line else 0
                last = place.end.column - 1 if number == place.end.line else len(text)
                masked[number - 1] = text[:first] + MASK * len(text[first:last]) + text[last:]
        return tuple(masked)
