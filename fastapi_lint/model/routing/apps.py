"""Applications: the FastAPI objects of the project that serve requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fastapi_lint.model.routing.routers import HandlerRegistration, Router
from fastapi_lint.model.values import Literal

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Route
    from fastapi_lint.model.values import Condition, Site, Value
    from fastapi_lint.text.location import Location


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A part of an application's paths that something other than its routes answers.

    Attributes:
        what: what answers, in words.
        path: the effective path, of a mount with all that is below it.
        methods: the methods, None for all and for websockets.
        trail: the registrations that lead to it, from the application inwards, as those of routes.
        conditions: the undecided conditions under which it exists.
        site: where it is registered.
        is_documentation: whether it is a page of the documentation, or the document itself.
    """

    what: str
    path: str
    methods: tuple[str, ...] | None
    trail: tuple[int, ...]
    conditions: tuple[Condition, ...]
    site: Site
    is_documentation: bool = False


@dataclass(slots=True, eq=False)
class App:
    """A FastAPI application; or, in a project that has none, a router for the applications of others.

    Attributes:
        name: ``module:variable``, or ``module:factory`` where a function makes it.
        router: what was registered on it.
        mounted: whether another application mounts it, and so serves its routes too.
        routes: its effective routes in the order of matching, those of mounted applications included.
        claims: what mounts and the pages of the documentation answer before them.
    """

    name: str
    router: Router
    mounted: bool = False
    routes: list[Route] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def is_test(self) -> bool:
        """Whether a test makes it."""
        return self.router.site.module.is_test

    @property
    def is_documented(self) -> bool:
        """Whether it is known to have an OpenAPI document."""
        given = self.router.argument("openapi_url")
        return self.router.arguments.complete and (given is None or isinstance(given, Literal) and bool(given.value))

    @property
    def location(self) -> Location:
        """Where it is made."""
        return self.router.site.location

    @property
    def middlewares(self) -> list[HandlerRegistration]:
        """Its middlewares in the order of registration: the last one is the outermost."""
        return [handler for handler in self.router.handlers if handler.kind == "middleware"]

    @property
    def dependency_overrides(self) -> list[tuple[Value, Value]]:
        """What import-time code put in ``dependency_overrides``: dependencies and what is called in their place;
        Possible where that depends on a condition (https://fastapi.tiangolo.com/advanced/testing-dependencies/)."""
        return self.router.overrides.items

    @property
    def exception_handlers(self) -> list[HandlerRegistration]:
        """Its exception handlers in the order of registration."""
        return [handler for handler in self.router.handlers if handler.kind == "exception_handler"]
