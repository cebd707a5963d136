"""Test clients: by what tests send requests to applications."""

from __future__ import annotations

from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.testsuite.collection import is_test_function
from fastapi_lint.model.values import external_name

REQUEST_METHODS = ("get", "post", "put", "patch", "delete", "head", "options", "request")
SENDING_METHODS = {**dict.fromkeys(REQUEST_METHODS, 0), "request": 1, "stream": 1, "websocket_connect": 0}
"""Methods by which clients of Starlette and httpx send requests, with the position of the URL."""
_MODULES = ("fastapi.testclient", "starlette.testclient")
TEST_CLIENTS = frozenset(f"{module}.TestClient()" for module in _MODULES)
"""Clients that hand requests to an application."""
BLOCKING_REQUESTS = frozenset(f"{client}.{method}" for client in TEST_CLIENTS for method in REQUEST_METHODS)
"""Calls that run an application on a loop of its own and wait for its response
(https://fastapi.tiangolo.com/reference/testclient/)."""


def _knows_test_client(module: Module) -> bool:
    """Whether a name of a module is that of a test client, or of its class or module."""
    return any(external_name(value).startswith(_MODULES) for value in module.scope.names.values())


def blocking_request(function: FunctionDefinition, bodies: Bodies) -> CallEvent | None:
    """The first request that a coroutine test sends by a blocking client, or None.

    Args:
        function: any function.
        bodies: what happens in functions.
    """
    if not (function.is_async and is_test_function(function) and _knows_test_client(function.module)):
        return None
    calls = bodies.of(function).calls
    return next((event for event in calls if event.names and BLOCKING_REQUESTS.issuperset(event.names)), None)
