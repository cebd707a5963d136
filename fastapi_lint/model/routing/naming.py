"""How the paths of an application are written: verbs in them, the case of their segments, slashes at their end, and
collections in the singular."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.paths import COLLECTION_VERBS, METHOD_VERBS, SINGULAR_NOUNS
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.paths import Segment, shape
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.types import element, strip
from fastapi_lint.model.values import Site

MIN_MAJORITY = 3
"""So many examples make a style."""
_MIN_PROCEDURES = 5
"""So many routes can show that an application calls procedures."""
MIN_SHARE = 0.75
"""So large a part of all must follow it."""
_WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})

_STYLES = {
    "kebab-case": re.compile(r"[a-z0-9]+(-[a-z0-9]+)+"),
    "snake_case": re.compile(r"[a-z0-9]+(_[a-z0-9]+)+"),
    "camelCase": re.compile(r"[a-z0-9]+([A-Z][a-z0-9]*)+"),
    "PascalCase": re.compile(r"[A-Z][a-z0-9]+([A-Z][a-z0-9]*)+"),
}


class Majority(NamedTuple):
    """What most of several things have in common: ``style``, with ``count`` of ``total``; ``example`` is the first."""

    style: str
    count: int
    total: int
    example: Route


class Misnamed(NamedTuple):
    """A route that is not written as most others: the segment or path, its style, and what most have."""

    route: Route
    text: str
    style: str
    majority: Majority


def style_of(segment: Segment) -> str | None:
    """The case in which a segment of several words is written, None for one word, mixed forms and parameters."""
    if len(segment.words) < 2:
        return None
    return next((name for name, pattern in _STYLES.items() if pattern.fullmatch(segment.text)), None)


def verb_in(route: Route) -> tuple[str, str] | None:
    """The segment of a path that names what the method says already, and its verb; else None.

    ``get_users``, ``create-user`` and ``deleteUser``, wherever they stand; ``create``, ``list`` and the like at the end
    where they say the same as the method. What is done to an item ("activate") is no such verb. A path that answers
    GET and does something by another method is a page that asks for it: it is called by what the page is for.
    """
    if route.methods is None or not route.methods_known or ("GET" in route.methods and _WRITES & set(route.methods)):
        return None
    found = _method_in_path(route.path, set(route.methods))
    return found if found is not None and not _is_rpc(route) else None


def _method_in_path(path: str, methods_of_route: set[str]) -> tuple[str, str] | None:
    """The segment that names one of the methods, and its verb."""
    segments, below_item = shape(path).segments, False
    for position, segment in enumerate(segments):
        verb = segment.words[0] if segment.words else ""
        methods = METHOD_VERBS.get(verb) or (COLLECTION_VERBS.get(verb) if not below_item else None)
        below_item = below_item or segment.is_parameter
        if methods is None or not methods & methods_of_route:
            continue
        is_last = position == len(segments) - 1
        if len(segment.words) > 1 and style_of(segment) is not None:
            return segment.text, verb
        if is_last and position and len(segment.words) == 1:
            return segment.text, verb
    return None


def _is_rpc(route: Route) -> bool:
    """Whether an application of some size calls procedures: hardly a route of it knows more than POST."""
    posts = [other.methods == ("POST",) for other in _documented(route.app)]
    return len(posts) >= _MIN_PROCEDURES and sum(posts) > 0.8 * len(posts)


def misspelt_segments(app: App) -> Iterator[Misnamed]:
    """The segments of several words whose case is not that of most others in an application, each once; a mounted
    application has a style of its own."""
    for routes in _by_document(app):
        yield from _misspelt(routes)


def _misspelt(routes: Iterable[Route]) -> Iterator[Misnamed]:
    first: dict[str, tuple[Route, str]] = {}
    for route in routes:
        for segment in shape(route.path).segments:
            style = style_of(segment)
            if style is not None:
                first.setdefault(segment.text, (route, style))
    yield from _minority([(route, text, style) for text, (route, style) in first.items()])


def odd_slashes(app: App) -> Iterator[Misnamed]:
    """The routes whose paths end with a slash, or without one, unlike most paths of their kind (roots of routers, other
    collections, items, actions) in an application; those apart that are there in both forms. A mounted application has
    a style of its own."""
    known = {(route.path, route.methods) for route in app.routes}
    for routes in _by_document(app):
        yield from _odd([route for route in routes if shape(route.path).segments], known)


def _odd(routes: Iterable[Route], known: Container[tuple[str, tuple[str, ...] | None]]) -> Iterator[Misnamed]:
    kinds: dict[str, list[tuple[Route, str, str]]] = {}
    for route in routes:
        has_slash = route.path.endswith("/")
        other = route.path.rstrip("/") if has_slash else f"{route.path}/"
        if (other, route.methods) not in known:
            style = "with a slash" if has_slash else "without a slash"
            kinds.setdefault(_kind(route), []).append((route, route.path, style))
    for named in kinds.values():
        yield from _minority(named)


def _kind(route: Route) -> str:
    path, own = shape(route.path), plain(route.registration.path)
    if own is not None and own.value in ("", "/"):
        return "root"
    if path.is_item:
        return "item"
    return "action" if path.is_action else "collection"


def _documented(app: App) -> list[Route]:
    """The routes of an application that are part of its API."""
    return [route for route in app.routes if route.kind == "api" and route.include_in_schema]


def _by_document(app: App) -> Iterable[list[Route]]:
    """The routes that are part of the API of an application, those of mounted applications, which have documents of
    their own, apart from the others."""
    found: dict[Site, list[Route]] = {}
    for route in _documented(app):
        innermost = next((level.site for level in reversed(route.levels) if level.kind == "app"), app.router.site)
        found.setdefault(innermost, []).append(route)
    return found.values()


def _minority(named: Sequence[tuple[Route, str, str]]) -> Iterator[Misnamed]:
    """Those of several named things whose style is not that of most, where there is such a style."""
    counts = Counter(style for _, _, style in named)
    if not counts:
        return
    style, count = counts.most_common(1)[0]
    if count < MIN_MAJORITY or count < MIN_SHARE * len(named):
        return
    example = next(route for route, _, own in named if own == style)
    majority = Majority(style, count, len(named), example)
    for route, text, own in named:
        if own != style:
            yield Misnamed(route, text, own, majority)


class SingularCollection(NamedTuple):
    """A collection named by a singular noun: its segment, the plural, a route of the collection and one of an item."""

    segment: str
    plural: str
    route: Route
    item: Route


def singular_collections(app: App) -> Iterator[SingularCollection]:
    """The collections of an application that are named in the singular: things are listed or made at their path, one of
    them is found below it, and their name is a countable noun."""
    items = {_parent(route): route for route in reversed(_documented(app)) if shape(route.path).is_item}
    seen: set[str] = set()
    for route in _documented(app):
        path = route.path.rstrip("/")
        last = shape(path).last
        item = items.get(path)
        if item is None or path in seen or last is None or not _is_of_many(route):
            continue
        word = last.words[-1] if last.words else ""
        if word in SINGULAR_NOUNS and last.text.endswith(word):
            seen.add(path)
            yield SingularCollection(last.text, last.text[: -len(word)] + plural(word), route, item)


def _parent(route: Route) -> str:
    return route.path.rstrip("/").rpartition("/")[0]


def _is_of_many(route: Route) -> bool:
    """Whether a route at the path of a collection lists its items or makes a new one."""
    if route.methods == ("POST",):
        return route.status_code == 201
    listed = route.response_model
    return route.methods == ("GET",) and listed is not None and element(strip(listed)) is not None


def plural(noun: str) -> str:
    """The regular plural of a noun."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
