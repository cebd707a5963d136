"""Where and how ``check`` shows what it found: the options, and the output itself."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.cli.common import echo_lines
from fastapi_lint.report.formats import FOR_PEOPLE, NAMES, renderer

if TYPE_CHECKING:
    from fastapi_lint.report.findings import Finding, Report, Silenced

_OPTIONS = (
    click.option(
        "--format", "--output-format", "output_format", type=click.Choice(NAMES), default="full", show_default=True,
        help="How findings are shown.",
    ),
    click.option(
        "--output-file", "-o", type=click.Path(path_type=Path), metavar="FILE",
        help="Write the findings to this file; a summary goes to standard output.",
    ),
    click.option("--statistics", is_flag=True, help="Show how many findings each rule has instead of the findings."),
    click.option(
        "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
        help="Whether there are colours; auto: on a terminal, and as NO_COLOR and FORCE_COLOR say.",
    ),
    click.option("--quiet", "-q", is_flag=True, help="Show the findings, and neither progress nor summary."),
)  # fmt: skip
_STATISTICS = {**dict.fromkeys(FOR_PEOPLE, "table"), "json": "json"}
"""How statistics are shown by format."""


@dataclass(frozen=True, slots=True)
class Output:
    """What the options say."""

    format: str
    file: Path | None
    statistics: bool
    color: str
    quiet: bool

    def check(self) -> None:
        """Complains before the work is done for nothing.

        Raises:
            UsageError: the file can't be written, or the format has no statistics.
        """
        if self.statistics and self.format not in _STATISTICS:
            known = ", ".join(name for name in NAMES if name in _STATISTICS)
            raise click.UsageError(f"--statistics: there are none in the format {self.format}, only in {known}.")
        if self.file is not None and os.path.isdir(self.file):
            raise click.UsageError(f"--output-file: {self.file} is a folder.")
        if self.file is not None and not os.path.isdir(self.file.parent):
            raise click.UsageError(f"--output-file: the folder {self.file.parent} does not exist.")

    def show(self, findings: Sequence[Finding], silenced: Sequence[Silenced] = (), *, err: bool = False) -> None:
        """Shows the findings, and a summary for people; some formats show what is silenced, too.

        Args:
            findings: in order.
            silenced: those that are not reported.
            err: on standard error, since standard output holds something else.
        """
        from fastapi_lint.report.findings import Report
        from fastapi_lint.report.summary import about_fixes, summary

        report = Report(findings, Path.cwd().resolve(), self._has_color(), silenced)
        if self.file is not None:
            _write(self.file, self._lines(report))
        else:
            # GitHub reads the log as UTF-8, whatever the platform's encoding is.
            echo_lines(self._lines(report), "utf-8" if self.format == "github" else None, err=err)
        if self.format == "github":
            _append_summary(report)
        if not self.quiet and self.file is not None:
            echo_lines([f"{summary(findings)} Written to {click.format_filename(self.file)}"], err=err)
        elif not self.quiet and self.format in FOR_PEOPLE:
            click.echo(summary(findings), err=True)
            fixes = about_fixes(findings)
            if fixes is not None:
                click.echo(fixes, err=True)

    def _lines(self, report: Report) -> Iterable[str]:
        if not self.statistics:
            return renderer(self.format)(report)
        from fastapi_lint.report.statistics import render_json, render_table

        return (render_table if _STATISTICS[self.format] == "table" else render_json)(report)

    def _has_color(self) -> bool:
        """Whether there are colours: NO_COLOR (no-color.org) comes before FORCE_COLOR (force-color.org)."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        return self.file is None and os.environ.get("TERM") != "dumb" and sys.stdout.isatty()


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of this module; the command gets them as ``output``."""

    @functools.wraps(command)
    def with_output(
        *arguments: Any,
        output_format: str,
        output_file: Path | None,
        statistics: bool,
        color: str,
        quiet: bool,
        **options: Any,
    ) -> Any:
        return command(*arguments, output=Output(output_format, output_file, statistics, color, quiet), **options)

    decorated: Callable[..., Any] = with_output
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _write(file: Path, lines: Iterable[str]) -> None:
    """Writes a file as a whole, in UTF-8.

    Raises:
        UsageError: it can't be written.
    """
    from fastapi_lint.text.atomic import write_atomically

    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    try:
        if os.path.exists(file) and not os.path.isfile(file):  # a device or a pipe must stay what it is
            file.write_bytes(data)
        else:
            write_atomically(file, data)
    except OSError as error:
        raise click.UsageError(f"--output-file: {file} can't be written: {error.strerror or error}.") from None


def _append_summary(report: Report) -> None:
    """Appends to the summary of the step, if there is one; that it can't be written is worth a warning."""
    from fastapi_lint.report.github_summary import VARIABLE, append_summary

    file = os.environ.get(VARIABLE)
    if not file:
        return
    try:
        append_summary(report, Path(file))
    except OSError as error:
        click.echo(f"warning: {VARIABLE}: {file} can't be written: {error.strerror or error}.", err=True)
