"""Challenges: what a 401 must tell the client, so that it knows how to authenticate (RFC 9110, 11.6.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.concurrency.request_path import Entry
from fastapi_lint.model.errors.raised import RaisedError
from fastapi_lint.model.knowledge.security import CHALLENGES
from fastapi_lint.model.security.authentication import schemes
from fastapi_lint.model.values import ExternalResult, Instance, Value, is_none

_HEADER = "www-authenticate"


def missing_challenges(errors: Iterable[RaisedError], entries: Iterable[Entry]) -> Iterator[tuple[RaisedError, str]]:
    """The errors with status 401 and no headers of those who judge the credentials of a scheme that has a challenge,
    with that; none where a middleware or exception handler speaks of challenges.

    Args:
        errors: those that the project raises.
        entries: through what requests enter it.
    """
    if any(entry.kind in ("middleware", "exception handler") and _speaks_of_challenges(entry) for entry in entries):
        return
    for error in errors:
        headers = error.arguments.get("headers", 2)
        if error.status == 401 and error.arguments.complete and (headers is None or is_none(headers)):
            challenge = _challenge(error.entry)
            if challenge is not None:
                yield error, challenge


def _challenge(entry: Entry) -> str | None:
    """The challenge of the schemes that an entry itself judges by, that for tokens before that for passwords, or None:
    an endpoint takes their credentials, a dependency does or depends on what does."""
    found: set[str | None] = set()
    for scheme in schemes(entry.route.dependant) if entry.route is not None else ():
        above = scheme.chain[:-1]
        takes = entry.kind == "endpoint" and not above and scheme.dependant.name is not None
        if takes or any(entry.function in dependant.functions for dependant in above):
            found.add(_challenge_of(scheme.dependant.call))
    return next((challenge for challenge in CHALLENGES.values() if challenge in found), None)


def _challenge_of(scheme: Value) -> str | None:
    for name, challenge in CHALLENGES.items():
        if isinstance(scheme, ExternalResult) and scheme.callee.name == f"fastapi.security.{name}":
            return challenge
        if isinstance(scheme, Instance) and scheme.cls.derives_from(f"fastapi.security.{name}"):
            return challenge
    return None


def _speaks_of_challenges(entry: Entry) -> bool:
    body = entry.function.fact.body
    return any(
        isinstance(node, ex.Constant) and isinstance(node.value, str) and node.value.lower() == _HEADER
        for node in walk(body)
    )
