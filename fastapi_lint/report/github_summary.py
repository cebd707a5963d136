"""The summary of a step of GitHub Actions: all findings as a Markdown table, as many as GitHub takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from fastapi_lint.report.evidence import notes
from fastapi_lint.report.findings import Finding, Report, printable, shown_path
from fastapi_lint.report.github import most_severe_first
from fastapi_lint.report.repository import repository_root
from fastapi_lint.report.summary import by_severity, summary
from fastapi_lint.text.words import counted

LIMIT = 1024 * 1024
"""Bytes that the summary of a step may have; GitHub drops a longer one as a whole."""

VARIABLE = "GITHUB_STEP_SUMMARY"
"""The environment variable that names the file of the summary."""

_RESERVE = 200
"""Bytes kept for the line that says how many findings are left out."""

_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#!|~&@$:]")


def append_summary(report: Report, file: Path) -> None:
    """Appends the summary to a file, which may hold what other commands of the step wrote.

    Raises:
        OSError: it can't be written.
    """
    with file.open("ab") as stream:
        stream.write(step_summary(report, LIMIT - stream.tell()).encode())


def step_summary(report: Report, room: int) -> str:
    """The summary in Markdown, of at most ``room`` bytes; empty when there is hardly any room."""
    findings = most_severe_first(report)
    base = repository_root(report.cwd)
    head = f"## fastapi-lint\n\n{_title(findings)}\n"
    if findings:
        head += "\n| severity | rule | place | finding |\n|---|---|---|---|\n"
    room -= len(head.encode()) + _RESERVE
    if room < 0:
        return ""
    rows: list[str] = []
    for row in (_row(finding, base) for finding in findings):
        room -= len(row.encode())
        if room < 0:
            break
        rows.append(row)
    left_out = len(findings) - len(rows)
    tail = f"\n{counted(left_out, 'more finding')} would exceed what GitHub takes.\n" if left_out else ""
    return f"{head}{''.join(rows)}{tail}\n"


def _title(findings: list[Finding]) -> str:
    return f"{summary(findings)} ({by_severity(findings)})" if findings else summary(findings)


def _row(finding: Finding, base: Path) -> str:
    found = finding.diagnostic
    line, column = found.location.start
    place = f"{shown_path(finding.root, found.location.path, base)}:{line}:{column}"
    said = "<br>".join(_escaped(text) for text in _texts(finding, base))
    return f"| {found.severity.value} | {found.code} {found.name} | {_escaped(place)} | {said} |\n"


def _texts(finding: Finding, base: Path) -> Iterator[str]:
    yield printable(finding.diagnostic.message)
    yield from notes(finding, base)


def _escaped(text: str) -> str:
    """A text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\g<0>", text)
