"""Solving: what FastAPI calls to serve a request, and what it takes from the cache of that request.

Source: ``fastapi.dependencies.utils.solve_dependencies``, observed on FastAPI 0.165. The needs of a dependency are
solved at each mention, before the cache is asked for the dependency itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.security.authentication import scheme_class

SCOPES_WHERE_USED = (0, 123)
"""The FastAPI release from which scopes tell results in the cache apart only where something asks for scopes (verified
by running 0.122.1 and 0.123.0)."""


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One mention of a dependency in the tree of a route.

    Attributes:
        dependant: what is called.
        scopes: the OAuth2 scopes in force: its own and those of what depends on it.
        cached: whether its result comes from the cache: it was called at an earlier mention.
        mentions: what it depends on, in solving order.
        alternatives: what a condition may put in its place.
    """

    dependant: Dependant
    scopes: tuple[str, ...]
    cached: bool
    mentions: tuple[Mention, ...]
    alternatives: tuple[Mention, ...]


def solved(root: Dependant, fastapi: tuple[int, ...]) -> Mention:
    """The dependant of a route as FastAPI solves it, with what it depends on in solving order.

    Args:
        root: the dependant.
        fastapi: the release of FastAPI.
    """
    return _Solver(fastapi, ()).mention(root, ())


class _Solver:
    """Follows FastAPI through a tree; ``solved`` are the keys of what was called before."""

    def __init__(self, fastapi: tuple[int, ...], solved: Iterable[object]) -> None:
        self._fastapi = fastapi
        self._solved = set(solved)

    def mention(self, dependant: Dependant, outer: tuple[str, ...]) -> Mention:
        """A dependant in the place where it is met; ``outer`` are the scopes around it."""
        scopes = tuple(dict.fromkeys((*outer, *dependant.scopes)))
        before = frozenset(self._solved) if dependant.alternatives else ()
        below = tuple(self.mention(below, scopes) for below in dependant.dependencies)
        key = self._key(dependant, scopes)
        cached = dependant.use_cache and key in self._solved
        self._solved.add(key)
        alternatives = tuple(_Solver(self._fastapi, before).mention(other, outer) for other in dependant.alternatives)
        return Mention(dependant, scopes, cached, below, alternatives)

    def _key(self, dependant: Dependant, scopes: tuple[str, ...]) -> object:
        """The key of FastAPI's cache; what a condition decides is the same only when all options are."""
        counted = frozenset(scopes) if self._fastapi < SCOPES_WHERE_USED or _uses_scopes(dependant) else frozenset()
        scope = dependant.scope or ("request" if dependant.is_generator else None)
        return dependant.key, tuple(other.key for other in dependant.alternatives), counted, scope


def _uses_scopes(dependant: Dependant) -> bool:
    """Whether scopes make a difference to a dependency or to what it needs."""
    return (
        bool(dependant.scopes)
        or any(parameter.injected == "security_scopes" for parameter in dependant.injected)
        or scheme_class(dependant.call) is not None
        or any(map(_uses_scopes, dependant.dependencies))
    )
