"""Holds the findings of a case against its expectations, and tells the differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.testing.cases import Case, decode
from fastapi_lint.testing.expectations import Expectation, Kind

View = tuple[Any, ...]
"""What is compared of a finding: a tuple that begins with path and line."""

_Place = tuple[str, int, str]


@dataclass
class _Spot:
    """What is expected and what is found of one code on one line."""

    expected: list[Expectation] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def has(self, kind: Kind) -> bool:
        return any(expectation.kind is kind for expectation in self.expected)

    def of(self, kind: Kind) -> list[Expectation]:
        # Those that name a part of the message choose first.
        return sorted((one for one in self.expected if one.kind is kind), key=lambda one: not one.message)


def differences(case: Case, found: Iterable[Diagnostic]) -> list[str]:
    """What is not as the case says, a line each, by place: nothing when all is as expected."""
    spots: defaultdict[_Place, _Spot] = defaultdict(_Spot)
    for expectation in case.expectations:
        spots[expectation.path, expectation.line, expectation.code].expected.append(expectation)
    for diagnostic in found:
        spots[diagnostic.location.path, diagnostic.location.line, diagnostic.code].found.append(diagnostic)
    lines: list[str] = []
    for place in sorted(spots):
        told = _differences_at(spots[place])
        if told:
            path, line, code = place
            lines.append(f"{case.shown(path)}:{line}: {code}  | {case.line(path, line)}")
            lines.extend(f"    {one}" for one in told)
    return lines


def _differences_at(spot: _Spot) -> list[str]:
    """What differs on one line, for one code."""
    told: list[str] = []
    rest = list(spot.found)
    for expectation in spot.of(Kind.ERROR):
        if not _take(expectation, rest):
            told.append(f"missing: {_described(expectation)}")
    for expectation in spot.of(Kind.TODO_OK):
        if not _take(expectation, rest):
            told.append(f"cured: {_described(expectation)} is reported no more: make it '# ok:'")
    for expectation in spot.of(Kind.TODO_ERROR):
        if _take(expectation, rest):
            told.append(f"cured: {_described(expectation)} is found now: make it '# error:'")
    for diagnostic in rest:
        why = "a near miss is reported" if spot.has(Kind.OK) else "unexpected"
        told.append(f'{why}: "{diagnostic.message}" (column {diagnostic.location.start.column})')
    return told


def _take(expectation: Expectation, found: list[Diagnostic]) -> bool:
    """Take the finding that ``expectation`` speaks of out of ``found``; whether there was one."""
    for index, diagnostic in enumerate(found):
        if expectation.message in diagnostic.message:
            del found[index]
            return True
    return False


def _described(expectation: Expectation) -> str:
    return f'{expectation.code} "{expectation.message}"' if expectation.message else expectation.code


def exactly(found: Iterable[Diagnostic]) -> list[View]:
    """The findings with all that a report shows of their place: path, line, column, code, message."""
    return sorted(
        (one.location.path, one.location.line, one.location.start.column, one.code, one.message) for one in found
    )


def by_line(found: Iterable[Diagnostic]) -> list[View]:
    """The findings by path, line and code: what stays when names become longer."""
    return sorted((one.location.path, one.location.line, one.code) for one in found)


def changed(case: Case, before: Sequence[View], after: Sequence[View]) -> list[str]:
    """How two lists of findings differ, a line each: ``-`` for those that are gone, ``+`` for new ones."""
    lines: list[str] = []
    for sign, ours, theirs in (("-", before, after), ("+", after, before)):
        rest = list(theirs)
        for finding in ours:
            if finding in rest:
                rest.remove(finding)
            else:
                path, line, *more = finding
                lines.append(f"{sign} {case.shown(path)}:{line}: {' '.join(str(part) for part in more)}")
    return lines


def changed_text(path: str, wanted: bytes, got: bytes) -> list[str]:
    """How two contents of a file differ, as a diff."""
    if decode(wanted) == decode(got):
        return [f"{path}: only line ends, byte order mark or bytes that are not UTF-8 differ"]
    lines = unified_diff(decode(wanted).split("\n"), decode(got).split("\n"), f"{path} wanted", "got", lineterm="")
    return list(lines)
