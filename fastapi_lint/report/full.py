"""The format ``full``: each finding with its code, the evidence in order, and how it could be mended."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Related
from fastapi_lint.report.evidence import remedy
from fastapi_lint.report.findings import Finding, Report, printable, shown_path
from fastapi_lint.report.frame import code_frame
from fastapi_lint.report.style import HEADING, MARGIN, NOTE, SEVERITY
from fastapi_lint.text.ansi import styled
from fastapi_lint.text.location import Location


def render(report: Report) -> Iterator[str]:
    """The lines of the report."""
    for finding in report.findings:
        yield from finding_lines(finding, report)
        yield ""


def finding_lines(finding: Finding, report: Report) -> Iterator[str]:
    """The lines of one finding."""
    found, color = finding.diagnostic, report.color
    title = styled(f"{found.severity.value}[{found.code}]", SEVERITY[found.severity], color)
    yield f"{title}{styled(f': {printable(found.message)}', HEADING, color)} [{found.name}]"
    places = [found.location, *(related.location for related in found.related if related.location is not None)]
    margin = max(len(str(place.start.line + 1)) for place in places)
    yield from _place(finding, found.location, 1, margin, report)
    for related in found.related:
        yield from _related(finding, related, margin, report)
    if found.fix is not None:
        yield f"{styled('help', NOTE, color)}: {remedy(found.fix)}"


def _related(finding: Finding, related: Related, margin: int, report: Report) -> Iterator[str]:
    yield f"{styled('note', NOTE, report.color)}: {printable(related.message)}"
    if related.location is not None:
        yield from _place(finding, related.location, 0, margin, report)


def _place(finding: Finding, place: Location, context: int, margin: int, report: Report) -> Iterator[str]:
    path = shown_path(finding.root, place.path, report.cwd)
    yield f"{' ' * margin}{styled('-->', MARGIN, report.color)} {path}:{place.start.line}:{place.start.column}"
    yield from code_frame(finding.sources.lines(place.path), place, context, margin, report.color)
