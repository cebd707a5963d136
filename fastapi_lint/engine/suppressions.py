"""What silences findings: the comments of a file, told apart by what they name and which lines they speak for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.text.location import Stretch


@dataclass(slots=True)
class Item:
    """One entry of a suppression: what it says, the codes it means, its offsets, and whether it silenced anything."""

    text: str
    codes: frozenset[str]
    start: int
    end: int
    used: bool = False


@dataclass(slots=True)
class Suppression:
    """A comment that silences.

    Attributes:
        items: what it names; empty: everything (``# noqa``).
        lines: the first and last line it speaks for; None: the whole file.
        start: the offset at which it begins; ``end`` where it ends.
        whole_places: whether it speaks for all findings whose place touches its lines, or only for those whose place
            begins there.
        is_comment: whether it is one, or stands in a string, where flake8 takes it for one.
    """

    items: list[Item]
    lines: Stretch | None
    start: int
    end: int
    whole_places: bool = False
    is_comment: bool = True

    def silences(self, diagnostic: Diagnostic) -> bool:
        """Whether it silences a finding, remembering that it did."""
        if self.lines is not None:
            first = diagnostic.location.line
            last = diagnostic.location.end.line if self.whole_places else first
            if last < self.lines[0] or self.lines[1] < first:
                return False
        hit = not self.items
        for item in self.items:
            if diagnostic.code in item.codes:
                item.used = hit = True
        return hit


@dataclass(frozen=True, slots=True)
class Malformed:
    """A comment that was meant to silence and doesn't, or not as it should: what is wrong, and where."""

    message: str
    start: int
    end: int


@dataclass(slots=True)
class Suppressions:
    """All suppressions of a file, and the findings that they have silenced."""

    found: list[Suppression] = field(default_factory=list)
    malformed: list[Malformed] = field(default_factory=list)
    silenced: list[Diagnostic] = field(default_factory=list)

    def keep(self, diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings that nothing silences; every comment that would have silenced one of the others counts as
        used."""
        kept: list[Diagnostic] = []
        for diagnostic in diagnostics:
            (self.silenced if self._silence(diagnostic) else kept).append(diagnostic)
        return kept

    def unused(self, ran: frozenset[str]) -> Iterator[tuple[Suppression, list[Item]]]:
        """Comments with the items that silenced nothing, although all rules they name ran."""
        for suppression in self.found:
            idle = [item for item in suppression.items if not item.used and item.codes and item.codes <= ran]
            if idle and suppression.is_comment:
                yield suppression, idle

    def _silence(self, diagnostic: Diagnostic) -> bool:
        hit = False
        for suppression in self.found:
            hit |= suppression.silences(diagnostic)
        return hit
