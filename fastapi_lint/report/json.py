"""The format ``json``: one document with everything that is known of each finding.

``{"version": 1, "findings": [FINDING, …]}``, and a FINDING has these keys:

- ``code``, ``name``, ``severity`` ("error", "warning", "info"), ``confidence`` ("high", "medium", "low"), ``message``
- ``path``: as the other formats show it, with forward slashes
- ``start``, ``end``: ``{"line", "column"}``, both from 1, columns in code points; the end is exclusive
- ``related``: the evidence in order, each ``{"message", "path", "start", "end"}``; the last three are null for evidence
  without a place
- ``fix``: null, or ``{"message", "safe", "edits"}``; an edit replaces the characters ``start`` to ``end`` (offsets into
  the decoded text of ``path``) by ``replacement``
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.diagnostics import Fix
from fastapi_lint.report.findings import Finding, shown_path
from fastapi_lint.text.location import Location, Position

VERSION = 1


def render(findings: Iterable[Finding], cwd: Path) -> Iterator[str]:
    """The document, as lines."""
    document = {"version": VERSION, "findings": [_finding(finding, cwd) for finding in findings]}
    yield json.dumps(document, indent=2)


def _finding(finding: Finding, cwd: Path) -> dict[str, Any]:
    found = finding.diagnostic
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "confidence": found.confidence.value,
        "message": found.message,
        **_place(finding, found.location, cwd),
        "related": [
            {"message": related.message, **_place(finding, related.location, cwd)} for related in found.related
        ],
        "fix": None if found.fix is None else _fix(finding, found.fix, cwd),
    }


def _place(finding: Finding, place: Location | None, cwd: Path) -> dict[str, Any]:
    if place is None:
        return {"path": None, "start": None, "end": None}
    path = shown_path(finding.root, place.path, cwd)
    return {"path": path, "start": _position(place.start), "end": _position(place.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _fix(finding: Finding, fix: Fix, cwd: Path) -> dict[str, Any]:
    edits = [
        {
            "path": shown_path(finding.root, edit.path, cwd),
            "start": edit.start,
            "end": edit.end,
            "replacement": edit.replacement,
        }
        for edit in fix.edits
    ]
    return {"message": fix.message, "safe": fix.safe, "edits": edits}
