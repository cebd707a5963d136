"""Precedence: Starlette asks routes in their order, and the first that fits answers. Which requests of a route are
answered by something before it (https://fastapi.tiangolo.com/tutorial/path-params/#order-matters)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.routing.apps import App, Claim
from fastapi_lint.model.routing.matching import covers, unnamed
from fastapi_lint.model.routing.references import methods_of
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import external_name
from fastapi_lint.text.location import Location

Answer = Claim | Route
"""What answers requests."""
_PLAIN_CLASS = "fastapi.routing.APIRoute"


class Precedence:
    """What comes before what in an application that no other one mounts.

    A route that exists under a condition answers only what exists under the same one; one whose class decides for
    itself what it matches answers nothing that is known.
    """

    def __init__(self, app: App) -> None:
        self._order = {route: number for number, route in enumerate(app.routes)}
        self._claims = app.claims
        self._same: dict[tuple[str, str], list[Route]] = defaultdict(list)
        self._wider: dict[str, list[Route]] = defaultdict(list)
        for route in app.routes:
            if _matches_itself(route):
                continue
            for method in methods_of(route):
                self._same[method, unnamed(route.path)].append(route)
                if "{" in route.path:
                    self._wider[method].append(route)

    def duplicated(self, route: Route) -> Mapping[str, Route]:
        """The first route before it at the same path, by each method that both answer to."""
        found: dict[str, Route] = {}
        for method in methods_of(route):
            for other in self._before(route, self._same.get((method, unnamed(route.path)), [])):
                found.setdefault(method, other)
        return found

    def shadowing(self, route: Route) -> tuple[Answer, ...]:
        """What answers all requests of a route before it does, the first for each of its methods; empty where there is
        a request that reaches it, or may be one."""
        if not route.methods_known:
            return ()
        found: dict[Answer, None] = {}
        for method in methods_of(route):
            answer = next(self._answers(route, method), None)
            if answer is None:
                return ()
            found[answer] = None
        return tuple(found)

    def _answers(self, route: Route, method: str) -> Iterator[Answer]:
        for claim in self._claims:
            earlier = claim.trail < route.trail and (claim.methods or claim.trail != route.trail[: len(claim.trail)])
            fits = claim.methods is None or method in claim.methods
            if earlier and fits and _holds(claim, route) and covers(claim.path, route.path):
                yield claim
        yield from self._before(route, self._same.get((method, unnamed(route.path)), []))
        for other in self._before(route, self._wider[method]):
            if covers(other.path, route.path):
                yield other

    def _before(self, route: Route, others: list[Route]) -> Iterator[Route]:
        place = self._order[route]
        for other in others:
            if self._order[other] >= place:
                return
            if _holds(other, route):
                yield other


def _holds(answer: Answer, route: Route) -> bool:
    """Whether something exists wherever a route does."""
    return set(answer.conditions) <= set(route.conditions)


def _matches_itself(route: Route) -> bool:
    """Whether the class of a route says what it matches."""
    names = ("route_class", "route_class_override")
    classes = [value for name in names for _, value in route.arguments(name)]
    own = [cls for cls in classes if external_name(cls) != _PLAIN_CLASS]
    return any(not isinstance(cls, ClassDefinition) or cls.find_method("matches") is not None for cls in own)


def registrations(route: Route) -> list[Location]:
    """The registrations that lead to a route, from the application inwards: inclusions, mounts, the route itself."""
    return [level.site.location for level in route.levels if level.kind in ("include", "mount")] + [route.location]


def parting(route: Route, earlier: Route) -> tuple[Location, Location]:
    """Where two routes at one path part: the outermost registration that leads to the first one alone, and that of the
    earlier one. The innermost inclusion of both where the same lead to both, as in a loop."""
    own, others = registrations(route), registrations(earlier)
    differing = next((pair for pair in zip(own, others) if pair[0] != pair[1]), None)
    return differing or (own[-2:][0], others[-2:][0])
