"""The format ``markdown`` of routes: a page to commit, which changes only where routes do.

One table per application, by name; its routes by path, and no line numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.report.findings import printable
from fastapi_lint.report.page import Page
from fastapi_lint.report.routes.cells import Cells, cells_of
from fastapi_lint.report.routes.listing import Listed
from fastapi_lint.text.markdown import table

_HEADER = ("Method", "Path", "Endpoint", "Status", "Response", "Guards", "Notes")


def render(projects: Iterable[Listed], page: Page) -> Iterator[str]:
    """The lines of the page."""
    by_app: dict[tuple[str, str], list[Cells]] = {}
    for listed in projects:
        for route in listed.routes:
            key = route.app.name, listed.result.root.name
            by_app.setdefault(key, []).append(cells_of(route, listed.project))
    yield "# Routes"
    several = len({root for _, root in by_app}) > 1
    for (app, root), cells in sorted(by_app.items()):
        yield ""
        yield f"## `{printable(app)}`" + (f" in {printable(root)}" if several else "")
        yield ""
        rows = sorted(cells, key=lambda row: (row.path, row.method, row))
        yield table(_HEADER, map(_row, rows))
    if not by_app:
        yield ""
        yield "There are none."
    yield ""
    yield f"Made by `{page.command}`."


def _row(cells: Cells) -> list[str]:
    code = (cells.method, cells.path, cells.endpoint, cells.response)
    method, path, endpoint, response = (f"`{printable(cell)}`" if cell else "" for cell in code)
    return [method, path, endpoint, cells.status, response, _guards(cells.auth), cells.note]


def _guards(auth: str) -> str:
    return {"-": "none", "?": "not known"}.get(auth, printable(auth))
