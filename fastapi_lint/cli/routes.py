"""``fastapi-lint routes``: the routes that FastAPI will build."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fastapi_lint.cli.common import echo_lines, run_model, run_options, show_timing, terminal_width
from fastapi_lint.report.formats import ROUTES, UNRESOLVED, renderer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi_lint.engine.results import ProjectResult
    from fastapi_lint.report.routes.listing import Listed

_FILTERS = {
    "method": ("METHOD", "Only routes of this method; WEBSOCKET too."),
    "path": ("GLOB", "Only paths that fit: * is a part of a segment, ** any number of segments."),
    "auth": (
        "STATE|NAME",
        "Only routes whose authentication is required, optional, none or unknown, or by this guard.",
    ),
    "tag": ("TAG", "Only routes with this tag."),
    "app": ("APP", "Only this application: module:variable, its module, or the end of either."),
}


def _filter_options(command: Any) -> Any:
    for kind, (metavar, text) in reversed(_FILTERS.items()):
        command = click.option(f"--{kind}", multiple=True, metavar=metavar, help=text)(command)
    return command


@click.command(short_help="List the routes that FastAPI will build, and who guards them.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "--output-format", "output_format", type=click.Choice(ROUTES), default="table", show_default=True,
    help="How routes are shown.",
)  # fmt: skip
@_filter_options
@click.option("--unresolved", is_flag=True, help="Show what could not be resolved, so that nobody checks it.")
@run_options
def routes(paths: tuple[Path, ...], output_format: str, unresolved: bool, timing: bool, **options: Any) -> int:
    """List the effective routes of the applications in PATHS, the current folder by default.

    Filters may be repeated: a route is shown that meets one of each kind. A table on a terminal is made to fit: cells
    are shortened and, where that is not enough, responses and status codes left out.
    """
    filters: dict[str, tuple[str, ...]] = {kind: options.pop(kind) for kind in _FILTERS}
    if unresolved:
        _refuse_with_unresolved(output_format, filters)
    result = run_model(paths, **options)
    if unresolved:
        _show_unresolved(result.projects, output_format)
    else:
        _show_routes(result.projects, paths, output_format, filters)
    if timing:
        show_timing(result)
    return 0


def _refuse_with_unresolved(output_format: str, filters: dict[str, tuple[str, ...]]) -> None:
    given = [f"--{kind}" for kind, values in filters.items() if values]
    if output_format == "markdown":
        given.append("--format markdown")
    if given:
        raise click.UsageError(f"--unresolved: {given[0]} is about routes, not about what is not known.")


def _show_routes(
    projects: Sequence[ProjectResult], paths: tuple[Path, ...], output_format: str, filters: dict[str, tuple[str, ...]]
) -> None:
    from fastapi_lint.report.page import Page
    from fastapi_lint.report.routes.listing import complaints, listed

    is_json = output_format == "json"
    found = listed(projects, filters, every_app=is_json)
    page = Page(Path.cwd().resolve(), terminal_width(), _command(paths, output_format, filters))
    echo_lines(renderer(output_format, "routes")(found, page))
    for complaint in complaints(projects, filters, every_app=is_json):
        click.echo(f"warning: {complaint}", err=True)
    if not is_json:
        click.echo(_summary(found), err=True)


def _command(paths: tuple[Path, ...], output_format: str, filters: dict[str, tuple[str, ...]]) -> str:
    """The command line that gives the same again."""
    words = ["fastapi-lint", "routes", *map(str, paths), "--format", output_format]
    words += [word for kind, values in filters.items() for value in values for word in (f"--{kind}", value)]
    return shlex.join(words)


def _summary(found: list[Listed]) -> str:
    """What there is in one line: ``254 routes, 12 without authentication, 2 conditional, 3 unresolved: …``."""
    from fastapi_lint.report.routes.listing import authentication
    from fastapi_lint.report.summary import counted
    from fastapi_lint.report.unresolved.selection import unresolved_of

    routes = [(route, listed.project) for listed in found for route in listed.routes]
    total = sum(listed.total for listed in found)
    states = [authentication(route, project) for route, project in routes]
    unresolved = sum(len(unresolved_of(listed.result)) for listed in found)
    shown = counted(len(routes), "route")
    parts = [
        shown if len(routes) == total else f"{len(routes):,} of {counted(total, 'route')}",
        *(f"{number:,} {what}" for number, what in (
            (states.count("none"), "without authentication"),
            (states.count("unknown"), "where it is not known"),
            (sum(route.conditional for route, _ in routes), "conditional"),
        ) if number),
    ]  # fmt: skip
    if unresolved:
        parts.append(f"{unresolved:,} unresolved: see --unresolved")
    return f"{', '.join(parts)}." if total or unresolved else "No routes."


def _show_unresolved(projects: Sequence[ProjectResult], output_format: str) -> None:
    from fastapi_lint.report.page import Page

    name = output_format if output_format in UNRESOLVED else UNRESOLVED[0]
    lines = list(renderer(name, "unresolved")(projects, Page(Path.cwd().resolve())))
    echo_lines(lines)
    if name != "json":
        click.echo(f"{len(lines):,} unresolved." if lines else "Everything is resolved.", err=True)
