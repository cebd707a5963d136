"""Which fixes can be made together: each with all its edits or not at all, and no two that touch the same text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from fastapi_lint.diagnostics import Diagnostic, Edit, Fix
from fastapi_lint.text.location import Stretch

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
    def key(self) -> tuple[Path, str, str]:
        """What it is recognised by after other fixes: the file, the code of its rule, and the message, numbers of lines
        apart."""
        found = self.diagnostic
        return self.root / found.location.path, found.code, _NUMBER.sub("", found.message)

    @property
    def files(self) -> frozenset[Path]:
        """The files that it changes."""
        return frozenset(self.root / edit.path for edit in self.fix.edits)


StatementOf = Callable[[Candidate, Edit], Stretch]
"""Gives the lines of the statement that an edit is in; of a definition, those of its whole head."""


class Chosen:
    """Fixes that can be made together.

    Attributes:
        candidates: the findings that they mend, in order.
        edits: the edits by file, sorted; one that several fixes want, such as an import, is there once.
    """

    def __init__(self, statement_of: StatementOf) -> None:
        self.candidates: list[Candidate] = []
        self.edits: dict[Path, list[Span]] = {}
        self._statement_of = statement_of
        self._rules: dict[tuple[Path, Stretch], str] = {}

    def take(self, candidate: Candidate) -> bool:
        """Adds a fix, unless it touches what another one does, or the statement that a fix of another rule changes: the
        two may not go together. Tells whether."""
        code = candidate.diagnostic.code
        wanted: dict[Path, list[Span]] = {}
        statements: set[tuple[Path, Stretch]] = set()
        for edit in candidate.fix.edits:
            file, span = candidate.root / edit.path, _span(edit)
            if span in self.edits.get(file, ()):
                continue
            statement = file, self._statement_of(candidate, edit)
            others = [*self.edits.get(file, ()), *wanted.get(file, ())]
            if self._rules.get(statement, code) != code or any(_overlap(span, other) for other in others):
                return False
            statements.add(statement)
            wanted.setdefault(file, []).append(span)
        for file, spans in wanted.items():
            self.edits[file] = sorted([*self.edits.get(file, ()), *spans])
        self._rules.update(dict.fromkeys(statements, code))
        self.candidates.append(candidate)
        return True


def choose(candidates: Iterable[Candidate], statement_of: StatementOf) -> Chosen:
    """As many of the fixes as can be made together, the first in the text before others."""
    chosen = Chosen(statement_of)
    for candidate in sorted(candidates, key=_order):
        chosen.take(candidate)
    return chosen


def _order(candidate: Candidate) -> tuple[Path, tuple[str, int], str]:
    return candidate.root, min((edit.path, edit.start) for edit in candidate.fix.edits), candidate.diagnostic.code


def _span(edit: Edit) -> Span:
    return edit.start, edit.end, edit.replacement


def _overlap(one: Span, other: Span) -> bool:
    """Whether two edits share characters, or one inserts where the other begins."""
    (start, end, _), (other_start, other_end, _) = one, other
    return start == other_start or (start < other_end and other_start < end)
