"""The format ``json`` of what is not known: ``{"version": 1, "unresolved": [ITEM, …]}``, and an ITEM has these keys:

- ``what``: what is not known, "path of create_item" for example
- ``reason``: why
- ``effect``: what follows for the list of routes
- ``path``, ``start``, ``end``: where it stands, as in the findings of ``check``
- ``others``: where else the same thing stands, each ``{"path", "start", "end"}``
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.model.routing.unresolved import Unresolved
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.page import Page
from fastapi_lint.report.places import place
from fastapi_lint.report.unresolved.selection import unresolved_of

VERSION = 1


def render(projects: Iterable[ProjectResult], page: Page) -> Iterator[str]:
    """The document, a line per item."""
    yield f'{{"version": {VERSION}, "unresolved": ['
    yield from in_array(
        to_json(_item(item, result.root, page.cwd)) for result in projects for item in unresolved_of(result)
    )
    yield "]}"


def _item(item: Unresolved, root: Path, cwd: Path) -> dict[str, Any]:
    return {
        "what": item.what,
        "reason": item.reason,
        "effect": item.effect,
        **place(item.location, root, cwd),
        "others": [place(other, root, cwd) for other in item.others],
    }
