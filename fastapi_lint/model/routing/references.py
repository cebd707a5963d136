"""References: how a user names routes: ``POST /users/{id}``, ``/users/{id}``, ``app.users:create`` or ``create``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from fastapi_lint.model.dependencies.dependants import qualified_name
from fastapi_lint.model.routing.paths import plain_path
from fastapi_lint.model.routing.routes import Route

_WITH_METHODS = re.compile(r"([A-Za-z]+(?:[/,][A-Za-z]+)*)\s+(/?\S*)")
WEBSOCKET = "WEBSOCKET"


def find_routes(routes: Iterable[Route], reference: str) -> list[Route]:
    """The routes that a reference means, in order.

    Args:
        routes: those to choose from.
        reference: methods and a path, a path, ``module:function``, or the end of that. Convertors and a slash at the
            end of the path make no difference.
    """
    methods, path = _parsed(reference)
    if path is None:
        return [route for route in routes if any(_ends_in(name, reference) for name in _names(route))]
    return [
        route
        for route in routes
        if plain_path(route.path) == path and (not methods or not methods.isdisjoint(methods_of(route)))
    ]


def references_like(routes: Sequence[Route], reference: str) -> list[str]:
    """What a user who wrote a reference that means nothing could have written: for a path that exists the methods it
    has, else all references of its form."""
    methods, path = _parsed(reference)
    if path is None:
        names = map(_written, routes)
        return list(
            dict.fromkeys(re.split("[.:]", name)[-1] if "." not in _dotted(reference) else name for name in names)
        )
    if methods:
        at_path = [route.label for route in routes if plain_path(route.path) == path]
        return list(dict.fromkeys(at_path or [route.label for route in routes]))
    return list(dict.fromkeys(route.path for route in routes))


def methods_of(route: Route) -> tuple[str, ...]:
    """The methods of a route; a websocket counts as one."""
    return route.methods if route.methods is not None else (WEBSOCKET,)


def _names(route: Route) -> tuple[str, ...]:
    """The qualified names of the endpoint: that of the function, and that of the class it was reached by."""
    function = route.function
    return (*((function.qualified_name,) if function is not None else ()), qualified_name(route.endpoint))


def _written(route: Route) -> str:
    """The endpoint as ``module:function``."""
    function = route.function
    return (
        f"{function.module.name}:{function.fact.qualname}" if function is not None else qualified_name(route.endpoint)
    )


def _parsed(reference: str) -> tuple[frozenset[str], str | None]:
    """The methods and the path of a reference; no path where it names a function."""
    reference = reference.strip()
    found = _WITH_METHODS.fullmatch(reference)
    if found is not None:
        return frozenset(re.split("[/,]", found[1].upper())), plain_path("/" + found[2].lstrip("/"))
    return frozenset(), plain_path("/" + reference.lstrip("/")) if "/" in reference else None


def _dotted(reference: str) -> str:
    return reference.strip().replace(":", ".")


def _ends_in(name: str, reference: str) -> bool:
    """Whether a qualified name is the reference or ends in it, at a dot."""
    return f".{name.replace('.<locals>', '')}".endswith(f".{_dotted(reference).replace('.<locals>', '')}")
