"""Registration: what calling a router's methods leaves on it."""

from __future__ import annotations

from dataclasses import replace

from fastapi_lint.model.interpreter.frames import Frame
from fastapi_lint.model.knowledge.routers import INCLUDING_METHODS
from fastapi_lint.model.routing.routers import (
    HTTP_METHODS,
    HandlerDecorator,
    HandlerRegistration,
    InclusionRegistration,
    MountRegistration,
    RouteDecorator,
    Router,
    RouteRegistration,
    Unresolved,
)
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Condition,
    Dictionary,
    ExternalResult,
    Literal,
    Possible,
    Site,
    Unknown,
    Value,
    certain,
    external_name,
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
_MISSING = Unknown("an argument that was not given")
MIDDLEWARE = "starlette.middleware.Middleware()"
"""What ``middleware=[…]`` holds."""
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
        self.count = 0
        """How many registrations there were."""
        self.unresolved: list[Unresolved] = []
        """What may have registered something, but nobody knows what."""

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
                self.adopt(router, arguments, frame)
        return Unknown(f"what the router's {name} returns") if name not in _RETURN_NOTHING else Literal(None)

    def _register(self, router: Router, name: str, arguments: Arguments, site: Site, frame: Frame) -> None:
        if name in _ADD_ROUTE_METHODS:
            endpoint = arguments.get("endpoint", 1) or arguments.get("route") or _MISSING
            self._add_route(router, _ADD_ROUTE_METHODS[name], None, arguments, endpoint, site, frame)
        elif name == "include_router":
            self._include(router, arguments.get("router", 0) or _MISSING, arguments, site, frame)
        elif name in INCLUDING_METHODS:
            for child in arguments.positional:
                self._include(router, child, Arguments([child]), site, frame)
        elif name == "mount":
            self._add_mount(router, arguments, site, frame)
        elif name in _ADD_HANDLER_METHODS:
            position = 0 if name == "add_middleware" else 1
            handler = arguments.get("handler" if position else "middleware_class", position) or _MISSING
            self._add_handler(router, _ADD_HANDLER_METHODS[name], arguments, site, frame, handler)

    def _include(self, router: Router, child: Value, arguments: Arguments, site: Site, frame: Frame) -> None:
        router.registrations.append(
            InclusionRegistration(self._next(), arguments, site, _conditions(router, frame), router.prefix, child)
        )

    def apply(self, decorator: RouteDecorator | HandlerDecorator, target: Value, frame: Frame) -> None:
        """Records the function under a router's decorator."""
        if isinstance(decorator, HandlerDecorator):
            self._add_handler(decorator.router, decorator.kind, decorator.arguments, decorator.site, frame, target)
        else:
            kind, methods, arguments = decorator.kind, decorator.methods, decorator.arguments
            self._add_route(decorator.router, kind, methods, arguments, target, decorator.site, frame)

    def adopt(self, router: Router, arguments: Arguments, frame: Frame) -> None:
        """Records what a constructor was given: route objects, middlewares (the outermost first) and exception
        handlers."""
        routes, middlewares = arguments.get("routes"), arguments.get("middleware")
        handlers = arguments.get("exception_handlers")
        for route in routes.items if isinstance(routes, Collection) else ():
            self.adopt_route(router, route, frame)
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
            handler = arguments.get("cls", 0) or _MISSING
            self._add_handler(router, "middleware", arguments, site, frame, handler)

    def adopt_route(self, router: Router, route: Value, frame: Frame) -> None:
        """Records a route object made by hand."""
        frame, route = _inside(frame, route), certain(route)
        if not isinstance(route, ExternalResult) or route.site is None:
            return
        word = external_name(route.callee).rpartition(".")[2]
        if word in _ROUTE_CLASSES:
            kind, arguments = _ROUTE_CLASSES[word], route.arguments
            endpoint = arguments.get("endpoint", 1) or _MISSING
            self._add_route(router, kind, None, arguments, endpoint, route.site, frame, made_by_hand=True)
        elif word == "Mount":
            self._add_mount(router, route.arguments, route.site, frame)

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
                arguments,
                site,
                _conditions(router, frame),
                None if made_by_hand or bare else router.prefix,
                "websocket" if bare else kind,
                methods,
                arguments.get("path", 0) or _MISSING,
                endpoint,
                made_by_hand or bare,
                bare,
            )
        )

    def _add_mount(self, router: Router, arguments: Arguments, site: Site, frame: Frame) -> None:
        path, app = arguments.get("path", 0) or _MISSING, arguments.get("app", 1) or _MISSING
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
