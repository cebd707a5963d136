"""Columns on a terminal: how wide a text is, and tables that fit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_GAP = "  "
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        heading: what stands above it.
        weight: its share of the room where there is too little; 0: its cells are never shortened.
        ending: which part of a shortened cell is kept: its end, cut at one of these characters where one is near; ""
            for its beginning.
        least: how wide it should be; where there is no room for that, columns that are ``optional`` are left out.
        optional: whether it may be left out, the last one first.
    """

    heading: str
    weight: int = 0
    ending: str = ""
    least: int = 0
    optional: bool = False


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int | None) -> Iterator[str]:
    """The lines of a table.

    Args:
        columns: from the left.
        rows: their cells.
        width: the columns of the terminal, to which the table is made to fit; None: there is no limit.
    """
    table = [[column.heading for column in columns], *rows]
    widths = [max(map(display_width, cells)) for cells in zip(*table, strict=True)]
    shown = list(range(len(columns)))
    if width is not None:
        shown = _chosen(columns, widths, width)
        widths = _fitting([columns[index] for index in shown], [widths[index] for index in shown], width)
    for row in table:
        cells = [shortened(row[index], room, columns[index].ending) for index, room in zip(shown, widths, strict=True)]
        yield _GAP.join(
            cell + " " * (room - display_width(cell)) for cell, room in zip(cells, widths, strict=True)
        ).rstrip()


def _chosen(columns: Sequence[Column], widths: Sequence[int], width: int) -> list[int]:
    """The columns for which there is room enough."""
    shown = list(range(len(columns)))
    for index in reversed(range(len(columns))):
        least = [min(widths[own], columns[own].least) if columns[own].weight else widths[own] for own in shown]
        if columns[index].optional and _total(least) > width:
            shown.remove(index)
    return shown


def _fitting(columns: Sequence[Column], widths: list[int], width: int) -> list[int]:
    """Widths that fit: columns with a weight are shortened to the same share of it, none below its heading."""
    share = max(widths)
    while _total(widths) > width and share > 0:
        share -= 1
        widths = [
            min(natural, max(len(column.heading), share * column.weight)) if column.weight else natural
            for column, natural in zip(columns, widths, strict=True)
        ]
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def shortened(text: str, width: int, ending: str = "") -> str:
    """A text that takes at most so many columns; an ellipsis stands for what is left out."""
    if display_width(text) <= width:
        return text
    if not ending:
        while display_width(text) > width - 1:
            text = text[:-1]
        return text + _ELLIPSIS
    while display_width(text) > width - 1:
        text = text[1:]
    border = next((index for index, char in enumerate(text[: width // 3]) if char in ending), 0)
    return _ELLIPSIS + text[border:].lstrip(".:")


def display_width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
