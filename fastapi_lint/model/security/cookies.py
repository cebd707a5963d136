"""Cookies that say who is asking, and how they are protected.

Starlette's ``set_cookie`` leaves ``secure`` and ``httponly`` off and sets ``samesite`` to "lax" by default
(``tests/proofs/test_proof_cookies.py``). Its ``SessionMiddleware`` has ``secure`` off, too, unless it is ``https_only``
(https://www.starlette.io/middleware/#sessionmiddleware).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.knowledge.middlewares import SESSIONS
from fastapi_lint.model.knowledge.tokens import OTHER_COOKIE, REFRESH_COOKIE, SESSION_COOKIE
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import HandlerRegistration
from fastapi_lint.model.values import Arguments, Literal, Site, external_name, is_fixed_false, is_none, text_of

_SETTER = re.compile(r"(?:starlette|fastapi)\.[\w.]+\(\)\.set_cookie")
POSITIONS = {"secure": 6, "httponly": 7}
"""The protections, with the positions of their parameters."""
HTTPS_ONLY = ("https_only", 6)
"""The parameter of the middleware that protects its cookie, and its position behind the class."""
_EMPTY = frozenset({"", "true", "false", "1", "0"})


class BareCookie(NamedTuple):
    """A cookie of a session or token, and the protections that it lacks: "secure", "httponly"."""

    key: str
    lacks: tuple[str, ...]
    function: FunctionDefinition
    site: Site


def bare_cookies(functions: Iterable[FunctionDefinition], bodies: Bodies) -> Iterator[BareCookie]:
    """The cookies of sessions and tokens that functions, tests apart, set without a protection."""
    for function in functions:
        if function.module.is_test or not function.fact.body.may_hold("set_cookie"):
            continue
        for event in bodies.of(function).calls:
            if not event.names or not all(map(_SETTER.fullmatch, event.names)) or not event.arguments.complete:
                continue
            key = text_of(event.arguments.get("key", 0))
            if key is None or not _is_credential(key) or _holds_nothing(event.arguments):
                continue
            lacks = tuple(name for name, position in POSITIONS.items() if _is_off(event.arguments, name, position))
            if lacks:
                yield BareCookie(key, lacks, function, event.site)


def bare_sessions(app: App) -> Iterator[HandlerRegistration]:
    """The middlewares of an application that keep the session in a cookie which is sent over plain HTTP, too, while
    settings are left at their defaults."""
    for middleware in app.middlewares:
        if external_name(middleware.handler) in SESSIONS and all(each.by_default for each in middleware.conditions):
            if middleware.arguments.complete and _is_off(middleware.arguments, *HTTPS_ONLY):
                yield middleware


def _is_credential(key: str) -> bool:
    is_session = SESSION_COOKIE.fullmatch(key) is not None and OTHER_COOKIE.search(key) is None
    return is_session or REFRESH_COOKIE.fullmatch(key) is not None


def _holds_nothing(arguments: Arguments) -> bool:
    """Whether a cookie is set to be gone (nothing in it, or no time to live), or says no more than yes or no."""
    value, age = arguments.get("value", 1), arguments.get("max_age", 2)
    is_over = isinstance(age, Literal) and age.value == 0 and not age.assumed
    return value is None or text_of(value) in _EMPTY or is_none(value) or is_over


def _is_off(arguments: Arguments, name: str, position: int) -> bool:
    value = arguments.get(name, position)
    return value is None or is_fixed_false(value)
