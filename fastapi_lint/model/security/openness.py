"""Openness: applications that ask nobody who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.endpoints.answers import only_redirects
from fastapi_lint.model.endpoints.observation import has_unknown_middleware, imports_any
from fastapi_lint.model.knowledge.security import AUTHENTICATING_PACKAGES
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.security.nature import looks_up, public_nature
from fastapi_lint.model.security.public import is_public_path, public_mark

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project

_WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def open_writes(app: App, project: Project) -> list[Route]:
    """The routes that write of an application which authenticates nobody, as far as all is known; those apart that are
    public by nature or on purpose."""
    if project.may_have_more_routes or has_unknown_middleware(app) or imports_any(project, AUTHENTICATING_PACKAGES):
        return []
    if any(_is_rejecting_middleware(cls, project) for cls in project.classes):
        return []
    writing = [route for route in app.routes if route.kind == "api" and _WRITING & set(route.methods or ())]
    if not writing or any(_may_authenticate(route, project) for route in app.routes):
        return []
    public = project.settings.public_paths
    return [
        route
        for route in writing
        if not (public_mark(route) or is_public_path(route.path, public) or public_nature(route, project))
        and not (only_redirects(route, project) or looks_up(route, project))
    ]


def _is_rejecting_middleware(cls: ClassDefinition, project: Project) -> bool:
    """Whether a class is a middleware that turns requests away, though it may be added in some environments only."""
    dispatch = cls.find_method("dispatch") if cls.derives_from("starlette.middleware.base.BaseHTTPMiddleware") else None
    return dispatch is not None and not cls.module.is_test and bool(project.guards.of(dispatch).rejects)


def _may_authenticate(route: Route, project: Project) -> bool:
    authentication = project.authentication(route)
    return authentication.grade is not None or authentication.required is None
