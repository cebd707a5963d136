"""The format ``concise``: one line per finding, ``path:line:column: CODE [name] message``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fastapi_lint.report.findings import Finding, printable, shown_path


def render(findings: Iterable[Finding], cwd: Path) -> Iterator[str]:
    """The lines of the report."""
    for finding in findings:
        found = finding.diagnostic
        line, column = found.location.start
        path = shown_path(finding.root, found.location.path, cwd)
        yield f"{path}:{line}:{column}: {found.code} [{found.name}] {printable(found.message)}"
