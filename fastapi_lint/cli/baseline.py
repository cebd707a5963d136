"""``fastapi-lint baseline``: makes, mends and shows baselines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.cli.common import echo_lines, run_options, run_request, show_timing
from fastapi_lint.cli.settings import rule_options

if TYPE_CHECKING:
    from fastapi_lint.engine.results import ProjectResult

EXIT_STALE = 1


@click.group()
def baseline() -> None:
    """Leave the findings there are for later, and hear of new ones only.

    A baseline is a file of known findings. `check` does not report them when the configuration names the file with
    `baseline`, or the command line with --baseline.
    """


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds what all commands of the group have."""
    decorators = (
        click.argument("paths", nargs=-1, type=click.Path(path_type=Path)),
        click.option(
            "--baseline", "file", type=click.Path(path_type=Path), metavar="FILE",
            help="The baseline, instead of the one that the configuration names. [default: fastapi-lint-baseline.json]",
        ),
        rule_options,
        run_options,
    )  # fmt: skip
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


@baseline.command()
@_options
@click.option("--force", is_flag=True, help="Replace a baseline that is there.")
def create(paths: tuple[Path, ...], file: Path | None, force: bool, **options: Any) -> int:
    """Write the findings there are to a baseline.

    PATHS are files and folders; the current folder by default.
    """
    from fastapi_lint.config.files import shown
    from fastapi_lint.engine.baseline import write_baseline
    from fastapi_lint.engine.narrowing import compare_projects
    from fastapi_lint.rules.registry import load
    from fastapi_lint.text.words import counted

    checked = _check(paths, file, options)
    for target in checked:
        if target.exists() and not force:
            raise click.UsageError(f"{shown(target)} is there already: `update` mends it, and --force replaces it.")
    for target, projects in checked.items():
        entries = compare_projects(target, (), projects, load()).new
        write_baseline(target, entries)
        click.echo(f"{counted(len(entries), 'finding')} written to {shown(target)}.")
        for project in projects:
            if project.configuration.baseline is None and file is None:
                click.echo(f'`check` goes by it once the configuration says `baseline = "{target.name}"`.')
    return 0


@baseline.command()
@_options
@click.option("--accept-new", is_flag=True, help="Add the findings that it does not know yet, too.")
def update(paths: tuple[Path, ...], file: Path | None, accept_new: bool, **options: Any) -> int:
    """Take out what is found no more, and follow files that have moved.

    Only what was checked is judged: with PATHS or --select, the rest stays as it is.
    """
    from fastapi_lint.config.files import shown
    from fastapi_lint.engine.baseline import read_baseline, write_baseline
    from fastapi_lint.engine.narrowing import compare_projects
    from fastapi_lint.rules.registry import load
    from fastapi_lint.text.words import counted

    for target, projects in _check(paths, file, options).items():
        comparison = compare_projects(target, read_baseline(target), projects, load())
        entries = comparison.updated(accept_new)
        write_baseline(target, entries)
        done = [f"{len(comparison.stale):,} removed", f"{len(comparison.moved):,} moved"]
        if accept_new:
            done.append(f"{len(comparison.new):,} added")
        click.echo(f"{shown(target)}: {', '.join(done)}; {counted(len(entries), 'entry', 'entries')}.")
        if comparison.new and not accept_new:
            click.echo(f"{counted(len(comparison.new), 'new finding')} not added; --accept-new does.")
    return 0


@baseline.command()
@_options
@click.option("--stale", is_flag=True, help="Only what is found no more; exit with 1 when there is any.")
def show(paths: tuple[Path, ...], file: Path | None, stale: bool, **options: Any) -> int:
    """List the entries, with the places where their findings are now."""
    from fastapi_lint.engine.baseline import read_baseline
    from fastapi_lint.engine.narrowing import compare_projects, entry_of
    from fastapi_lint.report.baseline import entry_lines, summary
    from fastapi_lint.rules.registry import load

    found_stale = False
    for target, projects in _check(paths, file, options).items():
        comparison = compare_projects(target, read_baseline(target), projects, load())
        lines = {
            entry_of(target, project, diagnostic): diagnostic.location.line
            for project in projects
            for diagnostic in project.diagnostics
        }
        echo_lines(entry_lines(comparison, lines, load(), Path.cwd().resolve(), only_stale=stale))
        click.echo(summary(comparison), err=True)
        found_stale |= bool(comparison.stale)
    return EXIT_STALE if stale and found_stale else 0


def _check(paths: tuple[Path, ...], file: Path | None, options: dict[str, Any]) -> dict[Path, list[ProjectResult]]:
    """Checks projects, and gives them by the baseline that counts for them.

    Raises:
        UsageError: the check failed in part, so that the findings are not all there are.
    """
    from fastapi_lint.engine.baseline import DEFAULT_NAME
    from fastapi_lint.engine.narrowing import Narrowing
    from fastapi_lint.rules.registry import INTERNAL_ERROR

    timing = options.pop("timing")
    result = run_request(paths, **options)
    if timing:
        show_timing(result)
    chosen = Narrowing(baseline=file.absolute() if file is not None else None)
    by_file: dict[Path, list[ProjectResult]] = {}
    for project in result.projects:
        for diagnostic in project.diagnostics:
            if diagnostic.code == INTERNAL_ERROR:
                raise click.UsageError(f"the check failed, nothing was done: {diagnostic.message}.")
        target = chosen.baseline_of(project) or project.root / DEFAULT_NAME
        by_file.setdefault(target, []).append(project)
    return by_file
