"""Binding: which names of a path the parameters of its route take, and which of those the path gives."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.model.dependencies.dependants import NO_DEPENDENCY, Dependant
from fastapi_lint.model.dependencies.parameters import RouteParameter, path_names
from fastapi_lint.model.routing.routes import Route

_READS_ANY = frozenset({"request", "websocket", "connection"})
"""What is injected has all names of the path in its ``path_params``."""


def untaken_names(route: Route) -> tuple[str, ...]:
    """The names of a route's path that no parameter of its endpoint or dependencies takes, in the order of the path;
    none where that is not known: something is unknown, or gets the request, which has them all."""
    dependants = list(_dependants(route.dependant))
    if route.registration.bare or not all(map(_is_known, dependants)):
        return ()
    if any(parameter.injected in _READS_ANY for dependant in dependants for parameter in dependant.injected):
        return ()
    path = route.path[len(route.mount) :]
    taken = {parameter.wire_name for dependant in dependants for parameter in dependant.parameters}
    if "?" in taken:
        return ()
    return tuple(sorted(path_names(path) - taken, key=path.index))


def ungiven_parameters(route: Route) -> Iterator[tuple[Dependant, RouteParameter]]:
    """The parameters that a route's path must give and does not: they are marked ``Path()``, in its endpoint or in a
    dependency that it always has. FastAPI answers 422 to each request (observed on FastAPI 0.165)."""
    given = path_names(route.path)
    for dependant in (route.dependant, *(visit.dependant for visit in route.dependant.walk())):
        if dependant.alternatives or route.registration.bare:
            continue
        for parameter in dependant.parameters:
            marked = parameter.marker is not None and parameter.place == "path"
            if marked and parameter.wire_name not in given and parameter.wire_name != "?":
                yield dependant, parameter


def _dependants(root: Dependant) -> Iterator[Dependant]:
    """A dependant and all below it, those that a condition may put in their place included."""
    yield root
    for other in (*root.dependencies, *root.alternatives):
        yield from _dependants(other)


def _is_known(dependant: Dependant) -> bool:
    return dependant.unknown in (None, NO_DEPENDENCY)
