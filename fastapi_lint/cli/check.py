"""``fastapi-lint check``: reports findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.cli.common import run_options, run_request, show_timing
from fastapi_lint.cli.output import Output, output_options

if TYPE_CHECKING:
    from fastapi_lint.config.configuration import Choice

EXIT_FINDINGS = 1
EXIT_INTERNAL = 2


def _selector_option(name: str, help_text: str) -> Any:
    return click.option(name, multiple=True, metavar="RULES", help=help_text)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@_selector_option("--select", "Rules to run instead of the configured: codes, prefixes, names, groups or ALL.")
@_selector_option("--extend-select", "Rules to run besides.")
@_selector_option("--ignore", "Rules not to run.")
@_selector_option("--extend-ignore", "Further rules not to run.")
@click.option("--profile", type=click.Choice(["recommended", "strict"]), help="The set of rules to start from.")
@output_options
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@run_options
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_ignore: tuple[str, ...],
    profile: str | None,
    output: Output,
    exit_zero: bool,
    timing: bool,
    **options: Any,
) -> int:
    """Check FastAPI projects.

    PATHS are files and folders; the current folder by default. Findings are limited to them, but the whole project
    around them is read, since no file can be judged without it.

    Exit codes: 0 nothing found (or --exit-zero), 1 findings, 2 wrong usage or configuration, or an internal error.
    """
    output.check()
    choice = _choice(profile, select, extend_select, ignore, extend_ignore)
    result = run_request(paths, choice=choice, quiet=output.quiet, **options)
    from fastapi_lint.engine.outcome import INTERNAL_ERROR
    from fastapi_lint.report.findings import findings_of

    findings = findings_of(result.projects)
    output.show(findings)
    if timing:
        show_timing(result)
    if context.obj:
        for project in result.projects:
            click.echo("".join(project.tracebacks), err=True)
    if any(finding.diagnostic.code == INTERNAL_ERROR for finding in findings):
        return EXIT_INTERNAL
    return EXIT_FINDINGS if findings and not exit_zero else 0


def _choice(
    profile: str | None,
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_ignore: tuple[str, ...],
) -> Choice:
    """What the command line says about which rules run.

    Raises:
        ConfigurationError: a selector that no rule answers to.
    """
    from fastapi_lint.config.configuration import Choice
    from fastapi_lint.config.errors import ConfigurationError
    from fastapi_lint.config.selection import complaint
    from fastapi_lint.rules.registry import load

    def selectors(option: str, given: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(part.strip() for text in given for part in text.split(",") if part.strip())
        for selector in found:
            if problem := complaint(selector, load()):
                raise ConfigurationError(problem, option)
        return found

    return Choice(
        profile=profile,
        select=selectors("--select", select) or None,
        extend_select=selectors("--extend-select", extend_select),
        ignore=selectors("--ignore", ignore) or None,
        extend_ignore=selectors("--extend-ignore", extend_ignore),
    )
