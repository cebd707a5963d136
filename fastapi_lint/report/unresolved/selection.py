"""What of the routing is not known in the files that were asked for."""

from __future__ import annotations

from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.model.routing.unresolved import Unresolved
from fastapi_lint.text.location import Location, Position


def unresolved_of(result: ProjectResult) -> list[Unresolved]:
    """What is not known, by place: files that could not be read among it."""
    unread = [
        Unresolved(
            Location(path, Position(fault.line, fault.column), Position(fault.line, fault.column + 1)),
            "file",
            fault.message,
            "what it declares is not seen",
        )
        for path, fault in result.faults.items()
    ]
    known = result.project.unresolved if result.project is not None else []
    return sorted(item for item in (*unread, *known) if item.location.path in result.wanted)
