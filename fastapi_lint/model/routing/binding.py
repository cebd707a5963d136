"""Binding: which names of a path the parameters of its route take, and which of those the path gives."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.dependants import NO_DEPENDENCY, Dependant, is_own
from fastapi_lint.model.dependencies.parameters import UNKNOWN_NAME, RouteParameter, path_names
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.security import SECURITY_SCHEMES
from fastapi_lint.model.routing.routes import Route

_REQUESTS = frozenset({"request", "websocket", "connection"})
"""What is injected and has all names of the path in its ``path_params``."""
_TELL_THE_PATH = frozenset({"path_params", "scope", "url"})


def untaken_names(route: Route) -> tuple[str, ...]:
    """The names of a route's path that no parameter of its endpoint or dependencies takes, in the order of the path;
    none where that is not known: something is unknown, or may read them from the request. A name of a prefix may be
    for a middleware of the project's own."""
    dependants = list(_dependants(route.dependant))
    if route.registration.bare or not all(map(_is_known, dependants)) or any(map(_may_read_path, dependants)):
        return ()
    taken = {parameter.wire_name for dependant in dependants for parameter in dependant.parameters}
    own = plain(route.registration.path)
    by_middleware = any(is_own(middleware.handler) for middleware in route.app.middlewares)
    path = str(own.value) if by_middleware and own is not None else route.path[len(route.mount) :]
    return () if UNKNOWN_NAME in taken else tuple(sorted(path_names(path) - taken, key=path.index))


def ungiven_parameters(route: Route) -> Iterator[tuple[Dependant, RouteParameter]]:
    """The parameters that a route's path must give and does not: they are marked ``Path()``, in its endpoint or in a
    dependency that it always has. FastAPI answers 422 to each request (observed on FastAPI 0.165). None where a prefix
    that is not known may give them."""
    if any(level.kind in ("include", "outside") and not level.arguments.complete for level in route.levels):
        return
    given = path_names(route.path)
    for dependant in (route.dependant, *(visit.dependant for visit in route.dependant.walk())):
        if dependant.alternatives or route.registration.bare:
            continue
        for parameter in dependant.parameters:
            marked = parameter.marker is not None and parameter.place == "path"
            if marked and parameter.wire_name not in given and parameter.wire_name != UNKNOWN_NAME:
                yield dependant, parameter


def _dependants(root: Dependant) -> Iterator[Dependant]:
    """A dependant and all below it, those that a condition may put in their place included."""
    yield root
    for other in (*root.dependencies, *root.alternatives):
        yield from _dependants(other)


def _is_known(dependant: Dependant) -> bool:
    return dependant.unknown in (None, NO_DEPENDENCY)


def _may_read_path(dependant: Dependant) -> bool:
    """Whether a callable gets the request and may read the names of the path from it, or hand it on."""
    names = {parameter.name for parameter in dependant.injected if parameter.injected in _REQUESTS}
    if not names or dependant.functions:
        return any(_reads_path(function, names) for function in dependant.functions)
    return dependant.qualified_name not in SECURITY_SCHEMES


def _reads_path(function: FunctionDefinition, names: set[str]) -> bool:
    """Whether a function does anything with the request but read its other attributes (``request.state.db``), or hand
    it to the scheme of FastAPI that it overrides."""
    used: set[int] = set()
    harmless: set[int] = set()
    is_scheme = function.owner is not None and function.owner.derives_from(*SECURITY_SCHEMES)
    for node in walk(function.fact.body):
        if isinstance(node, ex.Name) and node.id in names:
            used.add(node.start)
        elif isinstance(node, ex.Attribute) and isinstance(node.value, ex.Name) and node.attr not in _TELL_THE_PATH:
            harmless.add(node.value.start)
        elif isinstance(node, ex.Call) and is_scheme and _is_of_super(node.func):
            harmless.update(given.value.start for given in node.arguments if isinstance(given.value, ex.Name))
    return bool(used - harmless)


def _is_of_super(called: ex.Expression) -> bool:
    inner = called.value if isinstance(called, ex.Attribute) else None
    return isinstance(inner, ex.Call) and isinstance(inner.func, ex.Name) and inner.func.id == "super"
