"""Which fixes can be made together: each with all its edits or not at all, and no two that touch the same text."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fastapi_lint.diagnostics import Diagnostic, Edit, Fix

_NUMBER = re.compile(r"\d+")

Span = tuple[int, int, str]


class Candidate(NamedTuple):
    """A finding, and the root that the paths of it and of its fix are relative to."""

    diagnostic: Diagnostic
    root: Path

    @property
    def fix(self) -> Fix:
        """How."""
        assert self.diagnostic.fix is not None
        return self.diagnostic.fix

    @property
    def place(self) -> tuple[Path, str]:
        """The file of the finding, and the code of its rule."""
        return self.root / self.diagnostic.location.path, self.diagnostic.code

    @property
    def key(self) -> tuple[Path, str, str]:
        """What it is recognised by after other fixes: the same and its message, numbers of lines apart."""
        return *self.place, _NUMBER.sub("", self.diagnostic.message)

    @property
    def files(self) -> frozenset[Path]:
        """The files that it changes."""
        return frozenset(self.root / edit.path for edit in self.fix.edits)


class Chosen:
    """Fixes that can be made together.

    Attributes:
        candidates: the findings that they mend, in order.
        edits: the edits by file, sorted; one that several fixes want, such as an import, is there once.
    """

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.edits: dict[Path, list[Span]] = {}

    def take(self, candidate: Candidate) -> bool:
        """Adds a fix, unless it touches what another one does; tells whether."""
        wanted: dict[Path, list[Span]] = {}
        for edit in candidate.fix.edits:
            known = self.edits.get(candidate.root / edit.path, [])
            span = _span(edit)
            if span in known:
                continue
            own = wanted.setdefault(candidate.root / edit.path, [])
            if _touches(span, known) or _touches(span, sorted(own)):
                return False
            own.append(span)
        for file, spans in wanted.items():
            for span in spans:
                insort(self.edits.setdefault(file, []), span)
        self.candidates.append(candidate)
        return True


def choose(candidates: Iterable[Candidate]) -> Chosen:
    """As many of the fixes as can be made together, the first in the text before others."""
    chosen = Chosen()
    for candidate in sorted(candidates, key=_order):
        chosen.take(candidate)
    return chosen


def _order(candidate: Candidate) -> tuple[Path, tuple[str, int], str]:
    return candidate.root, min((edit.path, edit.start) for edit in candidate.fix.edits), candidate.diagnostic.code


def _span(edit: Edit) -> Span:
    return edit.start, edit.end, edit.replacement


def _touches(span: Span, others: list[Span]) -> bool:
    """Whether an edit shares characters with one of others, which are sorted and share none; or a place to insert."""
    index = bisect_left(others, span)
    return any(_overlap(span, other) for other in others[max(index - 1, 0) : index + 1])


def _overlap(one: Span, other: Span) -> bool:
    (start, end, _), (other_start, other_end, _) = one, other
    return start == other_start or (start < other_end and other_start < end)
