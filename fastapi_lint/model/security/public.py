"""Routes that are public on purpose: marked so in the code, or named by the configuration."""

from __future__ import annotations

import re

from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.routing.paths import fits
from fastapi_lint.model.routing.routers import RouteDecorator
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import Site
from fastapi_lint.text.location import position_at, stretch_of

_MARK = re.compile(r"#\s*public:\s*(\S.*?)(?=\s+#\s|$)")


def public_mark(route: Route) -> str | None:
    """The reason that a ``# public: reason`` comment gives for a route, or None.

    It stands beside the registration of the route, or that of something around it, the application apart: an inclusion,
    a mount, a router; or at the head of its function, but not beside a decorator that registers another route. Alone on
    its line, or with more comments under it, it stands directly above.
    """
    for level in reversed(route.levels):
        if level.kind != "app" and (reasons := _reasons_beside(level.site)):
            return min(reasons.items())[1]
    reasons = _reasons_at_head(route.function, route.site) if route.function is not None else {}
    return min(reasons.items())[1] if reasons else None


def _reasons_at_head(function: FunctionDefinition, registration: Site) -> dict[int, str]:
    """The reasons at the head of a function by line, without those that belong to other registrations."""
    signature = stretch_of(function.def_line, function.module.facts.long_lines)
    reasons = _reasons(function.module, function.line, signature[1])
    for decorator in function.decorators:
        if isinstance(decorator, RouteDecorator) and decorator.site != registration:
            for line in _reasons_beside(decorator.site):
                if line >= function.line:
                    reasons.pop(line, None)
    return reasons


def _reasons_beside(site: Site) -> dict[int, str]:
    """The reasons beside or above a place by line."""
    place = site.location
    return _reasons(site.module, place.start.line, place.end.line)


def _reasons(module: Module, first: int, last: int) -> dict[int, str]:
    """The reasons on the lines ``first`` to ``last`` of a module, and in the comments directly above, by line."""
    comments = {position_at(module.facts.line_starts, comment.start).line: comment for comment in module.facts.comments}
    while first - 1 in comments and comments[first - 1].standalone:
        first -= 1
    found = {line: _MARK.search(comment.text) for line, comment in comments.items() if first <= line <= last}
    return {line: matched[1] for line, matched in found.items() if matched is not None}


def is_public_path(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path fits one of the patterns."""
    return any(fits(path, pattern) for pattern in patterns)
