"""Routers and applications as the interpreter builds them: what was registered on each, in order.

A FastAPI application is a router too. Registration is only recorded here; :mod:`fastapi_lint.model.routing.routes`
makes the effective routes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.values import Arguments, Condition, Dictionary, External, Site, Value

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Level
    pass

HTTP_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(slots=True, eq=False)
class Registration:
    """Something registered on a router.

    Attributes:
        order: a number that grows with every registration of the project.
        arguments: those of the registering call.
        site: where the call stands.
        conditions: the undecided conditions under which it happens.
        prefix: the prefix that the router itself has at that moment and gives to what is registered; None for none.
    """

    order: int
    arguments: Arguments
    site: Site
    conditions: tuple[Condition, ...]
    prefix: Value | None


@dataclass(slots=True, eq=False)
class RouteRegistration(Registration):
    """A route: ``kind`` "api" or "websocket"; ``methods`` None where the call passes them as an argument;
    ``made_by_hand`` when the router was given the route object, to which it adds nothing of its own (no prefix, no
    dependency); ``bare`` for a route of Starlette's, for which FastAPI solves nothing; ``levels`` are what contributed
    to a route object where it was made, besides the call that made it."""

    kind: str
    methods: tuple[str, ...] | None
    path: Value
    endpoint: Value
    made_by_hand: bool = False
    bare: bool = False
    levels: tuple[Level, ...] = ()


@dataclass(slots=True, eq=False)
class InclusionRegistration(Registration):
    """``include_router(router, …)``."""

    router: Value


@dataclass(slots=True, eq=False)
class MountRegistration(Registration):
    """``mount(path, app)``."""

    path: Value
    app: Value


@dataclass(slots=True, eq=False)
class UnresolvedRegistration(Registration):
    """Something that may have added routes and could not be followed: ``what`` it is, the ``reason``, and the
    ``effect`` on the list of routes."""

    what: str
    reason: str
    effect: str


@dataclass(slots=True, eq=False)
class HandlerRegistration(Registration):
    """A middleware, an exception handler or an event handler: ``kind`` says which, ``handler`` is what was given."""

    kind: str
    handler: Value


@dataclass(slots=True, eq=False)
class Router(Value):
    """An ``APIRouter`` or, with ``is_app``, a ``FastAPI`` application; ``cls`` is its class, a subclass perhaps;
    ``maker`` the function that made it, or the last that returned it, None for a module; ``conditions`` are those under
    which it was made. Of ``routes`` that code changed by hand, ``dropped`` has the trails of those taken out and the
    conditions of that, ``changed`` what was set on the others. ``overrides`` is ``dependency_overrides`` of an
    application."""

    cls: ClassDefinition | External
    is_app: bool
    arguments: Arguments
    site: Site
    maker: FunctionDefinition | None = None
    conditions: tuple[Condition, ...] = ()
    registrations: list[Registration] = field(default_factory=list)
    handlers: list[HandlerRegistration] = field(default_factory=list)
    attributes: dict[str, Value] = field(default_factory=dict)
    dropped: dict[tuple[int, ...], tuple[Condition, ...]] = field(default_factory=dict)
    changed: dict[tuple[int, ...], dict[str, Value]] = field(default_factory=dict)
    overrides: Dictionary = field(default_factory=lambda: Dictionary([]))
    _inner: Router | None = None

    def argument(self, name: str) -> Value | None:
        """What its constructor was given for ``name``, or None."""
        return self.arguments.get(name)

    @property
    def inner(self) -> Router:
        """``app.router``: a router with what is registered on the application, without what a subclass overrides."""
        if self._inner is None:
            self._inner = replace(self, cls=External("fastapi.APIRouter"), is_app=False, attributes={})
        return self._inner

    @property
    def prefix(self) -> Value | None:
        """The prefix that it has now: what was assigned last, else what its constructor was given; None for none."""
        if self.is_app:
            return self.inner.attributes.get("prefix")
        return self.attributes.get("prefix") or self.arguments.get("prefix", 0)


@dataclass(slots=True, eq=False)
class RouteDecorator(Value):
    """``router.get("/path")`` before it is applied to an endpoint."""

    router: Router
    kind: str
    methods: tuple[str, ...] | None
    arguments: Arguments
    site: Site


@dataclass(slots=True, eq=False)
class HandlerDecorator(Value):
    """``app.middleware("http")`` and kin before they are applied to a function."""

    router: Router
    kind: str
    arguments: Arguments
    site: Site
