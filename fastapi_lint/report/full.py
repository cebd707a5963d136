"""The format ``full``: each finding with its code, the evidence in order, and how it could be mended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fastapi_lint.diagnostics import Related
from fastapi_lint.report.findings import Finding, printable, shown_path
from fastapi_lint.report.frame import code_frame
from fastapi_lint.text.location import Location


def render(findings: Iterable[Finding], cwd: Path) -> Iterator[str]:
    """The lines of the report."""
    for finding in findings:
        yield from _finding(finding, cwd)
        yield ""


def _finding(finding: Finding, cwd: Path) -> Iterator[str]:
    found = finding.diagnostic
    yield f"{found.severity.value}[{found.code}]: {printable(found.message)} [{found.name}]"
    places = [found.location, *(related.location for related in found.related if related.location is not None)]
    margin = max(len(str(place.start.line + 1)) for place in places)
    yield from _place(finding, found.location, 1, margin, cwd)
    for related in found.related:
        yield from _related(finding, related, margin, cwd)
    if found.fix is not None:
        certainty = "" if found.fix.safe else " (may change what the application does)"
        yield f"help: {printable(found.fix.message)}{certainty}"


def _related(finding: Finding, related: Related, margin: int, cwd: Path) -> Iterator[str]:
    yield f"note: {printable(related.message)}"
    if related.location is not None:
        yield from _place(finding, related.location, 0, margin, cwd)


def _place(finding: Finding, place: Location, context: int, margin: int, cwd: Path) -> Iterator[str]:
    path = shown_path(finding.root, place.path, cwd)
    yield f"{' ' * margin}--> {path}:{place.start.line}:{place.start.column}"
    yield from code_frame(finding.sources.lines(place.path), place, context, margin)
