"""Registration: what calling a router's methods leaves on it."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Iterable
from dataclasses import replace

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.knowledge.routers import ADDS_NO_ROUTES, INCLUDING_METHODS, INSTRUMENTS
from fastapi_lint.model.routing.route_objects import INCLUDED_ROUTER, RouteObject
from fastapi_lint.model.routing.routers import (
    HTTP_METHODS,
    HandlerDecorator,
    HandlerRegistration,
    InclusionRegistration,
    MountRegistration,
    RouteDecorator,
    Router,
    RouteRegistration,
    UnresolvedRegistration,
    as_now,
)
from fastapi_lint.model.routing.unresolved import NO_ATTRIBUTE, UNKNOWN_ARGUMENTS, why
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Condition,
    Dictionary,
    ExternalResult,
    Instance,
    Literal,
    Possible,
    Site,
    Unknown,
    Value,
    certain,
    external_name,
    possibilities,
)

PLAIN, BARE_WEBSOCKET = "plain", "bare websocket"
"""Kinds of Starlette's own routes: FastAPI solves no dependencies for them; those for HTTP are not part of the API."""
_ROUTE_METHODS = {
    "api_route": "api",
    "websocket": "websocket",
    "route": PLAIN,
    "websocket_route": BARE_WEBSOCKET,
}
_ADD_ROUTE_METHODS = {
    "add_api_route": "api",
    "add_api_websocket_route": "websocket",
    "add_websocket_route": BARE_WEBSOCKET,
}
_ROUTE_CLASSES = {"APIRoute": "api", "APIWebSocketRoute": "websocket", "WebSocketRoute": BARE_WEBSOCKET}
MIDDLEWARE = "starlette.middleware.Middleware()"
"""What ``middleware=[…]`` holds."""
_DECORATORS = frozenset({*HTTP_METHODS, "api_route", "websocket"})
_PLAIN_ROUTES = ("starlette.routing.Route()", f"{INCLUDED_ROUTER.name}()")
_HANDLER_METHODS = {
    "middleware": "middleware",
    "exception_handler": "exception_handler",
    "on_event": "event",
}
_ADD_HANDLER_METHODS = {
    "add_middleware": "middleware",
    "add_exception_handler": "exception_handler",
    "add_event_handler": "event",
}


