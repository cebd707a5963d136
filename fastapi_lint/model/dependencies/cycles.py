"""Cycles of dependencies: callables that need each other, so that none can come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.dependencies.dependants import ITSELF, Dependant, Visit

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Route

Cycle = tuple[Dependant, ...]
"""Dependants of which each needs the next, and the last one the first."""


def cycles(routes: Iterable[Route]) -> Iterator[tuple[Route, Cycle]]:
    """The cycles among the dependencies of routes, each once, with the first route that has it. Each begins with the
    dependant that is declared first in the order of files and lines. Silent where a condition chooses what is called.

    Args:
        routes: effective routes.
    """
    seen: set[frozenset[object]] = set()
    for route in routes:
        for visit in route.dependant.walk():
            cycle = _cycle(visit) if visit.dependant.unknown == ITSELF else ()
            keys = frozenset(dependant.key for dependant in cycle)
            if keys and keys not in seen and not any(dependant.alternatives for dependant in cycle):
                seen.add(keys)
                first = min(range(len(cycle)), key=lambda place: _place(cycle[place]))
                yield route, cycle[first:] + cycle[:first]


def _cycle(visit: Visit) -> Cycle:
    """The part of a chain from where its last callable occurs first; empty where it occurs once, as below a dependant
    that was read for another route."""
    first = next(place for place, dependant in enumerate(visit.chain) if dependant.key == visit.dependant.key)
    return visit.chain[first + 1 :]


def _place(dependant: Dependant) -> tuple[str, int]:
    """Where a dependant is declared, for sorting."""
    site = dependant.site
    return (site.module.path, site.start) if site is not None else ("", -1)
