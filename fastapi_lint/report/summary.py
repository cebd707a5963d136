"""How many findings there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from fastapi_lint.diagnostics import Severity
from fastapi_lint.report.findings import Finding
from fastapi_lint.text.words import counted

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are, and in how many files."""
    if not findings:
        return "No findings."
    files = len({(finding.root, finding.diagnostic.location.path) for finding in findings})
    return f"{counted(len(findings), 'finding')} in {counted(files, 'file')}."


def by_severity(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity: "1 error, 2 warnings"."""
    counts = Counter(finding.diagnostic.severity for finding in findings)
    return ", ".join(counted(counts[severity], noun) for severity, noun in _NOUNS.items() if counts[severity])
