"""Which sites an application lets read its answers: the arguments of its CORSMiddleware.

Starlette answers any origin that ``allow_origins`` with ``"*"`` or ``allow_origin_regex`` (matched as a whole) admits;
where credentials are allowed it answers a request that has cookies with its own origin instead of ``*``, so that the
browser hands the answer over (verified on Starlette 1.0, and in ``tests/proofs/test_proof_cors.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.model.interpreter.operations import likely
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.values import Arguments, Collection, Literal, Site, Value, certain, possibilities, text_of

CORS = "starlette.middleware.cors.CORSMiddleware"
_ANY = "*"
_STRANGE_ORIGINS = ("https://stranger-7f3a.example", "https://x.stranger-7f3a.co:8443")
"""Origins that no project means: a pattern that matches both admits all."""


@dataclass(frozen=True, slots=True)
class AnyOrigin:
    """A CORSMiddleware that admits every origin.

    Attributes:
        argument: the argument that says so: "allow_origins" or "allow_origin_regex".
        credentials: whether it allows credentials; None when that is not known.
        by_default: whether a setting says so that the environment may change.
        site: where it is added.
    """

    argument: str
    credentials: bool | None
    by_default: bool
    site: Site


def any_origins(app: App) -> Iterator[AnyOrigin]:
    """The CORSMiddlewares of an application that admit every origin, while settings are left at their defaults."""
    for middleware in app.middlewares:
        if getattr(middleware.handler, "name", "") != CORS:
            continue
        if any(condition.by_default is not True for condition in middleware.conditions):
            continue
        arguments = middleware.arguments
        argument = _admitting(arguments)
        if argument is not None:
            by_default = any(map(_is_setting, (arguments.get(argument), arguments.get("allow_credentials"))))
            yield AnyOrigin(argument, _credentials(arguments), by_default, middleware.site)


def _admitting(arguments: Arguments) -> str | None:
    origins = arguments.get("allow_origins")
    if origins is not None and all(map(_has_any, possibilities(origins))):
        return "allow_origins"
    pattern = arguments.get("allow_origin_regex")
    if pattern is not None and all(map(_matches_any, possibilities(pattern))):
        return "allow_origin_regex"
    return None


def _has_any(origins: Value) -> bool:
    """Whether a value of ``allow_origins`` holds ``"*"``: as an item, or as the text itself."""
    if isinstance(origins, Collection):
        return any(text_of(certain(item)) == _ANY for item in origins.items if certain(item) is item)
    return text_of(origins) == _ANY


def _matches_any(pattern: Value) -> bool:
    text = text_of(pattern)
    try:
        return text is not None and all(re.fullmatch(text, origin) for origin in _STRANGE_ORIGINS)
    except re.error:
        return False


def _credentials(arguments: Arguments) -> bool | None:
    given = arguments.get("allow_credentials")
    if given is None:
        return False if arguments.complete else None
    return likely(given)


def _is_setting(value: Value | None) -> bool:
    items = value.items if isinstance(value, Collection) else [value]
    return any(isinstance(item, Literal) and item.assumed for item in items)
