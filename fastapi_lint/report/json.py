"""The format ``json``: one document with everything that is known of each finding.

``{"version": 1, "findings": [FINDING, …]}``, and a FINDING has these keys:

- ``code``, ``name``, ``severity`` ("error", "warning", "info"), ``confidence`` ("high", "medium", "low"), ``message``
- ``path``: relative to the working directory when it lies below, else absolute, with forward slashes; "." for a finding
  about the project as a whole
- ``start``, ``end``: ``{"line", "column"}``, both from 1, columns in code points; the end is exclusive
- ``related``: the evidence in order, each ``{"message", "path", "start", "end"}``; the last three are null for evidence
  without a place
- ``fix``: null, or ``{"message", "safe", "edits"}``; an edit replaces the characters ``start`` to ``end`` (offsets into
  the decoded text of ``path``) by ``replacement``
- ``fingerprint``: what the finding is recognised by in another run, wherever in its file it has moved; no other finding
  of ``path`` has it
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.diagnostics import Fix
from fastapi_lint.report.findings import Finding, Report, path_from
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.places import place

VERSION = 1


def render(report: Report) -> Iterator[str]:
    """The document, a line per finding."""
    yield f'{{"version": {VERSION}, "findings": ['
    yield from in_array(described(report))
    yield "]}"


def described(report: Report) -> Iterator[str]:
    """Each finding as a JSON object on a line."""
    for finding in report.findings:
        yield to_json(_finding(finding, report.cwd))


def _finding(finding: Finding, cwd: Path) -> dict[str, Any]:
    found = finding.diagnostic
    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "confidence": found.confidence.value,
        "message": found.message,
        **place(found.location, finding.root, cwd),
        "related": [
            {"message": related.message, **place(related.location, finding.root, cwd)} for related in found.related
        ],
        "fix": None if found.fix is None else _fix(finding, found.fix, cwd),
        "fingerprint": finding.fingerprint.value,
    }


def _fix(finding: Finding, fix: Fix, cwd: Path) -> dict[str, Any]:
    edits = [
        {
            "path": path_from(cwd, finding.root, edit.path),
            "start": edit.start,
            "end": edit.end,
            "replacement": edit.replacement,
        }
        for edit in fix.edits
    ]
    return {"message": fix.message, "safe": fix.safe, "edits": edits}
