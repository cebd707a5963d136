"""Places in the documents that are written as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi_lint.report.findings import path_from
from fastapi_lint.text.location import Location, Position


def place(location: Location | None, root: Path, cwd: Path) -> dict[str, Any]:
    """The keys ``path``, ``start`` and ``end`` of a place; null where there is none.

    Args:
        location: the place.
        root: the folder that its path is relative to.
        cwd: the folder to show the path from.
    """
    if location is None:
        return {"path": None, "start": None, "end": None}
    path = path_from(cwd, root, location.path)
    return {"path": path, "start": _position(location.start), "end": _position(location.end)}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
