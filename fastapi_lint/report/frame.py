"""Code frames: source lines with a margin of line numbers and carets under the place."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi_lint.report.columns import display_width
from fastapi_lint.report.findings import printable
from fastapi_lint.report.style import CARETS, MARGIN
from fastapi_lint.text.ansi import styled
from fastapi_lint.text.location import Location

_TAB = "    "
_WIDEST = 150
_ELLIPSIS = "…"


def code_frame(lines: Sequence[str], location: Location, context: int, margin: int, color: bool = False) -> list[str]:
    """The lines of a frame; none when the file has no such line.

    Args:
        lines: of the file.
        location: what the carets stand under; of a place of several lines, its first.
        context: how many lines to show before and after.
        margin: the width of the line numbers.
        color: whether a terminal shows it that has colours.
    """
    number = location.start.line
    if not 1 <= number <= len(lines) or not lines[number - 1].strip():
        return []
    first, last = max(1, number - context), min(len(lines), number + context)
    while first < number and not lines[first - 1].strip():
        first += 1
    while last > number and not lines[last - 1].strip():
        last -= 1
    blank = styled(" " * margin + " |", MARGIN, color)
    frame = [blank]
    for current in range(first, last + 1):
        text, rim = lines[current - 1], styled(f"{current:>{margin}} |", MARGIN, color)
        if current != number:
            frame.append(f"{rim} {_cut(_expand(text))}".rstrip())
            continue
        shown, indent, carets = _marked(text, location)
        frame += [f"{rim} {shown}".rstrip(), f"{blank} {indent}{styled(carets, CARETS, color)}"]
    frame.append(blank)
    return frame


def _marked(text: str, location: Location) -> tuple[str, str, str]:
    """A line, and the spaces and carets under it, all cut to what fits around the place."""
    start = min(location.start.column - 1, len(text))
    end = location.end.column - 1 if location.end.line == location.start.line else len(text.rstrip())
    end = min(max(end, start + 1), max(len(text), start + 1))
    before, marked, after = _expand(text[:start]), _expand(text[start:end]), _expand(text[end:])
    if len(before) + len(marked) > _WIDEST:
        kept = max(0, min(len(before), _WIDEST // 3))
        before = _ELLIPSIS + before[len(before) - kept :] if kept < len(before) else before
    if len(marked) > _WIDEST:
        marked, after = marked[: _WIDEST - 1] + _ELLIPSIS, ""
    shown = _cut(before + marked + after)
    return shown, " " * display_width(before), "^" * max(1, display_width(marked))


def _expand(text: str) -> str:
    return printable(text.replace("\t", _TAB))


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST + 20 else text[: _WIDEST + 19] + _ELLIPSIS