class Registrar:
    """Keeps all routers of a project, and records what is registered on them."""

    def __init__(self) -> None:
        self.routers: list[Router] = []
        self.lost: list[UnresolvedRegistration] = []
        """Routes registered on routers that are not known."""
        self.handed_over: set[Router] = set()
        """Routers that code outside the project was given."""
        self.count = 0
        """How many registrations there were."""

    @property
    def registered(self) -> int:
        """How much was registered so far: routers, and what is on them."""
        return self.count + len(self.routers)

    def call(self, router: Router, name: str, arguments: Arguments, site: Site, frame: Frame) -> Value:
        """``router.name(arguments)`` for a method that FastAPI gives every router."""
        if name in HTTP_METHODS:
            return RouteDecorator(router, "api", (name.upper(),), arguments, site)
        if name in _ROUTE_METHODS:
            return RouteDecorator(router, _ROUTE_METHODS[name], None, arguments, site)
        if name in _HANDLER_METHODS:
            return HandlerDecorator(router, _HANDLER_METHODS[name], arguments, site)
        if frame.effects:
            self._register(router, name, arguments, site, frame)
        if name == "__init__":
            router.arguments = arguments
            if frame.effects:
                self.adopt(router, arguments, site, frame)
        return Unknown(f"what the router's {name} returns") if name not in _RETURN_NOTHING else Literal(None)

    def _register(self, router: Router, name: str, arguments: Arguments, site: Site, frame: Frame) -> None:
        if name in _ADD_ROUTE_METHODS:
            endpoint = arguments.get("route") or _argument(arguments, "endpoint", 1)
            self._add_route(router, _ADD_ROUTE_METHODS[name], None, arguments, endpoint, site, frame)
        elif name == "include_router":
            self._include(router, _argument(arguments, "router", 0), arguments, site, frame)
        elif name in INCLUDING_METHODS:
            for child in arguments.positional:
                self._include(router, child, Arguments([child]), site, frame)
        elif name == "mount":
            self._add_mount(router, arguments, site, frame)
        elif name == "host" and isinstance(arguments.get("app", 1), Router):
            self._note(router, "host", "routes by host are not followed", "its routes are not listed", site, frame)
        elif name in _ADD_HANDLER_METHODS:
            position = 0 if name == "add_middleware" else 1
            handler = _argument(arguments, "handler" if position else "middleware_class", position)
            self._add_handler(router, _ADD_HANDLER_METHODS[name], arguments, site, frame, handler)

    def _include(self, router: Router, child: Value, arguments: Arguments, site: Site, frame: Frame) -> None:
        router.registrations.append(
            InclusionRegistration(
                self._next(), as_now(arguments), site, _conditions(router, frame), router.current, child
            )
        )

    def apply(self, decorator: RouteDecorator | HandlerDecorator, target: Value, frame: Frame) -> None:
        """Records the function under a router's decorator."""
        if isinstance(decorator, HandlerDecorator):
            self._add_handler(decorator.router, decorator.kind, decorator.arguments, decorator.site, frame, target)
        else:
            kind, methods, arguments = decorator.kind, decorator.methods, decorator.arguments
            self._add_route(decorator.router, kind, methods, arguments, target, decorator.site, frame)

    def adopt(self, router: Router, arguments: Arguments, site: Site, frame: Frame) -> None:
        """Records what a constructor was given: route objects, middlewares (the outermost first) and exception
        handlers."""
        middlewares, handlers = arguments.get("middleware"), arguments.get("exception_handlers")
        self.adopt_routes(router, arguments.get("routes"), site, frame)
        for middleware in reversed(middlewares.items) if isinstance(middlewares, Collection) else ():
            self._adopt_middleware(router, middleware, frame)
        for key, handler in handlers.items if isinstance(handlers, Dictionary) else ():
            given, inner = Arguments([key, certain(handler)]), _inside(frame, handler)
            self._add_handler(router, "exception_handler", given, router.site, inner, certain(handler))

    def _adopt_middleware(self, router: Router, middleware: Value, frame: Frame) -> None:
        """Records a ``Middleware(cls, …)``."""
        frame, middleware = _inside(frame, middleware), certain(middleware)
        if isinstance(middleware, ExternalResult) and middleware.name == MIDDLEWARE:
            arguments, site = middleware.arguments, middleware.site or router.site
            self._add_handler(router, "middleware", arguments, site, frame, _argument(arguments, "cls", 0))

    def adopt_routes(self, router: Router, routes: Value | None, site: Site, frame: Frame) -> None:
        """Records the ``routes=[APIRoute(…), Mount(…)]`` that a router was given."""
        effect = "routes in it may be missing"
        if isinstance(routes, Collection):
            for route in routes.items:
                self.adopt_route(router, route, site, frame)
            if not routes.complete:
                self._note(router, "list of routes", why(routes), effect, site, frame)
        elif routes is not None and not (isinstance(routes, Literal) and routes.value is None):
            self._note(router, "list of routes", why(routes), effect, site, frame)

    def adopt_route(self, router: Router, route: Value, site: Site, frame: Frame) -> None:
        """Records a route object made by hand."""
        frame, route = _inside(frame, route), certain(route)
        kind = _route_kind(route)
        if kind is not None and isinstance(route, (ExternalResult, Instance)) and route.arguments is not None:
            arguments, site = route.arguments, route.site or site
            endpoint = _argument(arguments, "endpoint", 1)
            self._add_route(router, kind, None, arguments, endpoint, site, frame, made_by_hand=True)
        elif isinstance(route, ExternalResult) and route.callee.name.endswith(".Mount"):
            self._add_mount(router, route.arguments, route.site or site, frame)
        elif isinstance(route, RouteObject):
            if route.router is not router:
                router.registrations.append(route.registered(self._next(), _conditions(router, frame)))
        elif external_name(route) not in _PLAIN_ROUTES:
            self._note(router, "route object", why(route), "its route may be missing", site, frame)

    def call_unknown(self, router: Router, site: Site, frame: Frame) -> None:
        """Notes that a method of a router is called of which nobody knows the name."""
        effect = "what it registers is not listed"
        self._note(router, "method of a router", "its name is computed", effect, site, frame)

    def lose_routes(self, router: Router, reason: str, site: Site, frame: Frame) -> None:
        """Notes that code takes routes off a router, which is not known."""
        self._note(router, "routes of a router", reason, "some may be listed that are gone", site, frame)

    def hand_over(self, callee: Value, arguments: Arguments, site: Site, frame: Frame) -> None:
        """Notes the routers that are handed to code that is not known: it may serve them, or add routes to them."""
        for router in arguments:
            if isinstance(router, Router) and frame.effects and not _adds_no_routes(callee):
                self.handed_over.add(router)
                if router.is_app:
                    what, effect = "function that takes the application", "routes that it adds are not listed"
                    self._note(router, what, why(callee), effect, site, frame)

    def give_up(self, function: FunctionDefinition, given: Iterable[Value | None], site: Site, frame: Frame) -> None:
        """Notes the routers that a call hands to a function that is not entered, as the limits have it."""
        for router in given:
            if isinstance(router, Router):
                reason, effect = "calls are followed only so far", "routes that it adds are not listed"
                self._note(router, f"call of {function.name}", reason, effect, site, frame)

    def decorated(self, decorator: ex.Expression, value: Value, endpoint: str, frame: Frame) -> None:
        """Notes the function under a decorator that registers a route, ``@router.get("/path")``, on a router that is
        not known.

        Args:
            decorator: as it is written.
            value: what it evaluates to.
            endpoint: the name of the function.
            frame: where it stands.
        """
        if not frame.effects or not _looks_like_route(decorator) or "fastapi" not in frame.module.facts.imports:
            return
        for option in possibilities(value):
            if isinstance(option, (Unknown, ExternalResult)) and not _adds_no_routes(option):
                what, effect = f"router of {endpoint}", "the route is not listed"
                lost = UnresolvedRegistration(
                    self._next(), Arguments(), frame.site(decorator), frame.conditions, None, what, why(option), effect
                )
                self.lost.append(lost)

    def _note(self, router: Router, what: str, reason: str, effect: str, site: Site, frame: Frame) -> None:
        router.registrations.append(
            UnresolvedRegistration(self._next(), Arguments(), site, frame.conditions, None, what, reason, effect)
        )

    def _add_route(
        self,
        router: Router,
        kind: str,
        methods: tuple[str, ...] | None,
        arguments: Arguments,
        endpoint: Value,
        site: Site,
        frame: Frame,
        made_by_hand: bool = False,
    ) -> None:
        if kind == PLAIN:
            return
        bare = kind == BARE_WEBSOCKET
        router.registrations.append(
            RouteRegistration(
                self._next(),
                as_now(arguments),
                site,
                _conditions(router, frame),
                None if made_by_hand or bare else router.current,
                "websocket" if bare else kind,
                methods,
                _argument(arguments, "path", 0),
                endpoint,
                bare,
            )
        )

    def _add_mount(self, router: Router, arguments: Arguments, site: Site, frame: Frame) -> None:
        path, app = _argument(arguments, "path", 0), _argument(arguments, "app", 1)
        router.registrations.append(
            MountRegistration(self._next(), arguments, site, _conditions(router, frame), None, path, app)
        )

    def _add_handler(
        self, router: Router, kind: str, arguments: Arguments, site: Site, frame: Frame, handler: Value
    ) -> None:
        router.handlers.append(
            HandlerRegistration(self._next(), arguments, site, _conditions(router, frame), None, kind, handler)
        )

    def _next(self) -> int:
        self.count += 1
        return self.count


