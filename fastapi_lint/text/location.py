"""Places in files: positions, locations, and the table that turns offsets into lines and columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Stretch = tuple[int, int]
"""The first and the last line of something."""


class Position(NamedTuple):
    """A place in a text: line from 1, column from 1 (in code points)."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A stretch of a file. ``path`` is relative to the project root, with forward slashes; ``end`` is exclusive."""

    path: str
    start: Position
    end: Position

    @property
    def line(self) -> int:
        """The first line."""
        return self.start.line

    def __str__(self) -> str:
        return f"{self.path}:{self.start.line}"


def position_at(line_starts: tuple[int, ...], offset: int) -> Position:
    """The position of a character offset, given the offsets at which lines begin."""
    line = bisect_right(line_starts, offset) or 1
    return Position(line, offset - line_starts[line - 1] + 1)


def stretch_of(line: int, stretches: Sequence[Stretch]) -> Stretch:
    """The stretch of several lines that holds a line, or the line alone.

    Args:
        line: the number of the line.
        stretches: in order, none of them touching another.
    """
    index = bisect_right(stretches, (line + 1,)) - 1
    if index >= 0 and line <= stretches[index][1]:
        return stretches[index]
    return line, line
