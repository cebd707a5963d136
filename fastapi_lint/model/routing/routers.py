"""Routers and applications as the interpreter builds them: what was registered on each, in order.

A FastAPI application is a router too. Registration is only recorded here; :mod:`fastapi_lint.model.routing.routes`
makes the effective routes of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.values import Arguments, Collection, Condition, Dictionary, External, Site, Value, is_none

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Level

GIVEN = ("prefix", "tags", "dependencies", "deprecated", "include_in_schema", "responses")
"""Attributes of a router that it gives to what is registered on it, as they are at that moment."""
OWN_LISTS = ("tags", "dependencies")
"""Those that are lists of its own."""
HTTP_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(slots=True, eq=False)
class Registration:
    """Something registered on a router.

    Attributes:
        order: a number that grows with every registration of the project.
        arguments: those of the registering call.
        site: where the call stands.
        conditions: the undecided conditions under which it happens.
        own: what the router itself has at that moment and gives to what is registered; None for nothing.
    """

    order: int
    arguments: Arguments
    site: Site
    conditions: tuple[Condition, ...]
    own: Arguments | None

    @property
    def prefix(self) -> Value | None:
        """The prefix that the router itself gives."""
        return self.own.get("prefix", 0) if self.own is not None else None


@dataclass(slots=True, eq=False)
class RouteRegistration(Registration):
    """A route: ``kind`` "api" or "websocket"; ``methods`` None where the call passes them as an argument; ``bare`` for
    a route of Starlette's, for which FastAPI solves nothing; ``levels`` are what contributed to a route object where it
    was made, besides the call that made it. To a route object that it was given a router adds nothing of its own
    (verified on FastAPI 0.165)."""

    kind: str
    methods: tuple[str, ...] | None
    path: Value
    endpoint: Value
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
            router = External("fastapi.APIRouter")
            self._inner = replace(self, cls=router, is_app=False, arguments=self._passed_on, attributes={})
        return self._inner

    @property
    def _passed_on(self) -> Arguments:
        """The arguments of an application that its router has; a prefix it does not know."""
        given = self.arguments
        return Arguments(given.positional, {k: v for k, v in given.keywords.items() if k != "prefix"}, given.complete)

    @property
    def current(self) -> Arguments:
        """What it gives now to what is registered on it: what its constructor was given, as code has changed it."""
        if self.is_app:
            return self.inner.current
        changed = {name: self.attributes[name] for name in GIVEN if name in self.attributes}
        given = self.arguments
        return as_now(Arguments(given.positional, {**given.keywords, **changed}, given.complete) if changed else given)

    def own_list(self, name: str) -> Value:
        """``router.tags`` or ``router.dependencies``, which code may change."""
        if name not in self.attributes:
            given = self.arguments.get(name)
            if name == "tags" and isinstance(given, Collection) and given.items:
                return given  # FastAPI keeps this very list
            self.attributes[name] = (
                _copied(given) if given is not None and not is_none(given) else Collection("list", [])
            )
        return self.attributes[name]


def as_now(arguments: Arguments) -> Arguments:
    """Arguments as FastAPI takes them: tags and dependencies are copied, their lists may be changed later."""
    lists = {name: _copied(value) for name in OWN_LISTS if isinstance(value := arguments.get(name), Collection)}
    return Arguments(arguments.positional, {**arguments.keywords, **lists}, arguments.complete) if lists else arguments


def _copied(value: Value) -> Value:
    return replace(value, items=list(value.items)) if isinstance(value, Collection) else value


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
