"""The evidence of a finding, and how it could be mended, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastapi_lint.diagnostics import Fix, Related
from fastapi_lint.report.findings import Finding, printable, shown_path


def notes(finding: Finding, base: Path) -> Iterator[str]:
    """A line for each step of the evidence, in order, with its place as ``base`` sees it, and one for the remedy."""
    for related in finding.diagnostic.related:
        yield f"note: {_step(finding, related, base)}"
    if finding.diagnostic.fix is not None:
        yield f"help: {remedy(finding.diagnostic.fix)}"


def remedy(fix: Fix) -> str:
    """What a fix does, and whether it needs to be looked at."""
    return printable(fix.message) + ("" if fix.safe else " (may change what the application does)")


def _step(finding: Finding, related: Related, base: Path) -> str:
    message = printable(related.message)
    if related.location is None:
        return message
    line, column = related.location.start
    return f"{message} ({shown_path(finding.root, related.location.path, base)}:{line}:{column})"
