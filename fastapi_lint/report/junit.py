"""The format ``junit``: a JUnit XML report, as Jenkins, GitLab and others read it.

A test suite per file and a failed test case per finding; without findings one test case that passed, since some readers
take a report without tests for an error. Every element and attribute is one that the schemas of Jenkins' xUnit plugin
know. What XML 1.0 can't hold (control characters, lone surrogates) is escaped; the text is ASCII, whatever the encoding
of standard output.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from fastapi_lint.report.evidence import notes
from fastapi_lint.report.findings import Finding, Report, printable, shown_path
from fastapi_lint.report.frame import code_frame

_TOOL = "fastapi-lint"


def render(report: Report) -> Iterator[str]:
    """The lines of the document."""

    def path(finding: Finding) -> str:
        return shown_path(finding.root, finding.diagnostic.location.path, report.cwd)

    count = len(report.findings)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<testsuites name="{_TOOL}" tests="{max(count, 1)}" failures="{count}" errors="0">'
    for shown, found in groupby(report.findings, path):
        findings = list(found)
        yield _suite(shown, len(findings), len(findings))
        for finding in findings:
            yield from _case(finding, shown, report)
        yield "</testsuite>"
    if not count:
        yield _suite(_TOOL, 1, 0)
        yield f'<testcase name="no findings" classname="{_TOOL}"/>'
        yield "</testsuite>"
    yield "</testsuites>"


def _suite(name: str, tests: int, failures: int) -> str:
    return f'<testsuite name={_quoted(name)} tests="{tests}" failures="{failures}" errors="0">'


def _case(finding: Finding, path: str, report: Report) -> Iterator[str]:
    found = finding.diagnostic
    line, column = found.location.start
    place = f"{path}:{line}:{column}"
    yield f"<testcase name={_quoted(f'{found.code} [{found.name}] {line}:{column}')} classname={_quoted(path)}>"
    frame = code_frame(finding.sources.lines(found.location.path), found.location, 1, len(str(line + 1)))
    body = [f"{place}: {printable(found.message)}", *frame, *notes(finding, report.cwd)]
    kind = _quoted(f"{found.code} {found.severity.value}")
    yield f"<failure type={kind} message={_quoted(printable(found.message))}>"
    yield from map(_text, body)
    yield "</failure>"
    yield "</testcase>"


def _quoted(text: str) -> str:
    return '"' + _text(text).replace('"', "&quot;") + '"'


def _text(text: str) -> str:
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()
