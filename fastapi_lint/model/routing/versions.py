"""Versions in paths: which routers of an application stand below a version, and which beside it."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.model.knowledge.paths import OPERATIONAL
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.paths import shape, split_words
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import Site

MIN_VERSIONED = 2
"""So many routers with resources below a version make a version the custom of an application."""
MIN_SHARE = 2 / 3
"""So large a part of the routers with resources must they be."""
MIN_ROUTES = 10
"""An application with so many documented routes, resources among them, is an API of some size."""
_VERSION = re.compile(r"v\d+([._-]?\d+)*((alpha|beta|rc)\d*)?|\d{4}-\d\d-\d\d|latest", re.IGNORECASE)


class Unversioned(NamedTuple):
    """A router beside the version: its first route with a resource, and one of another router below a version."""

    route: Route
    sibling: Route


def version_of(path: str) -> str | None:
    """The segment of a path that is a version (``v1``, ``v1.2``, ``v2beta1``, ``2024-06-01``, ``latest``), or None."""
    return next((segment.text for segment in shape(path).segments if _VERSION.fullmatch(segment.text)), None)


def unversioned_routers(app: App) -> Iterator[Unversioned]:
    """The routers with resources that stand beside the version below which the others of an application stand: below
    ``/api`` where that is ``/api/v1``, or included where others are with their version."""
    routers = _resource_routers(app)
    versioned = [routes for routes in routers if all(version_of(route.path) for route in routes)]
    if len(versioned) < max(MIN_VERSIONED, MIN_SHARE * len(routers)):
        return
    roots = {_before_version(route.path) for routes in versioned for route in routes}
    including = Counter(_including(routes[0]) for routes in versioned)
    for routes in routers:
        is_beside = including[_including(routes[0])] >= MIN_VERSIONED or any(
            _segments(route.path)[: len(root)] == root for route in routes for root in roots
        )
        if is_beside and not any(version_of(route.path) for route in routes):
            yield Unversioned(_item_route(routes) or routes[0], _item_route(versioned[0]) or versioned[0][0])


def _segments(path: str) -> tuple[str, ...]:
    return tuple(segment.text for segment in shape(path).segments)


def _before_version(path: str) -> tuple[str, ...]:
    """The segments of a path that stand before its version."""
    return tuple(itertools.takewhile(lambda text: not _VERSION.fullmatch(text), _segments(path)))


def has_no_version(app: App) -> bool:
    """Whether an application is an API of some size and none of its paths has a version."""
    documented = [route for route in app.routes if route.include_in_schema and route.kind == "api"]
    if len(documented) < MIN_ROUTES or not _resource_routers(app):
        return False
    return not any(version_of(route.path) for route in app.routes)


def _resource_routers(app: App) -> list[list[Route]]:
    """The documented routes of the routers that have a resource, one with items that clients change, by router. What
    serves operation, logging in or other services apart."""
    found: dict[Site, list[Route]] = defaultdict(list)
    for route in app.routes:
        if route.kind == "api" and route.include_in_schema:
            found[_router_of(route)].append(route)
    return [routes for routes in found.values() if _item_route(routes) is not None]


def _router_of(route: Route) -> Site:
    """Where the router on which a route is registered was made."""
    return next(_routers_around(route), route.site)


def _including(route: Route) -> Site | None:
    """Where the router or application was made that includes the router on which a route is registered."""
    return next(itertools.islice(_routers_around(route), 1, None), None)


def _routers_around(route: Route) -> Iterator[Site]:
    """Where the routers that lead to a route were made, from the inside out."""
    return (level.site for level in reversed(route.levels) if level.kind in ("router", "app"))


def _item_route(routes: list[Route]) -> Route | None:
    """The first route for one item of a resource, where some route of the router changes things."""
    if not any(set(route.methods or ()) & {"POST", "PUT", "PATCH", "DELETE"} for route in routes):
        return None
    return next((route for route in routes if shape(route.path).is_item and not _is_operational(route)), None)


def _is_operational(route: Route) -> bool:
    return any(
        not OPERATIONAL.isdisjoint(split_words(segment.text))
        for segment in shape(route.path).segments
        if not segment.parameters
    )
