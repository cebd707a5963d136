"""The format ``concise``: one line per finding, ``path:line:column: CODE [name] message``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastapi_lint.report.findings import Finding, Report, printable, shown_path
from fastapi_lint.report.style import PATH, SEVERITY
from fastapi_lint.text.ansi import styled


def render(report: Report) -> Iterator[str]:
    """The lines of the report."""
    for finding in report.findings:
        yield one_line(finding, report.cwd, report.color)


def one_line(finding: Finding, base: Path, color: bool = False) -> str:
    """A finding as one line, its path as ``base`` sees it."""
    found = finding.diagnostic
    line, column = found.location.start
    path = styled(shown_path(finding.root, found.location.path, base), PATH, color)
    code = styled(found.code, SEVERITY[found.severity], color)
    return f"{path}:{line}:{column}: {code} [{found.name}] {printable(found.message)}"
