"""``fastapi-lint routes``: the routes that FastAPI will build."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from fastapi_lint.cli.common import echo_lines, run_options, run_request, show_timing


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "--output-format", "output_format", type=click.Choice(["table", "json"]), default="table",
    show_default=True, help="How routes are shown.",
)  # fmt: skip
@click.option("--unresolved", is_flag=True, help="Show what could not be resolved, so that nobody checks it.")
@run_options
def routes(paths: tuple[Path, ...], output_format: str, unresolved: bool, timing: bool, **options: Any) -> int:
    """List the effective routes of the applications in PATHS, the current folder by default."""
    result = run_request(paths, rules=False, **options)
    from fastapi_lint.report.routes import render_json, render_table, render_unresolved

    if unresolved:
        echo_lines(render_unresolved(result.projects, Path.cwd().resolve()))
    elif output_format == "json":
        echo_lines(render_json(result.projects))
    else:
        echo_lines(render_table(result.projects))
    if timing:
        show_timing(result)
    return 0
