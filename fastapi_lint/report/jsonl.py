"""The format ``jsonl``: a JSON object per line for each finding, with the keys that ``json`` gives it."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.report.findings import Report
from fastapi_lint.report.json import described


def render(report: Report) -> Iterator[str]:
    """The lines of the report."""
    yield from described(report)
