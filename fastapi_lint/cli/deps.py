"""``fastapi-lint deps``: what a route depends on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fastapi_lint.cli.common import echo_lines, run_model, run_options, show_timing, terminal_width
from fastapi_lint.report.formats import DEPENDENCIES, renderer


@click.command(short_help="Show what a route depends on.")
@click.argument("route")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "--output-format", "output_format", type=click.Choice(DEPENDENCIES), default="tree", show_default=True,
    help="How dependencies are shown.",
)  # fmt: skip
@run_options
def deps(route: str, paths: tuple[Path, ...], output_format: str, timing: bool, **options: Any) -> int:
    """Show what ROUTE depends on, and where each part is declared.

    ROUTE is "POST /users/{id}", a path alone, module:function or the name of the function; all routes that it means are
    shown. PATHS are files and folders, the current folder by default.
    """
    result = run_model(paths, **options)
    from fastapi_lint.report.deps.found import complaint, find
    from fastapi_lint.report.page import Page
    from fastapi_lint.report.summary import counted

    found = find(result.projects, route)
    if not found:
        raise click.UsageError(complaint(result.projects, route))
    echo_lines(renderer(output_format, "deps")(found, Page(Path.cwd().resolve(), terminal_width())))
    if output_format != "json" and len(found) > 1:
        click.echo(f"{counted(len(found), 'route')}.", err=True)
    if timing:
        show_timing(result)
    return 0
