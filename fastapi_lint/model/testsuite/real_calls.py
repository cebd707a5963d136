"""Tests that call other services for real."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.knowledge.pytest import MOCKING_FIXTURES, MOCKING_PACKAGES, RESERVED_HOSTS
from fastapi_lint.model.testsuite.collection import is_test_function
from fastapi_lint.model.values import Literal, external_name, text_of

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_CALLS: dict[str, int] = {
    **{
        f"{owner}.{verb}": 0
        for owner in ("requests", "httpx", "requests.Session()", "httpx.Client()")
        for verb in _VERBS
    },
    **{f"httpx.AsyncClient().{verb}": 0 for verb in _VERBS},
    "requests.request": 1,
    "httpx.request": 1,
    "httpx.stream": 1,
    "urllib.request.urlopen": 0,
}
"""Calls that send a request, with the position of its URL."""
_PACKAGES = frozenset({"requests", "httpx", "urllib"})
_WORDS = ("requests", "httpx", "urlopen", "Session", "Client", "AsyncClient")


def real_calls(function: FunctionDefinition, bodies: Bodies) -> Iterator[tuple[CallEvent, str]]:
    """The calls in a test that send a request to a host of the internet, with the host; nothing where something may
    stand in for it.

    Args:
        function: any function.
        bodies: what happens in functions.
    """
    if _PACKAGES.isdisjoint(function.module.facts.imports) or not is_test_function(function):
        return
    if not function.fact.body.may_hold(*_WORDS) or _may_be_mocked(function):
        return
    for event in bodies.of(function).calls:
        positions = {_CALLS[name] for name in event.names if name in _CALLS}
        if len(positions) == 1 and len(event.names) == 1 and not _has_transport(event):
            host = _host(event, positions.pop())
            if host:
                yield event, host


def _may_be_mocked(function: FunctionDefinition) -> bool:
    """Whether a test takes what replaces calls, or its module imports a package that does so."""
    if any(parameter.name in MOCKING_FIXTURES for parameter in function.fact.parameters):
        return True
    if MOCKING_PACKAGES.intersection(function.module.facts.imports):
        return True
    owner = function.owner
    marks = [*function.decorators, *(owner.decorators if owner is not None else ())]
    return any(not external_name(mark).startswith("pytest.mark.") for mark in marks)


def _has_transport(event: CallEvent) -> bool:
    """Whether the client that sends was made with arguments, such as a transport to an application."""
    callee = event.callee
    receiver = getattr(callee, "receiver", None)
    arguments = getattr(receiver, "arguments", None)
    return arguments is not None and bool(arguments.positional or arguments.keywords)


def _host(event: CallEvent, position: int) -> str:
    """The host that a request goes to, where it is one of the internet; else ""."""
    url = event.arguments.get("url", position)
    text = text_of(url) if isinstance(url, Literal) else None
    host = urlsplit(text).hostname or "" if text is not None and "://" in text else ""
    is_public = "." in host and not host.replace(".", "").isdigit() and not host.endswith(RESERVED_HOSTS)
    return host if is_public else ""
