"""The format ``github``: workflow commands, by which GitHub Actions annotates the lines of a pull request.

``::error file=…,line=…,endLine=…,col=…,title=…::message``, with paths relative to the repository
(https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands). GitHub takes ten errors, ten
warnings and ten notices of a step and drops the rest: the most severe come first, and what would be dropped is listed
as plain text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fastapi_lint.diagnostics import Severity
from fastapi_lint.engine.findings import WHOLE_PROJECT
from fastapi_lint.report.concise import one_line
from fastapi_lint.report.evidence import notes
from fastapi_lint.report.findings import Finding, Report, path_from, printable
from fastapi_lint.report.repository import repository_root
from fastapi_lint.report.summary import by_severity

LIMIT = 10
"""Annotations of a kind that GitHub takes from a step."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_ORDER = list(_COMMANDS)


def render(report: Report) -> Iterator[str]:
    """The lines of the report."""
    base = repository_root(report.cwd)
    given: Counter[Severity] = Counter()
    left_out: list[Finding] = []
    for finding in most_severe_first(report):
        severity = finding.diagnostic.severity
        given[severity] += 1
        if given[severity] > LIMIT:
            left_out.append(finding)
        else:
            yield _command(finding, base)
    if left_out:
        yield f"Not annotated, since GitHub takes {LIMIT} of each kind from a step: {by_severity(left_out)}."
    for finding in left_out:
        # "##[" begins a command of an older form, wherever in a line it stands.
        yield f"- {one_line(finding, base)}".replace("##[", "## [")


def most_severe_first(report: Report) -> list[Finding]:
    """The findings by severity, those of one severity in their order."""
    return sorted(report.findings, key=lambda finding: _ORDER.index(finding.diagnostic.severity))


def _command(finding: Finding, base: Path) -> str:
    found = finding.diagnostic
    properties: dict[str, str] = {}
    if found.location.path != WHOLE_PROJECT:
        start, end = found.location.start, found.location.end
        properties["file"] = path_from(base, finding.root, found.location.path)
        properties["line"], properties["endLine"] = str(start.line), str(end.line)
        if start.line == end.line:  # a column of a place of several lines is refused
            properties["col"] = str(start.column)
    properties["title"] = f"{found.code} {found.name}"
    message = "\n".join([printable(found.message), *notes(finding, base)])
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[found.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
