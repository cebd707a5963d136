"""Routes that are public on purpose: marked so in the code, named by the configuration, or public by nature."""

from __future__ import annotations

import re
from functools import lru_cache

from fastapi_lint.model.bodies import Bodies
from fastapi_lint.model.knowledge.public import PUBLIC_PHRASES, PUBLIC_WORDS, SIGNATURE_WORDS, SIGNED_WORDS
from fastapi_lint.model.paths import shape, split_words
from fastapi_lint.model.routes import Route
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


@lru_cache(maxsize=None)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", pattern)
    return re.compile("".join({"**": ".*", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))


def public_nature(route: Route, bodies: Bodies) -> str | None:
    """What makes a route public by nature, or None: it gives out credentials (login, registration, password reset, OAuth
    callback), answers probes (health), or is a webhook that checks a signature."""
    named = [segment.words for segment in shape(route.path).segments if segment.words]
    words = {word for segment in named[-2:] for word in segment}
    phrase = "_".join(word for segment in named[-2:] for word in segment)
    if route.function is not None:
        name = split_words(route.function.name)
        words |= set(name)
        phrase += " " + "_".join(name)
    public = words & PUBLIC_WORDS
    if public:
        return min(public)
    for known in PUBLIC_PHRASES:
        if known in phrase:
            return known.replace("_", " ")
    if words & SIGNED_WORDS and _checks_signature(route, bodies):
        return "webhook with a signature"
    return None


def _checks_signature(route: Route, bodies: Bodies) -> bool:
    """Whether a route's code calls something that by its name checks a signature."""
    functions = [route.function, *(dependency.function for dependency in route.dependencies)]
    for function in filter(None, functions):
        for reached, chain in bodies.reachable(function, max_depth=3):
            called = [name for event in bodies.of(reached).calls for name in event.names]
            for name in (*called, reached.name):
                if SIGNATURE_WORDS & set(split_words(name.replace(".", "_"))):
                    return True
    return False
