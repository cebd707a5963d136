"""Dependencies that all routes of a router repeat, and of which none needs the value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts.search import mentions
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.routing.routers import Router, RouteRegistration
from fastapi_lint.model.routing.routes import Route

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

MIN_ROUTES = 3
"""So many routes make it worthwhile to say it once."""


class Repeated(NamedTuple):
    """A dependency that is declared for each route of a router: the routes, each with what declares it there."""

    router: Router
    declared: tuple[tuple[Route, Dependant], ...]

    @property
    def count(self) -> int:
        """How often it is declared; a call may register several routes."""
        return len({route.site for route, _ in self.declared})

    @property
    def dependant(self) -> Dependant:
        """The dependency as the first route has it."""
        return self.declared[0][1]


def repeated_dependencies(project: Project) -> Iterator[Repeated]:
    """The dependencies that every route of a router declares by itself, in ``dependencies`` of its decorator or as a
    parameter that its endpoint never mentions.

    Left out: routers that include or mount others, which would get the dependency too, those of tests, those with
    routes that are not known, and those of few routes; dependencies that depend on a condition.
    """
    served: dict[int, Route] = {}
    for route in project.routes:
        served.setdefault(id(route.registration), route)
    for router in project.interpreter.registrar.routers:
        if router.is_app or router.site.module.is_test:
            continue
        routes = [served.get(id(registration)) for registration in router.registrations]
        known = [route for route in routes if route is not None and isinstance(route.registration, RouteRegistration)]
        if len(known) == len(routes):
            yield from _repeated(router, known)


def _repeated(router: Router, routes: list[Route]) -> Iterator[Repeated]:
    if len({route.site for route in routes}) < MIN_ROUTES:
        return
    by_route = [{_identity(dependant): dependant for dependant in _unused(route)} for route in routes]
    for identity in by_route[0]:
        if all(identity in found for found in by_route):
            declared = ((route, found[identity]) for route, found in zip(routes, by_route))
            yield Repeated(router, tuple(declared))


def _identity(dependant: Dependant) -> object:
    """What makes two declarations the same: what is called, with which scopes, and how often."""
    return dependant.key, dependant.scopes, dependant.is_security, dependant.use_cache, dependant.scope


def _unused(route: Route) -> Iterator[Dependant]:
    """The dependencies that a route declares itself and of which its endpoint does not need the value."""
    function = route.function
    for dependant in route.dependant.dependencies:
        if dependant.unknown is None and not dependant.alternatives and dependant.scopes_known:
            if dependant.level == "route":
                yield dependant
            elif dependant.level == "parameter" and dependant.name is not None and function is not None:
                if route.dependant.functions[-1:] == (function,) and not mentions(function.fact.body, dependant.name):
                    yield dependant
