"""Safe methods: what a GET changes, though clients, caches and crawlers may send it at any time
(https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.model.endpoints.answers import only_redirects
from fastapi_lint.model.endpoints.persistence import Change
from fastapi_lint.model.knowledge.paths import CHANGING_VERBS, INCIDENTAL, LINKED
from fastapi_lint.model.knowledge.public import PROVING_WORDS, PUBLIC_WORDS
from fastapi_lint.model.routing.paths import shape, split_words
from fastapi_lint.model.structure.state import kept_data, removed_data
from fastapi_lint.model.values import Site

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route


def written_by_get(route: Route, project: Project) -> Change | None:
    """What a GET changes each time that it succeeds, or what it changes at times and is there for by its name; or None.

    None too for what browsers must open by a link (logging in, callbacks, confirmations, redirects), and for records of
    the reading itself (logs, views, tokens).
    """
    function = route.function
    if function is None or not _only_reads(route):
        return None
    is_named = _names_change(route)
    if not project.persistence.may_change(function, always=not is_named):
        return None
    changes = [change for change in project.persistence.changes(function) if not _is_incidental(change)]
    found = next((change for change in changes if change.certain), None)
    if found is None and changes and is_named:
        found = changes[0]
    return None if found is None or only_redirects(route, project) else found


def kept_by_get(route: Route, project: Project) -> tuple[str, Site] | None:
    """The container of a module that a GET fills or empties and is there for by its name, and where; or None. What else
    it keeps there may be a cache."""
    function = route.function
    if function is None or not _only_reads(route) or not _names_change(route):
        return None
    changed = (*kept_data(function, project.interpreter), *removed_data(function, project.interpreter))
    return next(iter(changed), None) if not only_redirects(route, project) else None


def _only_reads(route: Route) -> bool:
    """Whether a route takes nothing but GET, and is none that browsers open by a link."""
    methods = set(route.methods or ())
    if "GET" not in methods or not methods <= {"GET", "HEAD"} or route.function is None:
        return False
    words = {word for segment in shape(route.path).segments for word in segment.words}
    return (words | {*split_words(route.function.name)}).isdisjoint(PUBLIC_WORDS | PROVING_WORDS | LINKED)


def _is_incidental(change: Change) -> bool:
    """Whether a change only records that somebody asked."""
    return change.model is not None and not INCIDENTAL.isdisjoint(split_words(change.model.name))


def _names_change(route: Route) -> bool:
    """Whether the name of the endpoint, or the last name of the path, begins with what it does to things."""
    names = [split_words(route.function.name)] if route.function is not None else []
    names.append(shape(route.path).resource_words)
    return any(name[:1] and name[0] in CHANGING_VERBS for name in names)
