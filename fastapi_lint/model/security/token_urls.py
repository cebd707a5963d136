"""Token URLs: where the documentation of an application sends users who log in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.model.knowledge.security import TOKEN_URL_SCHEMES
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.matching import covers
from fastapi_lint.model.routing.paths import plain_path
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import ExternalResult, Instance, Literal, Site


class TokenUrl(NamedTuple):
    """A token URL: the text, and the scheme's making."""

    text: str
    site: Site


def token_urls(route: Route) -> Iterator[TokenUrl]:
    """The token URLs of the schemes that a route depends on, where these are texts that the environment does not
    change; those on other hosts apart."""
    for visit in route.dependant.walk():
        scheme = visit.dependant.call
        if not isinstance(scheme, (ExternalResult, Instance)) or scheme.arguments is None or scheme.site is None:
            continue
        if isinstance(scheme, ExternalResult):
            is_scheme = scheme.callee.name in TOKEN_URL_SCHEMES
        else:
            is_scheme = scheme.cls.derives_from(*TOKEN_URL_SCHEMES) and scheme.cls.find_method("__init__") is None
        given = scheme.arguments.get("tokenUrl", 0)
        if is_scheme and isinstance(given, Literal) and isinstance(given.value, str) and not given.assumed:
            if given.value and "//" not in given.value:
                yield TokenUrl(given.value, scheme.site)


def may_answer(route: Route, token_url: TokenUrl) -> bool:
    """Whether a route may be what a token URL means. A proxy may take off what the URL begins with; and what a relative
    URL is relative to depends on where the application serves its documentation."""
    if "POST" not in (route.methods or ()) and route.methods_known:
        return False
    wanted = "/" + token_url.text.partition("?")[0].removeprefix("./").strip("/")
    path = plain_path(route.path)
    if path.endswith(wanted) and not token_url.text.startswith("/") and _documents_elsewhere(route.app):
        return True
    return (len(path) > 1 and wanted.endswith(path)) or covers(route.path, wanted)


def _documents_elsewhere(app: App) -> bool:
    """Whether an application may serve its documentation elsewhere than at its root."""
    return not app.router.arguments.complete or any(map(app.router.argument, _PLACES))


_PLACES = ("docs_url", "openapi_url", "root_path", "servers")
"""Arguments of an application that say from where its paths are seen."""
