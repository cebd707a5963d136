"""What the OpenAPI document says of the errors of a route, and what is raised besides.

FastAPI merges the ``responses`` of the application, of inclusions, of routers and of the route, and adds 422 to a route
that takes anything from the request (https://fastapi.tiangolo.com/advanced/additional-responses/).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.concurrency.request_path import callable_function
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.errors.catches import CATCH_ALL, catches_in
from fastapi_lint.model.errors.flow import Escape, catches
from fastapi_lint.model.errors.raised import RaisedError, number_of
from fastapi_lint.model.errors.unhandled import hides_exceptions
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import HandlerRegistration
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import (
    Dictionary,
    External,
    Possible,
    Value,
    external_name,
    is_none,
    possibilities,
    text_of,
)

if TYPE_CHECKING:
    from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
    from fastapi_lint.model.project import Project
    from fastapi_lint.text.location import Location

_MAX_STEPS = 3
"""What comes through more calls than these may be what the route never brings about."""
_KEEPERS = frozenset({"fastapi.exception_handlers.http_exception_handler"})
"""Handlers that answer with the status of the exception."""


@dataclass(frozen=True, slots=True, eq=False)
class Undocumented:
    """An error that a route raises and its documentation does not name.

    Attributes:
        status: its status.
        error: the HTTP exception.
        escape: how it leaves the endpoint or dependency.
        dependant: the endpoint or dependency.
    """

    status: int
    error: RaisedError
    escape: Escape
    dependant: Dependant

    @property
    def location(self) -> Location:
        """Where it is raised."""
        return self.escape.event.site.location


def documented_statuses(route: Route) -> set[str] | None:
    """The keys of the effective ``responses`` of a route as texts: "404", "4XX", "default"; None where they are not
    all known."""
    found: set[str] = set()
    if "responses" not in route.changes and not all(level.arguments.complete for level in route.levels):
        return None
    for _, value in route.arguments("responses"):
        if is_none(value):
            continue
        if not isinstance(value, Dictionary) or not value.complete:
            return None
        for key, described in value.items:
            literal = plain(key)
            if literal is None or isinstance(described, Possible):
                return None
            found.add(str(literal.value).upper())
    return found


def undocumented_errors(project: Project) -> Iterator[tuple[Route, list[Undocumented]]]:
    """The documented routes with the HTTP exceptions that certainly can leave their endpoints or dependencies, and
    whose statuses their documentation does not name: of each status the nearest, by status.

    Left out: routes whose documentation is not known, and those around which something may answer otherwise: a
    decorator, a route class, an exception handler that does not look at the status, a dependency that catches.
    """
    if any(map(_catches_requests, project.classes)):
        return
    replaced = list(_replaced_by_handlers(project))
    described = {app.router.site for app in project.apps if app.is_documented and not _is_described_by_hand(app)}
    for route in project.documented_routes:
        owner = next((level.site for level in reversed(route.levels) if level.kind == "app"), None)
        documented = documented_statuses(route) if owner in described else None
        if documented is not None and not _may_hold_responses(route.argument("openapi_extra")):
            found = _undocumented(route, documented | ({"422"} if route.parameters else set()), replaced, project)
            if found:
                yield route, [found[status] for status in sorted(found)]


def _undocumented(
    route: Route, documented: set[str], replaced: list[Value], project: Project
) -> dict[int, Undocumented]:
    found: dict[int, Undocumented] = {}
    for raised in _raised(route, project):
        status, cls, steps = raised.status, raised.escape.cls, len(raised.escape.steps)
        if not {str(status), f"{status // 100}XX", "DEFAULT"} & documented:
            if status not in found or steps < len(found[status].escape.steps):
                if not (any(_is_for(each, cls, status) for each in replaced) or _may_be_caught(cls, route, project)):
                    found[status] = raised
    return found


def _raised(route: Route, project: Project) -> Iterator[Undocumented]:
    """The HTTP exceptions that certainly can leave the endpoint of a route or its dependencies; 500 apart."""
    certain = (below for below in route.dependencies if below.by_default and not below.alternatives)
    for dependant in (route.dependant, *certain):
        function = dependant.function
        for escape in _escapes(function, project) if function is not None else ():
            for error in project.errors_by_raise.get(escape.event, ()):
                if error.status is not None and error.status >= 400 and error.status != 500:
                    yield Undocumented(error.status, error, escape, dependant)


def _escapes(function: FunctionDefinition, project: Project) -> Iterator[Escape]:
    """The exceptions that come out of an endpoint or dependency before it gives anything."""
    if hides_exceptions(function):
        return
    given = min((event.node.start for event in project.bodies.of(function).yields), default=None)
    for escape in project.exception_flow.leaving(function):
        first = escape.steps[0][0] if escape.steps else escape.event
        if len(escape.steps) <= _MAX_STEPS and (given is None or first.node.start < given):
            yield escape


def _replaced_by_handlers(project: Project) -> Iterator[Value]:
    """The classes and statuses of exceptions that a handler may answer with another status.

    A handler for ``Exception`` gets what no other one does, and there always is one for HTTP exceptions
    (https://www.starlette.io/exceptions/#errors-and-handled-exceptions).
    """
    for app in project.apps:
        for registration in app.exception_handlers:
            if not _keeps_status(registration, project):
                caught = possibilities(registration.arguments.get("exc_class_or_status_code", 0))
                yield from (each for each in caught if external_name(each) not in CATCH_ALL)


def _is_for(caught: Value, cls: ClassDefinition | External, status: int) -> bool:
    """Whether a handler for a class or status may get an exception."""
    number = number_of(caught)
    return catches(caught, cls) is not False if number is None else number == status


def _may_be_caught(cls: ClassDefinition | External, route: Route, project: Project) -> bool:
    """Whether a dependency with ``yield`` may catch an exception and not raise it again."""
    around = (below.function for below in route.dependencies if below.is_generator)
    return any(
        catches(caught, cls) is not False
        for function in around
        if function is not None
        for catch in catches_in(function, project.bodies, project.interpreter)
        if not catch.raises_again
        for caught in catch.classes
    )


def _keeps_status(registration: HandlerRegistration, project: Project) -> bool:
    """Whether an exception handler looks at the status of the exception, or hands it to FastAPI's own handler."""
    function = callable_function(registration.handler)
    if function is None:
        return external_name(registration.handler) in _KEEPERS
    body = project.bodies.of(function)
    reads = (read.node.attr for read in body.reads if isinstance(read.node, ex.Attribute))
    return "status_code" in reads or any(_KEEPERS.intersection(call.names) for call in body.calls)


def _catches_requests(cls: ClassDefinition) -> bool:
    """Whether a class is one of routes that may catch what endpoints raise."""
    method = cls.find_method("get_route_handler")
    nodes = walk(method.fact.body) if method is not None and method.fact.body.may_hold("@handler") else ()
    return any(isinstance(node, st.Handler) for node in nodes)


def _may_hold_responses(extra: Value | None) -> bool:
    """Whether ``openapi_extra`` may say something of responses."""
    if extra is None or is_none(extra):
        return False
    keys = [text_of(key) for key, _ in extra.items] if isinstance(extra, Dictionary) and extra.complete else [None]
    return None in keys or "responses" in keys


def _is_described_by_hand(app: App) -> bool:
    """Whether the project makes the document of an application itself, and may add responses to it."""
    given: Value | None = app.router.attributes.get("openapi")
    function = callable_function(given)
    if given is None or function is None:
        return given is not None
    nodes = walk(function.fact.body) if function.fact.body.may_hold("responses") else ()
    return any(isinstance(node, ex.Constant) and node.value == "responses" for node in nodes)
