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


def about_fixes(findings: Iterable[Finding]) -> str | None:
    """How many findings can be fixed, and by which options; None when there are none."""
    fixes = Counter(finding.diagnostic.fix.safe for finding in findings if finding.diagnostic.fix is not None)
    safe, unsafe = fixes[True], fixes[False]
    if safe:
        more = f", {unsafe:,} more with --unsafe-fixes" if unsafe else ""
        return f"{safe:,} can be fixed with --fix{more}."
    return f"{unsafe:,} can be fixed with --fix --unsafe-fixes." if unsafe else None


def by_severity(findings: Iterable[Finding]) -> str:
    """How many findings there are of each severity: "1 error, 2 warnings"."""
    counts = Counter(finding.diagnostic.severity for finding in findings)
    return ", ".join(counted(counts[severity], noun) for severity, noun in _NOUNS.items() if counts[severity])
