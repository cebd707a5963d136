"""The format ``rdjson``: a DiagnosticResult of the Reviewdog Diagnostic Format.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf says what it means. Columns count the bytes of UTF-8. A
suggestion is applied on its own and to the file of the finding: a fix of several edits, or of another file, is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.diagnostics import Fix, Severity
from fastapi_lint.report.findings import Finding, Report, path_from
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.text.location import Location, Position

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report) -> Iterator[str]:
    """The document, a diagnostic per line."""
    yield '{"source": {"name": "fastapi-lint"}, "diagnostics": ['
    yield from in_array(to_json(_diagnostic(finding, report.cwd)) for finding in report.findings)
    yield "]}"


def _diagnostic(finding: Finding, cwd: Path) -> dict[str, Any]:
    found = finding.diagnostic
    unplaced = [f"note: {related.message}" for related in found.related if related.location is None]
    diagnostic: dict[str, Any] = {
        "message": "\n".join([f"[{found.name}] {found.message}", *unplaced]),
        "location": _location(finding, found.location, cwd),
        "severity": _SEVERITIES[found.severity],
        "code": {"value": found.code},
    }
    related = [
        {"message": step.message, "location": _location(finding, step.location, cwd)}
        for step in found.related
        if step.location is not None
    ]
    if related:
        diagnostic["related_locations"] = related
    if found.fix is not None and (suggestion := _suggestion(finding, found.fix)) is not None:
        diagnostic["suggestions"] = [suggestion]
    return diagnostic


def _location(finding: Finding, place: Location, cwd: Path) -> dict[str, Any]:
    return {
        "path": path_from(cwd, finding.root, place.path),
        "range": {
            "start": _position(finding, place.path, place.start),
            "end": _position(finding, place.path, place.end),
        },
    }


def _position(finding: Finding, path: str, position: Position) -> dict[str, int]:
    line, column = finding.sources.in_utf8(path, position)
    return {"line": line, "column": column}


def _suggestion(finding: Finding, fix: Fix) -> dict[str, Any] | None:
    if len(fix.edits) != 1 or fix.edits[0].path != finding.diagnostic.location.path:
        return None
    edit = fix.edits[0]
    places = [finding.sources.position(edit.path, offset) for offset in (edit.start, edit.end)]
    start, end = (_position(finding, edit.path, place) for place in places)
    return {"range": {"start": start, "end": end}, "text": edit.replacement}
