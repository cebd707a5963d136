"""The format ``github``: workflow commands, and the summary of the step."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from report_commands import Command, commands
from report_samples import ODD_NAMES, ODD_TEXTS, OPEN, at, odd_findings, rendered, report_of

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.report.findings import Report, printable
from fastapi_lint.report.github_summary import LIMIT, append_summary, step_summary

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def test_a_command(project: Path) -> None:
    assert rendered("github", report_of(project, [OPEN])) == (
        "::error file=app/items.py,line=6,endLine=6,col=1,title=FAL301 unauthenticated-route::"
        "POST /items needs no login%0Anote: the router is made without dependencies (app/items.py:3:10)%0A"
        "note: elsewhere in the project, routes depend on `get_user`%0A"
        "help: Add the dependency (may change what the application does)\n"
    )


@pytest.mark.parametrize(("severity", "name"), COMMANDS.items())
def test_severities(project: Path, severity: Severity, name: str) -> None:
    ((command,), _) = commands(rendered("github", report_of(project, [replace(OPEN, severity=severity)])))
    assert command.name == name


def test_names_and_texts_come_back_as_they_were(tmp_path: Path) -> None:
    findings = odd_findings(tmp_path)
    read = []
    for finding in findings:  # one at a time, since there is a limit
        ((command,), others) = commands(rendered("github", Report([finding], tmp_path)))
        assert not others
        read.append((command.properties["file"], command.data.split("\n")[0]))
    escaped = (os.path.normpath(name).encode("utf-8", "backslashreplace").decode() for name in ODD_NAMES)
    assert read == [(name, printable(text)) for name, text in product(escaped, ODD_TEXTS)]


def test_a_place_of_several_lines_has_no_column(project: Path) -> None:
    wide = replace(OPEN, location=at(6, 1, 9, end_line=8), related=(), fix=None)
    ((command,), _) = commands(rendered("github", report_of(project, [wide])))
    title = "FAL301 unauthenticated-route"
    assert command.properties == {"file": "app/items.py", "line": "6", "endLine": "8", "title": title}


def test_a_finding_about_the_project_has_no_place(project: Path) -> None:
    failed = Diagnostic("FAL000", "internal-error", "it failed", at(1, 1, 2, "."))
    ((command,), _) = commands(rendered("github", report_of(project, [failed])))
    assert command == Command("warning", {"title": "FAL000 internal-error"}, "it failed")


def test_the_most_severe_come_first_and_the_rest_is_listed(project: Path) -> None:
    def found(severity: Severity, count: int) -> list[Diagnostic]:
        return [
            Diagnostic("FAL101", "x", f"{severity.value} {number}", at(1, 1, 2), severity) for number in range(count)
        ]

    diagnostics = [*found(Severity.INFO, 3), *found(Severity.WARNING, 12), *found(Severity.ERROR, 11)]
    annotated, others = commands(rendered("github", report_of(project, diagnostics)))
    assert [command.data for command in annotated] == [
        *(f"error {number}" for number in range(10)),
        *(f"warning {number}" for number in range(10)),
        *(f"info {number}" for number in range(3)),
    ]
    assert others == [
        "Not annotated, since GitHub takes 10 of each kind from a step: 1 error, 2 warnings.",
        "- app/items.py:1:1: FAL101 [x] error 10",
        "- app/items.py:1:1: FAL101 [x] warning 10",
        "- app/items.py:1:1: FAL101 [x] warning 11",
    ]


def test_paths_are_relative_to_the_repository(project: Path) -> None:
    (project / ".git").mkdir()
    ((command,), _) = commands(rendered("github", report_of(project, [OPEN], project / "app")))
    assert command.properties["file"] == "app/items.py" and "(app/items.py:3:10)" in command.data
    assert "app/items.py\\:6\\:1" in step_summary(report_of(project, [OPEN], project / "app"), LIMIT)


def test_the_summary_is_a_table(project: Path) -> None:
    assert step_summary(report_of(project, []), LIMIT) == "## fastapi-lint\n\nNo findings.\n\n"
    summary = step_summary(report_of(project, [replace(OPEN, severity=Severity.INFO), OPEN]), LIMIT)
    lines = summary.split("\n")
    assert lines[:5] == [
        "## fastapi-lint",
        "",
        "2 findings in 1 file. (1 error, 1 notice)",
        "",
        "| severity | rule | place | finding |",
    ]
    assert lines[6].startswith("| error | FAL301 unauthenticated-route | app/items.py\\:6\\:1 | POST /items needs no")
    assert "<br>note\\: the router is made without dependencies \\(app/items.py\\:3\\:10\\)<br>" in lines[6]
    assert lines[7].startswith("| info | ")


def test_nothing_in_the_summary_is_taken_for_markup(tmp_path: Path) -> None:
    lines = step_summary(Report(odd_findings(tmp_path), tmp_path), LIMIT).split("\n")
    rows = [line for line in lines if line.startswith("|")][2:]
    assert len(rows) == len(ODD_NAMES) * len(ODD_TEXTS)
    for row in rows:
        # Four cells; an even number of backslashes before a bar leaves it a bar.
        bars = [index for index, char in enumerate(row) if char == "|" and _backslashes(row, index) % 2 == 0]
        assert len(bars) == 5
        cells = row.replace("<br>", "")
        assert all(_backslashes(cells, index) % 2 for index, char in enumerate(cells) if char in "<>`[]*_@")


def _backslashes(text: str, index: int) -> int:
    """How many backslashes stand directly before ``index``."""
    before = text[:index]
    return len(before) - len(before.rstrip("\\"))


def test_the_summary_keeps_within_the_limit(tmp_path: Path) -> None:
    report = Report(odd_findings(tmp_path, 10_000), tmp_path)
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * 1000)
    append_summary(report, file)
    content = file.read_bytes()
    assert content.startswith(b"x" * 1000 + b"## fastapi-lint") and LIMIT - 2000 < len(content) <= LIMIT
    rows = content.count(b"\n| ") - 1
    assert f"\n{10_000 - rows:,} more findings would exceed what GitHub takes.\n" in content.decode()
    append_summary(report, file)
    assert content == file.read_bytes()[: len(content)] and file.stat().st_size <= LIMIT
