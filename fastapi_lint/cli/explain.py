"""``fastapi-lint explain``: one finding with all its evidence, and what would make it go away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fastapi_lint.cli.common import echo_lines, run_options, run_request, show_timing
from fastapi_lint.cli.settings import rule_options


@click.command()
@click.argument("place", metavar="PATH:LINE")
@click.argument("rule", required=False, metavar="[CODE|NAME]")
@rule_options
@run_options
def explain(place: str, rule: str | None, timing: bool, **options: Any) -> int:
    """Explain the findings on a line: the evidence, why it matters, and what would make each go away.

    PATH:LINE is as `check` prints it, a column may follow: `app/users.py:31:5`.
    """
    path, line = _place(place)
    result = run_request((path,), **options)
    from fastapi_lint.docs.explanation import advice
    from fastapi_lint.report.findings import Report, findings_of, shown_path
    from fastapi_lint.report.full import finding_lines
    from fastapi_lint.rules.registry import load

    registry = load()
    wanted = registry.find(rule) if rule is not None else None
    if rule is not None and wanted is None:
        raise click.UsageError(f"no rule has the code or name `{rule}`.")
    of_file = findings_of(result.projects)
    found = [
        finding
        for finding in of_file
        if finding.diagnostic.location.start.line == line and (wanted is None or finding.diagnostic.code == wanted.code)
    ]
    if not found:
        raise click.UsageError(_nothing(path, line, wanted.code if wanted else None, of_file))
    report = Report(found, Path.cwd().resolve())
    for number, finding in enumerate(found):
        location = finding.diagnostic.location
        shown = shown_path(finding.root, location.path, report.cwd)
        about = registry.find(finding.diagnostic.code)
        assert about is not None  # every finding is of a rule
        echo_lines([*[""] * bool(number), *finding_lines(finding, report), *advice(about, location, shown)])
    if timing:
        show_timing(result)
    return 0


def _place(text: str) -> tuple[Path, int]:
    """The file and the line that ``path:line`` or ``path:line:column`` name."""
    parts = text.split(":")
    numbers = []
    while len(parts) > 1 and parts[-1].isdecimal() and len(numbers) < 2:
        numbers.insert(0, int(parts.pop()))
    if not numbers:
        raise click.UsageError(f"expected PATH:LINE, found `{text}`.")
    return Path(":".join(parts)), numbers[0]


def _nothing(path: Path, line: int, code: str | None, found: list[Any]) -> str:
    """What to say where there is no such finding."""
    what = f"no finding of {code}" if code else "no finding"
    places = sorted({(finding.diagnostic.location.start.line, finding.diagnostic.code) for finding in found})
    others = ", ".join(f"line {number} ({code})" for number, code in places[:5])
    return f"there is {what} on line {line} of {path}" + (f"; there are on {others}." if others else ".")