def _conditions(router: Router, frame: Frame) -> tuple[Condition, ...]:
    """The conditions under which something is registered on a router, those apart under which there is the router."""
    return tuple(condition for condition in frame.conditions if condition not in router.conditions)


def _inside(frame: Frame, item: Value) -> Frame:
    """The frame in which an item of a list counts: its conditions are those of what it registers."""
    return replace(frame, conditions=(*frame.conditions, *item.conditions)) if isinstance(item, Possible) else frame


_RETURN_NOTHING = frozenset(
    "add_api_route add_api_websocket_route add_websocket_route include_router mount add_middleware"
    " add_exception_handler add_event_handler __init__".split()
)


def _argument(arguments: Arguments, keyword: str, position: int) -> Value:
    """An argument that a call must have."""
    given = arguments.get(keyword, position)
    if given is not None:
        return given
    return Unknown("it is not given" if arguments.complete else UNKNOWN_ARGUMENTS)


def _route_kind(route: Value) -> str | None:
    """The kind of a route object: of FastAPI's classes, or of a subclass that keeps their constructor; else None."""
    if isinstance(route, ExternalResult):
        return _ROUTE_CLASSES.get(route.callee.name.rpartition(".")[2])
    if isinstance(route, Instance) and route.cls.find_method("__init__") is None:
        bases = (base.rpartition(".")[2] for base in route.cls.external_bases)
        return next((_ROUTE_CLASSES[base] for base in bases if base in _ROUTE_CLASSES), None)
    return None


def _adds_no_routes(callee: Value) -> bool:
    if isinstance(callee, Unknown) and NO_ATTRIBUTE in callee.reason:
        return True
    name = external_name(callee)
    package = name.partition(".")[0].removesuffix("()")
    is_python = package in sys.stdlib_module_names or hasattr(builtins, package)
    return bool(name) and (is_python or name.startswith(ADDS_NO_ROUTES) or name in INSTRUMENTS)


def _looks_like_route(decorator: ex.Expression) -> bool:
    """Whether a decorator has the form of one that registers a route: a method of that name, and a path."""
    if not isinstance(decorator, ex.Call) or not isinstance(decorator.func, ex.Attribute):
        return False
    given = next((own for own in decorator.arguments if own.keyword in (None, "path")), None)
    path = given.value if given is not None else None
    is_path = isinstance(path, ex.Constant) and isinstance(path.value, str) and path.value.startswith("/")
    return decorator.func.attr in _DECORATORS and is_path
