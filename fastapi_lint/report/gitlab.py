"""The format ``gitlab``: a GitLab Code Quality report.

A JSON array of issues in GitLab's subset of the Code Climate format
(https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format). Paths are relative to the repository.
GitLab shows the description alone; the evidence stands in ``content`` and ``other_locations``, where Code Climate has
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.diagnostics import Severity
from fastapi_lint.report.evidence import notes
from fastapi_lint.report.findings import Finding, Report, path_from
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.repository import repository_root
from fastapi_lint.text.location import Location

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report) -> Iterator[str]:
    """The document, an issue per line."""
    base = repository_root(report.cwd)
    yield "["
    yield from in_array(to_json(_issue(finding, base)) for finding in report.findings)
    yield "]"


def _issue(finding: Finding, base: Path) -> dict[str, Any]:
    found = finding.diagnostic
    path = path_from(base, finding.root, found.location.path)
    issue: dict[str, Any] = {
        "type": "issue",
        "check_name": found.code,
        "description": f"{found.code} [{found.name}] {found.message}",
        "severity": _SEVERITIES[found.severity],
        # GitLab knows an issue by nothing else, and a repository may hold several projects.
        "fingerprint": finding.fingerprint._replace(path=path).in_project,
        "location": _location(finding, found.location, base),
    }
    evidence = list(notes(finding, base))
    if evidence:
        issue["content"] = {"body": "\n".join(evidence)}
    others = [related.location for related in found.related if related.location is not None]
    if others:
        issue["other_locations"] = [_location(finding, place, base) for place in others]
    return issue


def _location(finding: Finding, place: Location, base: Path) -> dict[str, Any]:
    lines = {"begin": place.start.line, "end": place.end.line}
    return {"path": path_from(base, finding.root, place.path), "lines": lines}
