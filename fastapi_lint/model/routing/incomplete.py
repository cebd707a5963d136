"""What is not known of routes that are listed: arguments and options, endpoints, dependencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.model.dependencies.dependants import NO_DEPENDENCY, Dependant
from fastapi_lint.model.knowledge.library_routers import LIBRARY_ENDPOINT
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.routing.unresolved import UNKNOWN_ARGUMENTS, Unresolved, why
from fastapi_lint.model.values import Unknown, possibilities
from fastapi_lint.text.location import Location

_OPTIONS = ("status_code", "response_model", "tags", "deprecated", "include_in_schema", "operation_id")
_CALLEES = {"app": "the application", "mount": "mount", "include": "include_router", "router": "the router"}
_SAID_ELSEWHERE = (UNKNOWN_ARGUMENTS, NO_DEPENDENCY)


def unresolved_in(routes: Iterable[Route]) -> Iterator[Unresolved]:
    """What is not known of the routes that are listed. What stands in many places for the same reason, such as a
    dependency from outside the project, is said once."""
    repeated: dict[tuple[str, str, str], set[Location]] = {}
    for route in routes:
        yield from _calls(route)
        for effect, found in (
            ("it is left out", _options(route)),
            ("what it takes and does is not known", _dependencies(route)),
        ):
            for what, reason, place in found:
                repeated.setdefault((what, reason, effect), set()).add(place)
    for (what, reason, effect), places in repeated.items():
        first, *others = sorted(places)
        yield Unresolved(first, what, reason, effect, tuple(others))


def _calls(route: Route) -> Iterator[Unresolved]:
    """What is not known of the calls that made a route: their arguments, its endpoint, its methods."""
    for level in route.levels:
        if level.kind == "outside":
            effect = "the prefix, options and dependencies that others give it are not known"
            yield Unresolved(level.site.location, "router", "no application of the project includes it", effect)
        elif not level.arguments.complete:
            what = f"arguments of {_CALLEES.get(level.kind, route.endpoint_name)}"
            reason, effect = "some are passed by * or **", "options and dependencies may be missing"
            yield Unresolved(level.site.location, what, reason, effect)
    unknown = route.dependant.unknown
    if unknown is not None and not unknown.startswith(LIBRARY_ENDPOINT):
        name = route.dependant.qualified_name
        what = f"endpoint of {route.path}" if name == "?" else f"endpoint {name}"
        effect = "what it takes and does is not known"
        yield Unresolved(route.location, what, unknown, effect)
    methods = route.argument("methods")
    if methods is not None and not route.methods_known:
        what, effect = f"methods of {route.endpoint_name}", "it may answer to more than is listed"
        yield Unresolved(route.location, what, why(methods), effect)


def _options(route: Route) -> Iterator[tuple[str, str, Location]]:
    for option in _OPTIONS:
        for level, value in route.arguments(option):
            unknown = next((choice for choice in possibilities(value) if isinstance(choice, Unknown)), None)
            if unknown is not None:
                yield option, unknown.reason, level.site.location


def _dependencies(route: Route) -> Iterator[tuple[str, str, Location]]:
    for dependant in _everything(route.dependant):
        if dependant.unknown is not None and dependant.unknown not in _SAID_ELSEWHERE:
            yield _named(dependant), dependant.unknown, dependant.location or route.location


def _everything(root: Dependant) -> Iterator[Dependant]:
    """All dependencies below a dependant, those that a condition may put in their place included."""
    for visit in root.walk():
        yield visit.dependant
        for other in visit.dependant.alternatives:
            yield other
            yield from _everything(other)


def _named(dependant: Dependant) -> str:
    """How messages name a dependency that is not known."""
    name = dependant.qualified_name
    if name != "?":
        return f"dependency {name}"
    if dependant.name is not None:
        return f"dependency of the parameter {dependant.name}"
    return f"dependencies of {_CALLEES.get(dependant.level, 'the route')}"
