"""Redirects that are made by hand: a status and the header that says where they lead.

Browsers follow the header ``Location`` of answers with a status from 300 to 399 alone (RFC 9110, 10.2.2).
"""

from __future__ import annotations

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import assigned_once
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.answers import own_status, status_stores
from fastapi_lint.model.errors.raised import number_of
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.responses import RESPONSE_CLASSES
from fastapi_lint.model.knowledge.security import HTTP_EXCEPTIONS
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.values import External, Value

LOCATION_WORDS = ("Location", "location")
"""How the header is written."""

STATUS_POSITIONS = {**dict.fromkeys(RESPONSE_CLASSES, 1), **dict.fromkeys(HTTP_EXCEPTIONS, 0)}
"""What answers with a status and headers, with the position of the parameter ``status_code``."""
_HEADERS_POSITION = 2
_OWNERS = frozenset(f"{name}().headers" for name in RESPONSE_CLASSES)


def is_location(key: ex.Expression | None) -> bool:
    """Whether the key of an item is the name of the header."""
    return isinstance(key, ex.Constant) and key.value in LOCATION_WORDS


def location_passed(event: CallEvent, name: str, function: FunctionDefinition) -> ex.Expression | None:
    """Where a redirect leads that a call makes; None where it makes none, or that is not written there.

    Args:
        event: the call.
        name: of what it calls.
        function: whose body it stands in.
    """
    status = number_of(event.arguments.get("status_code", STATUS_POSITIONS[name]))
    headers = event.node.passed("headers", _HEADERS_POSITION) if isinstance(event.node, ex.Call) else None
    if isinstance(headers, ex.Name):
        headers = assigned_once(function.fact.body, headers.id)
    if not _is_redirect(status) or not isinstance(headers, ex.Mapping):
        return None
    return next((value for key, value in headers.items if is_location(key)), None)


def is_header_of_redirect(headers: Value, function: FunctionDefinition, route: Route, bodies: Bodies) -> bool:
    """Whether a value is the headers of a response with the status of a redirect: its own, one that the function sets,
    or that of the route where FastAPI made the response.

    Args:
        headers: any value.
        function: where it is used.
        route: that is served.
        bodies: what happens in functions.
    """
    if not isinstance(headers, External) or headers.name not in _OWNERS:
        return False
    response = headers.receiver
    is_injected = getattr(response, "site", None) is None
    own = own_status(response) if response is not None else None
    given = (number_of(store.value) for store in status_stores([function], bodies))
    return any(map(_is_redirect, (own, *given, route.status_code if is_injected else None)))


def _is_redirect(status: int | None) -> bool:
    return status is not None and 300 <= status < 400
