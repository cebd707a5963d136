"""The routes whose dependencies are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.config.errors import did_you_mean
from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.model.routing.references import find_routes, references_like
from fastapi_lint.report.routes.listing import listed

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi_lint.model.routing.routes import Route

_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A route, and the folder that its places are relative to."""

    route: Route
    root: Path


def find(results: Sequence[ProjectResult], reference: str) -> list[Found]:
    """The routes that a reference means; those of mounted applications and of tests only where it means no other."""
    for every_app in (False, True):
        found = [
            Found(route, project.result.root)
            for project in listed(results, {}, every_app)
            for route in find_routes(project.routes, reference)
        ]
        if found:
            return found
    return []


def complaint(results: Sequence[ProjectResult], reference: str) -> str:
    """What to say of a reference that means no route."""
    routes = [route for project in listed(results, {}) for route in project.routes]
    if not routes:
        return f"no route matches `{reference}`: there are no routes."
    return f"no route matches `{reference}`.{did_you_mean(reference, references_like(routes, reference), _NEAREST)}"
