"""The format ``grouped``: the findings of each file under its path, with the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fastapi_lint.report.evidence import notes
from fastapi_lint.report.findings import Finding, Report, printable, shown_path
from fastapi_lint.report.style import PATH, SEVERITY
from fastapi_lint.text.ansi import styled


def render(report: Report) -> Iterator[str]:
    """The lines of the report."""

    def path(finding: Finding) -> str:
        return shown_path(finding.root, finding.diagnostic.location.path, report.cwd)

    for shown, findings in groupby(report.findings, path):
        yield styled(shown, PATH, report.color)
        yield from _group(list(findings), report)
        yield ""


def _group(findings: list[Finding], report: Report) -> Iterator[str]:
    places = [":".join(map(str, finding.diagnostic.location.start)) for finding in findings]
    width = max(map(len, places))
    for finding, place in zip(findings, places, strict=True):
        found = finding.diagnostic
        code = styled(found.code, SEVERITY[found.severity], report.color)
        yield f"  {place:<{width}}  {code} [{found.name}] {printable(found.message)}"
        for note in notes(finding, report.cwd):
            yield f"  {' ' * width}  {note}"
