"""Operation ids: what the OpenAPI document calls the operation of a route."""

from __future__ import annotations

from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.route_objects import RouteObject
from fastapi_lint.model.routing.routes import Route, innermost_function
from fastapi_lint.model.values import Arguments, Collection, EnumMember, Literal, Value, possibilities, text_of

_MAKER = "generate_unique_id_function"


def own_operation_id(route: Route, app: App, bodies: Bodies) -> str | None:
    """The operation id that code gives a route: an explicit one, or what its ``generate_unique_id_function`` makes of
    it; None where FastAPI makes it of name, path and method, or nobody knows.

    Args:
        route: of the application.
        app: the application.
        bodies: what happens in functions.
    """
    if route.operation_id is not None:
        return route.operation_id
    function = innermost_function(_maker(route))
    if function is None or not _tags_are_known(route):
        return None
    made = bodies.called(function, None, Arguments([RouteObject(app.router, route)]))
    ids = {text_of(value) for event in made.returns for value in possibilities(event.value)}
    return ids.pop() if len(ids) == 1 and not made.falls_through else None


def _maker(route: Route) -> Value | None:
    """The function that makes ids, as the nearest level has it; an application asks none around it."""
    for level in reversed(route.levels):
        given = level.arguments.get(_MAKER)
        if given is not None or level.kind == "app":
            return given
    return None


def _tags_are_known(route: Route) -> bool:
    given = [value for _, value in route.arguments("tags")]
    lists = [value for value in given if isinstance(value, Collection) and value.complete]
    items = (item for value in lists for item in value.items)
    return len(lists) == len(given) and all(isinstance(item, (Literal, EnumMember)) for item in items)
