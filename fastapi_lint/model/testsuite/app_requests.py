"""Requests that tests send to applications of the project by their clients, and whether any route has their path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.middlewares import may_serve_paths
from fastapi_lint.model.interpreter.bodies import Body, CallEvent
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.routers import ADDS_NO_ROUTES, DOCUMENTATION_PATHS, ROUTER_DEFAULTS
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.matching import meet
from fastapi_lint.model.routing.paths import Segment, shape, stem
from fastapi_lint.model.routing.routers import HandlerRegistration, Router
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.testsuite.clients import SENDING_METHODS, TEST_CLIENTS
from fastapi_lint.model.testsuite.fixtures import Fixtures
from fastapi_lint.model.testsuite.requests import statuses_in
from fastapi_lint.model.values import (
    External,
    ExternalResult,
    Literal,
    Native,
    PartialText,
    Site,
    Value,
    external_name,
    is_none,
    possibilities,
    text_of,
)

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_UNKNOWN_PART = "{part:path}"
"""Stands in a path for what is not known of it: it may be any text."""
_HARMLESS_METHODS = frozenset({"add_middleware", "on_event", "add_event_handler", "openapi", "url_path_for"})
"""Methods of an application that add no paths; that a test adds a middleware which does so is not expected."""
_CHANGING_WORDS = ("include_router", "add_api_route", "add_api_websocket_route", "add_route", "mount")
"""Words of functions that may change an application without a request."""
_MISSING = frozenset({404, 405})
_TRANSPORTS = frozenset({"httpx.ASGITransport()", "httpx_ws.transport.ASGIWebSocketTransport()"})
"""What hands the requests of a client to an application (https://frankie567.github.io/httpx-ws/usage/testing/)."""
_CLIENT = "httpx.AsyncClient()"
_QUERY = re.compile("[?#]")


@dataclass(frozen=True, slots=True, eq=False)
class AppRequest:
    """A request that a function of the tests sends to an application.

    Attributes:
        app: the application.
        path: of the request, as the application gets it, with ``{part:path}`` for what is not known.
        is_answered: whether some route has the path, or may have it; one that differs by a slash at the end redirects.
        site: the call that sends it.
        function: who sends it.
    """

    app: App
    path: str
    is_answered: bool
    site: Site
    function: FunctionDefinition

    @property
    def written(self) -> str:
        """The path for messages."""
        return self.path.replace(_UNKNOWN_PART, "…")

    @property
    def may_be_missing(self) -> bool:
        """Whether the function that sends it knows of answers for paths or methods that do not exist."""
        return not _MISSING.isdisjoint(statuses_in(list(walk(self.function.fact.body))))

    @property
    def renumbered(self) -> Route | None:
        """A route that would have the path if a name were plural or singular."""
        return next((route for route in self.app.routes if _differ_in_number(route.path, self.path)), None)

    @property
    def nearest(self) -> Route | None:
        """The route that was meant, as far as paths tell: one that differs in the number of a name, in what comes
        first, or in little."""
        close = get_close_matches(self.path, [route.path for route in self.app.routes], 1, 0.8)
        moved = next((route for route in self.app.routes if _end_alike(route.path, self.path)), None)
        return self.renumbered or moved or next((route for route in self.app.routes if route.path in close), None)


def app_requests(project: Project) -> list[AppRequest]:
    """The requests that tests send by clients of Starlette and httpx to applications whose paths are all known."""
    apps = _known_apps(project)
    if not apps or project.may_have_more_routes:
        return []
    paths = cache(lambda app: dict.fromkeys(_paths(app)))
    is_answered = cache(lambda app, path: any(_fits(known, path) for known in paths(app)))
    fixtures = Fixtures(project.modules, project.bodies)
    found: list[AppRequest] = []
    changed: set[Site] = set()
    for function in project.functions:
        if function.module.is_test and function.fact.body.may_hold(*SENDING_METHODS, *_CHANGING_WORDS):
            body = fixtures.body(function)
            changed.update(router.site for router in _changed(body))
            for event in body.calls:
                found += [
                    AppRequest(app, path, is_answered(app, path), event.site, function)
                    for app, path in _requested(event, apps)
                ]
    served = {app.router.site for app in project.apps}
    if any(site not in served and not site.module.is_test for site in changed):
        return []
    return [request for request in found if request.app.router.site not in changed]


def _known_apps(project: Project) -> dict[Site, App]:
    """The applications whose paths are all known, by where they are made; what makes several is left out."""
    apps = [app for app in project.apps if not app.mounted]
    made = Counter(app.router.site for app in apps)
    return {app.router.site: app for app in apps if made[app.router.site] == 1 and _is_known(app, project)}


def _is_known(app: App, project: Project) -> bool:
    """Whether the routes of an application say all about its paths."""
    router = app.router
    if not router.arguments.complete or router.argument("root_path") is not None:
        return False
    if any(map(_handles_missing, app.exception_handlers)):
        return False
    return not any(may_serve_paths(middleware, project.bodies) for middleware in app.middlewares)


def _handles_missing(handler: HandlerRegistration) -> bool:
    """Whether an exception handler is asked about paths that no route has, and may answer them."""
    given = handler.arguments.get("exc_class_or_status_code", 0)
    literal = plain(given) if given is not None else None
    return literal is not None and literal.value == 404


def _changed(body: Body) -> Iterator[Router]:
    """The routers that a function of the tests may add something to: by their methods, or by what it hands them to."""
    for event in body.calls:
        callee = event.callee
        if isinstance(callee, Native) and isinstance(callee.receiver, Router):
            if callee.name not in _HARMLESS_METHODS:
                yield callee.receiver
        elif not _adds_nothing(callee):
            yield from (argument for argument in event.arguments if isinstance(argument, Router))


def _adds_nothing(callee: Value) -> bool:
    """Whether an application that something is called with keeps its routes."""
    names = callee.external_bases if isinstance(callee, ClassDefinition) else (external_name(callee),)
    return bool(names) and all(name.startswith(ADDS_NO_ROUTES) for name in names)


def _requested(event: CallEvent, apps: dict[Site, App]) -> Iterator[tuple[App, str]]:
    """The application and path that a call requests, if it does so."""
    callee = event.callee
    client = callee.receiver if isinstance(callee, External) else None
    if not isinstance(callee, External) or not isinstance(client, ExternalResult) or not event.arguments.complete:
        return
    owner, _, method = callee.name.rpartition(".")
    router = _app_of(client) if method in SENDING_METHODS and owner == client.name else None
    app = apps.get(router.site) if isinstance(router, Router) else None
    if app is None or client.arguments.get("root_path") is not None:
        return
    base = client.arguments.get("base_url", 1 if client.name in TEST_CLIENTS else None)
    url = event.arguments.get("url", SENDING_METHODS[method])
    path = _path(url, base if method != "websocket_connect" else None)
    if path is not None and not _is_refused(event):
        yield app, path


def _app_of(client: ExternalResult) -> Value | None:
    """What a client sends its requests to, None where that is a server, or not known."""
    arguments = client.arguments
    if not arguments.complete:
        return None
    if client.name in TEST_CLIENTS:
        return arguments.get("app", 0)
    if client.name != _CLIENT:
        return None
    transport = arguments.get("transport")
    if not isinstance(transport, ExternalResult) or transport.name not in _TRANSPORTS:
        return arguments.get("app") if transport is None else None
    own = transport.arguments
    return own.get("app", 0) if own.complete and own.get("root_path", 2) is None else None


def _path(url: Value | None, base: Value | None) -> str | None:
    """The path of a request, as the application gets it; None where too little is known.

    A client puts the path of its base before all that has no host, whether that begins with a slash or not
    (https://www.python-httpx.org/advanced/clients/#client-instances).
    """
    text, host = _without_query(url), "" if base is None else text_of(base)
    if text is None or host is None or text.startswith("//"):
        return None
    scheme, _, rest = text.partition("://")
    if rest and scheme.isalpha():
        server, slash, path = rest.partition("/")
        return (_UNKNOWN_PART if _UNKNOWN_PART in server else "") + (slash or "/") + path
    if text.startswith(_UNKNOWN_PART):
        return text
    return f"{urlsplit(host).path.rstrip('/')}/{text.lstrip('/')}"


def _without_query(url: Value | None) -> str | None:
    """The text of a URL as far as it is known, without its query; None where it may be no text."""
    literal = text_of(url)
    pieces = url.pieces if isinstance(url, PartialText) else () if literal is None else (literal,)
    text = ""
    for piece in pieces:
        if piece is None:
            text = text.removesuffix(_UNKNOWN_PART) + _UNKNOWN_PART
            continue
        path, *query = _QUERY.split(piece, maxsplit=1)
        if _UNKNOWN_PART in text and "=" in path:  # what is not known may hold the beginning of a query
            return text
        text += unquote(path)
        if query:
            return text
    return text if pieces else None


def _is_refused(event: CallEvent) -> bool:
    """Whether a test sees that a request fails: by ``pytest.raises``."""
    sources = (context.source for context in event.context if context.kind == "with")
    return any(external_name(option).startswith("pytest.raises") for each in sources for option in possibilities(each))


def _paths(app: App) -> Iterator[str]:
    """The paths that an application answers, those of mounts with all that is below."""
    yield from (route.path for route in app.routes)
    yield from (claim.path for claim in app.claims)
    yield from _documentation(app.router)


def _documentation(router: Router) -> Iterator[str]:
    """The paths of the documentation, where settings give them too: these may be others, and so are no claims."""
    given = {option: router.argument(option) or Literal(ROUTER_DEFAULTS[option]) for option in DOCUMENTATION_PATHS}
    for option, needed in DOCUMENTATION_PATHS.items():
        if not any(is_none(given[name]) for name in (option, *needed)):
            yield from (text_of(value) or f"/{_UNKNOWN_PART}" for value in possibilities(given[option]))


def _fits(known: str, wanted: str) -> bool:
    """Whether a path may be the one that a request has, a slash at the end apart."""
    return meet(known, wanted) or meet(known.rstrip("/") or "/", wanted.rstrip("/") or "/")


def _differ_in_number(known: str, wanted: str) -> bool:
    """Whether two paths are the same but for the plural endings of names."""
    own, other = shape(known).segments, shape(wanted).segments
    return len(own) == len(other) and all(
        one.text == two.text or one.is_parameter or two.is_parameter or bool(one.words) and _stems(one) == _stems(two)
        for one, two in zip(own, other)
    )


def _stems(segment: Segment) -> list[str]:
    return [stem(word) for word in segment.words]


def _end_alike(one: str, other: str) -> bool:
    """Whether one of two paths is the end of the other, by at least one name."""
    pairs = list(zip(shape(one).segments[::-1], shape(other).segments[::-1]))
    alike = all(first == second or first.is_parameter or second.is_parameter for first, second in pairs)
    return alike and any(first == second and not first.is_parameter for first, second in pairs)
