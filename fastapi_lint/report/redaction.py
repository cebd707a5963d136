"""Source lines without what a report must not show: secrets, in whichever finding's frame they would stand."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.text.location import Location

MASK = "*"


class RedactedLines:
    """The lines of a project's files with the places of all redacted findings masked, character by character.

    Args:
        sources: the lines as they stand in the files.
        diagnostics: all findings of the project.
    """

    def __init__(self, sources: SourceLines, diagnostics: Iterable[Diagnostic]) -> None:
        self._sources = sources
        self._places: dict[str, list[Location]] = {}
        for diagnostic in diagnostics:
            if diagnostic.redact:
                self._places.setdefault(diagnostic.location.path, []).append(diagnostic.location)

    def lines(self, path: str) -> tuple[str, ...]:
        """The lines of a file; none when it can't be read."""
        lines = self._sources.lines(path)
        if path not in self._places:
            return lines
        masked = list(lines)
        for place in self._places[path]:
            for number in range(place.start.line, min(place.end.line, len(masked)) + 1):
                text = masked[number - 1]
                first = place.start.column - 1 if number == place.start.line else 0
                last = place.end.column - 1 if number == place.end.line else len(text)
                masked[number - 1] = text[:first] + MASK * len(text[first:last]) + text[last:]
        return tuple(masked)
