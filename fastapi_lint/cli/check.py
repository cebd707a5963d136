"""``fastapi-lint check``: reports findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fastapi_lint.cli.adding import Adding, adding_options
from fastapi_lint.cli.common import run_options, run_request, show_timing
from fastapi_lint.cli.fixing import Fixing, fixing_options
from fastapi_lint.cli.narrowing import narrowing_options
from fastapi_lint.cli.output import Output, output_options
from fastapi_lint.cli.settings import rule_options
from fastapi_lint.cli.stdin import overlay_of

EXIT_FINDINGS = 1
EXIT_INTERNAL = 2


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@rule_options
@narrowing_options
@fixing_options
@adding_options
@output_options
@click.option(
    "--stdin-filename", type=click.Path(path_type=Path), metavar="FILE",
    help="Check standard input as the content of this file, saved or not, within its project.",
)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@run_options
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    output: Output,
    stdin_filename: Path | None,
    fixing: Fixing,
    adding: Adding,
    exit_zero: bool,
    timing: bool,
    **options: Any,
) -> int:
    """Check FastAPI projects.

    PATHS are files and folders; the current folder by default. Findings are limited to them, but the whole project
    around them is read, since no file can be judged without it. A path of - means standard input.

    Exit codes: 0 nothing found (or --exit-zero), 1 findings (from the severity of --fail-on on), 2 wrong usage or
    configuration, or an internal error. With --fix, only findings that are left count; with --diff, only the patch.
    """
    output.check()
    overlay = overlay_of(paths, stdin_filename)
    adding.check(overlay)
    fixing.check(adding.wanted)
    if overlay is not None and options["force_exclude"] is None:
        options["force_exclude"] = True  # editors ask for whatever file is open
    result = run_request(paths, quiet=output.quiet, overlay=overlay, run=fixing.run, **options)
    fixing.show(overlay.data if overlay is not None else None, output.quiet)
    adding.apply(result.projects)
    from fastapi_lint.engine.outcome import INTERNAL_ERROR
    from fastapi_lint.report.findings import findings_of, silenced_of

    findings = findings_of(result.projects)
    if not fixing.diff:
        output.show(findings, silenced_of(result.projects), err=fixing.fix and overlay is not None)
    if timing:
        show_timing(result)
    if context.obj:
        for project in result.projects:
            click.echo("".join(project.tracebacks), err=True)
    if any(finding.diagnostic.code == INTERNAL_ERROR for finding in findings):
        return EXIT_INTERNAL
    fails = fixing.fails or (not fixing.diff and any(project.fails for project in result.projects))
    return EXIT_FINDINGS if fails and not exit_zero else 0
