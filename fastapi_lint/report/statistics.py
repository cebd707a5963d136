"""How many findings each rule has, most first: as a table, or as JSON.

The JSON is ``{"version": 1, "statistics": [{"code", "name", "count", "fixable"}, …]}``; ``fixable`` counts the findings
that carry a fix.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from fastapi_lint.report.findings import Report
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.style import HEADING
from fastapi_lint.text.ansi import styled

VERSION = 1


def render_table(report: Report) -> Iterator[str]:
    """A line per rule: count, code and name."""
    rows = list(_rows(report))
    width = max((len(f"{count:,}") for _, _, count, _ in rows), default=0)
    for code, name, count, _ in rows:
        yield f"{count:>{width},}  {styled(code, HEADING, report.color)}  {name}"


def render_json(report: Report) -> Iterator[str]:
    """The document, a rule per line."""
    yield f'{{"version": {VERSION}, "statistics": ['
    yield from in_array(
        to_json({"code": code, "name": name, "count": count, "fixable": fixable})
        for code, name, count, fixable in _rows(report)
    )
    yield "]}"


def _rows(report: Report) -> Iterator[tuple[str, str, int, int]]:
    """Code, name, count and fixable count of each rule, most findings first."""
    counts: Counter[tuple[str, str]] = Counter()
    fixable: Counter[tuple[str, str]] = Counter()
    for finding in report.findings:
        rule = (finding.diagnostic.code, finding.diagnostic.name)
        counts[rule] += 1
        fixable[rule] += finding.diagnostic.fix is not None
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield *rule, count, fixable[rule]
