"""Policies: which dependencies routes must have, and what shows that one has not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.model.dependencies.dependants import NO_DEPENDENCY, Dependant
from fastapi_lint.model.routing.paths import fits, plain_path
from fastapi_lint.model.routing.references import methods_of
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.settings import Policy
from fastapi_lint.text.location import Location


class Breach(NamedTuple):
    """How a route breaks a policy: ``kind`` is "missing", "conditional" or "unknown"; where, and why in words."""

    kind: str
    reason: str
    location: Location | None = None


def is_meant(route: Route, policy: Policy) -> bool:
    """Whether a policy speaks of a route. Methods that are not known may be any."""
    by_method = not policy.methods or not route.methods_known or not set(methods_of(route)).isdisjoint(policy.methods)
    paths = (route.path, plain_path(route.path) or "/")
    return by_method and any(fits(path, pattern) for path in paths for pattern in policy.paths)


def breach(route: Route, policy: Policy) -> Breach | None:
    """How a route breaks a policy that speaks of it, or None. Only what is known to be there in each case counts."""
    if not is_meant(route, policy):
        return None
    possible: Dependant | None = None
    unknown: Dependant | None = None
    for visit in route.dependant.walk():
        certain = not any(met.alternatives or not met.by_default for met in visit.chain)
        if visit.dependant.is_called(policy.dependency):
            if certain:
                return None
            possible = possible or visit.dependant
        elif any(below.is_called(policy.dependency) for below in _instead(visit.dependant)):
            possible = possible or visit.dependant
        if visit.dependant.unknown not in (None, NO_DEPENDENCY):
            unknown = unknown or visit.dependant
    if possible is not None:
        return Breach("conditional", "it may be another one, or none", possible.location)
    unknown = unknown or (route.dependant if route.dependant.unknown is not None else None)
    if unknown is not None:
        return Breach("unknown", unknown.unknown or "", unknown.location)
    return Breach("missing", "it is not among its dependencies")


def _instead(dependant: Dependant) -> Iterator[Dependant]:
    """What a condition may put in the place of a dependency, with all that is below."""
    for other in dependant.alternatives:
        yield other
        yield from (visit.dependant for visit in other.walk())
