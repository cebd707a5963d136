"""The format ``concise`` of what is not known: one line each, ``path:line:column: what: reason; effect``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.report.findings import printable, shown_path
from fastapi_lint.report.page import Page
from fastapi_lint.report.unresolved.selection import unresolved_of


def render(projects: Iterable[ProjectResult], page: Page) -> Iterator[str]:
    """The lines of the report."""
    for result in projects:
        for item in unresolved_of(result):
            line, column = item.location.start
            path = shown_path(result.root, item.location.path, page.cwd)
            more = f" (and elsewhere: {len(item.others):,})" if item.others else ""
            yield f"{path}:{line}:{column}: {printable(f'{item.what}: {item.reason}; {item.effect}')}{more}"
