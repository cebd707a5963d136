"""Edits of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class TextEdit(NamedTuple):
    """A replacement of the characters from ``start`` up to ``end`` (offsets); an insertion when both are the same."""

    start: int
    end: int
    replacement: str


class EditError(ValueError):
    """Edits that overlap or reach beyond the text."""


def apply_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text after all edits, whose offsets mean the text as it was.

    Args: the text; the edits, in any order. Insertions at one place come in the given order, and before the replacement
    that begins there.
    Raises: EditError when two edits touch the same characters, an insertion stands inside a replacement, or an edit
    reaches beyond the text.
    """
    pieces: list[str] = []
    position = 0
    for start, end, replacement in sorted(edits, key=lambda edit: edit[:2]):
        if not 0 <= start <= end <= len(text):
            raise EditError(f"an edit of {start}:{end} reaches beyond a text of {len(text)} characters")
        if start < position:
            raise EditError(f"an edit of {start}:{end} overlaps one that ends at {position}")
        pieces += (text[position:start], replacement)
        position = end
    pieces.append(text[position:])
    return "".join(pieces)
