"""Unhandled exceptions: what the project raises while it serves a request, and nobody turns into an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.errors.catches import catches_in
from fastapi_lint.model.errors.flow import Escape, catches, may_translate
from fastapi_lint.model.knowledge.security import HTTP_EXCEPTIONS, WEBSOCKET_EXCEPTIONS
from fastapi_lint.model.routing.routers import RouteDecorator
from fastapi_lint.model.values import Value, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_ANSWERED = (*HTTP_EXCEPTIONS, *WEBSOCKET_EXCEPTIONS)


def unhandled_exceptions(project: Project) -> Iterator[tuple[Route, Escape]]:
    """The exceptions of the project's own classes that leave endpoints and dependencies, each with the route.

    Left out: what a handler of some application, a middleware or a dependency with ``yield`` may catch; routes behind
    decorators that may catch; projects with a route class of their own, which may do so too; projects without an
    application, whose routers those of others serve.
    """
    if not project.apps or any(cls.find_method("get_route_handler") is not None for cls in project.classes):
        return
    caught = list(_caught_around(project))
    for route in project.routes_by_endpoint:
        if route.kind != "api":
            continue
        for function in (route.function, *(dependant.function for dependant in route.dependencies)):
            if function is None or hides_exceptions(function):
                continue
            for escape in project.exception_flow.leaving(function):
                cls = escape.cls
                if isinstance(cls, ClassDefinition) and not cls.derives_from(*_ANSWERED):
                    if all(catches(each, cls) is False for each in caught):
                        yield route, escape


def hides_exceptions(function: FunctionDefinition) -> bool:
    """Whether a decorator of an endpoint or dependency may catch what it raises."""
    return any(
        not isinstance(decorator, RouteDecorator) and may_translate(decorator) for decorator in function.decorators
    )


def _caught_around(project: Project) -> Iterator[Value]:
    """What is caught around endpoints: by handlers of applications, by middlewares, at the ``yield`` of
    dependencies."""
    for app in project.apps:
        for registration in app.exception_handlers:
            yield from possibilities(registration.arguments.get("exc_class_or_status_code", 0))
    around = [entry.function for entry in project.request_path.entries if entry.kind == "middleware"]
    around += [function for function in project.dependencies if function.fact.yields]
    for function in around:
        for catch in catches_in(function, project.bodies, project.interpreter):
            yield from catch.classes
