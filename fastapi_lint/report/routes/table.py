"""The format ``table`` of routes: one table per application, its routes in the order in which they match."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.report.columns import Column, aligned
from fastapi_lint.report.findings import printable
from fastapi_lint.report.page import Page
from fastapi_lint.report.routes.cells import cells_of
from fastapi_lint.report.routes.listing import Listed

_COLUMNS = (
    Column("METHOD", 1, least=6),
    Column("PATH", 4, "/", least=32),
    Column("ENDPOINT", 3, ".:", least=20),
    Column("STATUS", optional=True),
    Column("RESPONSE", 1, least=10, optional=True),
    Column("AUTH", 2, least=12),
    Column("NOTE"),
)


def render(projects: Iterable[Listed], page: Page) -> Iterator[str]:
    """The lines of the report."""
    separator: tuple[str, ...] = ()
    for listed in projects:
        by_app: dict[str, list[list[str]]] = {}
        for route in listed.routes:
            cells = [printable(cell) for cell in cells_of(route, listed.project)]
            by_app.setdefault(route.app.name, []).append(cells)
        for app, rows in by_app.items():
            yield from separator
            yield printable(app)
            has_notes = any(row[-1] for row in rows)
            shown = len(_COLUMNS) if has_notes else len(_COLUMNS) - 1
            yield from aligned(_COLUMNS[:shown], [row[:shown] for row in rows], page.width)
            separator = ("",)
