"""Routes that are public on purpose: marked so in the code, or named by the configuration."""

from __future__ import annotations

import re
from functools import cache

from fastapi_lint.model.routing.routes import Route
from fastapi_lint.text.location import position_at

_MARK = re.compile(r"#\s*public:\s*(\S.*)")


def public_mark(route: Route) -> str | None:
    """The reason that a ``# public: reason`` comment gives beside a route: above its decorators, on their lines or on
    the line of ``def``. None without one."""
    function = route.function
    if function is None:
        return None
    table = function.module.facts.line_starts
    for comment in function.module.facts.comments:
        line = position_at(table, comment.start).line
        if function.line - 1 <= line <= function.def_line and (line >= function.line or comment.standalone):
            found = _MARK.match(comment.text)
            if found:
                return found[1]
    return None


def is_public_path(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether a path fits one of the patterns: ``*`` stands for a part of a segment, ``**`` for any number of them."""
    return any(_compiled(pattern).fullmatch(path) for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", pattern)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))
