"""Declared success statuses that do not fit the method of their route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.model.endpoints.answers import success_answers
from fastapi_lint.model.endpoints.creation import creation
from fastapi_lint.model.knowledge.paths import CREATING_VERBS
from fastapi_lint.model.routing.paths import plain_path, shape, split_words

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_REDIRECTS = frozenset({300, 301, 302, 303, 305, 306, 307, 308})
_NOT_FOUND = 404
_UPDATING = frozenset((verb,) for verb in ("update", "edit", "modify", "change", "rename"))
_SENT = frozenset({"nothing", "acknowledgement", "data"})


def misfit(route: Route, project: Project) -> str | None:
    """Why the declared success status of a route does not fit, None where it fits or that is not known.

    "read": 201 for what only reads; "changed": 201 for what changes or deletes something that exists; "redirect": a
    redirect that sends a body and no place to go to.
    """
    methods = set(route.methods or ())
    if not route.status_code_known or not methods:
        return None
    if route.status_code == 201 and creation(route, project) is None:
        if methods <= {"GET", "HEAD"}:
            return "read"
        if methods <= {"PATCH", "DELETE"} or (methods == {"PUT"} and _only_replaces(route, project)):
            return "changed"
    if route.status_code in _REDIRECTS:
        kinds = {answer.kind for answer in success_answers(route, project)}
        return "redirect" if kinds and kinds <= _SENT else None
    return None


def _only_replaces(route: Route, project: Project) -> bool:
    """Whether a route replaces what exists: a POST at its very path makes it, the endpoint says by its name that it
    updates, or its own code answers 404 without the one thing that its path names."""
    beside = (other for other in route.app.routes if plain_path(other.path) == plain_path(route.path))
    if any(other.methods == ("POST",) for other in beside):
        return True
    path = shape(route.path)
    words = split_words(route.function.name) if route.function is not None else ()
    if words[:1] in _UPDATING and CREATING_VERBS.isdisjoint(words):
        return True
    if route.function is None or not path.is_item or sum(segment.is_parameter for segment in path.segments) > 1:
        return False
    return any(error.status == _NOT_FOUND for error in project.errors_by_function.get(route.function, ()))
