"""Authentication by hand: an endpoint whose own body does what a dependency is for.

Two things come together: the endpoint takes credentials from the request (the Authorization header, a session cookie,
the token of a security scheme), and it judges them, by itself or by a project function that it hands them to: it
decodes a token or turns the request away. One without the other is no authentication: a proxy only forwards the header.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import compared, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent
from fastapi_lint.model.knowledge.tokens import (
    AUTHORIZATION_HEADER,
    COMPARISONS,
    OTHER_COOKIE,
    SESSION_COOKIE,
    TOKEN_DECODERS,
    TOKEN_JOBS,
)
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.model.security.authentication import Authenticator, scheme_class
from fastapi_lint.model.security.request_reads import is_of_request, request_reads
from fastapi_lint.model.values import external_name
from fastapi_lint.text.location import Location

_MAX_CALLS = 3


@dataclass(frozen=True, slots=True)
class ManualAuthentication:
    """How an endpoint authenticates by hand.

    Attributes:
        what: what it does, after its name: "reads the Authorization header", "calls check, which decodes a token".
        location: where it does so.
        evidence: the steps from there to where the credentials are judged.
    """

    what: str
    location: Location
    evidence: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """A place where credentials are taken or judged, and the calls from the endpoint that lead there."""

    what: str
    location: Location
    chain: tuple[CallEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Credential:
    """A parameter of the endpoint that holds credentials; ``is_scheme`` when a security scheme fills it."""

    name: str
    what: str
    location: Location
    is_scheme: bool = False


def manual_authentication(route: Route, bodies: Bodies, authenticator: Authenticator) -> ManualAuthentication | None:
    """How the endpoint of a route authenticates by hand, or None: it does not, tokens are its job, or a dependency
    authenticates already, so that the body reads the credentials for another end.

    Args:
        route: an effective route.
        bodies: what happens in functions.
        authenticator: who judges dependencies.
    """
    function = route.function
    if function is None or route.kind != "api" or _has_tokens_as_its_job(route):
        return None
    parameters = _credential_parameters(route)
    if any(authenticator.of_dependency(found).required is not False for found in _other_dependencies(route)):
        return None
    reached = list(_handed_on(function, bodies, {parameter.name for parameter in parameters}))
    taken = next((step for body, chain in reached for step in _reads(body, chain)), None)
    judged = next((step for body, chain in reached for step in _decodings(body, chain)), None)
    judged = judged or next(_comparisons(function, {parameter.name for parameter in parameters}), None)
    declared = next((step for step in parameters if judged is not None or not step.is_scheme), None)
    if taken is not None:
        source = taken
    elif declared is not None:
        source = _Step(declared.what, declared.location)
    else:
        return None
    if judged is not None:
        judgement = _way(judged)
    else:
        judge = source.chain[0].functions[0] if source.chain else function
        judgement = authenticator.guards.of(judge).rejects
    if not judgement:
        return None
    way = (*_way(source), *judgement)
    return ManualAuthentication(_told(source), _place(source), tuple(dict.fromkeys(way)))


def _told(step: _Step) -> str:
    if not step.chain:
        return step.what
    return f"calls {_called(step.chain[0])}, which {step.what}"


def _place(step: _Step) -> Location:
    return step.chain[0].site.location if step.chain else step.location


def _way(step: _Step) -> tuple[Related, ...]:
    calls = (Related(f"calls {_called(event)}", event.site.location) for event in step.chain)
    return (*calls, Related(step.what, step.location))


def _called(event: CallEvent) -> str:
    return ", ".join(function.name for function in event.functions)


def _has_tokens_as_its_job(route: Route) -> bool:
    words = set(split_words(route.function.name)) if route.function is not None else set()
    for segment in route.path.split("/"):
        if not segment.startswith("{"):
            words |= set(split_words(segment))
    return bool(words & TOKEN_JOBS)


def _credential_parameters(route: Route) -> list[_Credential]:
    """The endpoint's own parameters that hold credentials."""
    found: list[_Credential] = []
    for parameter in route.dependant.parameters:
        place = parameter.location
        if place is not None and parameter.place == "header" and AUTHORIZATION_HEADER.fullmatch(parameter.wire_name):
            found.append(_Credential(parameter.name, "takes the Authorization header as a parameter", place))
        elif place is not None and parameter.place == "cookie" and _is_session_cookie(parameter.wire_name):
            found.append(_Credential(parameter.name, f"takes the cookie {parameter.wire_name} as a parameter", place))
    for dependency in route.dependant.dependencies:
        name = scheme_class(dependency.call)
        if name is not None and dependency.name is not None and dependency.location is not None:
            what = f"takes the bare credentials of {name}"
            found.append(_Credential(dependency.name, what, dependency.location, is_scheme=True))
    return found


def _other_dependencies(route: Route) -> Iterator[Dependant]:
    """The route's dependencies, but for the schemes whose credentials the endpoint itself takes."""
    for dependency in route.dependant.dependencies:
        if dependency.name is None or scheme_class(dependency.call) is None:
            yield dependency


def _is_session_cookie(name: str) -> bool:
    return SESSION_COOKIE.fullmatch(name) is not None and OTHER_COOKIE.search(name) is None


def _handed_on(
    function: FunctionDefinition, bodies: Bodies, names: set[str]
) -> Iterator[tuple[Body, tuple[CallEvent, ...]]]:
    """The endpoint's body, and those of the project functions that it hands the request or credentials to."""
    own = bodies.of(function)
    yield own, ()
    for event in own.calls:
        if event.functions and _hands_over(event, names):
            for callee in event.functions:
                for reached, chain in bodies.reachable(callee, _MAX_CALLS):
                    yield bodies.of(reached), (event, *chain)


def _hands_over(event: CallEvent, names: set[str]) -> bool:
    """Whether a call passes the request, something that comes from it, or one of the parameters ``names``."""
    if any(is_of_request(external_name(value)) for value in event.arguments):
        return True
    arguments = event.node.arguments if isinstance(event.node, ex.Call) else ()
    return any(_root(argument.value) in names for argument in arguments)


def _root(node: ex.Expression) -> str:
    while isinstance(node, (ex.Attribute, ex.Subscript, ex.Call)):
        node = node.func if isinstance(node, ex.Call) else node.value
    return node.id if isinstance(node, ex.Name) else ""


def _reads(body: Body, chain: tuple[CallEvent, ...]) -> Iterator[_Step]:
    for read in request_reads(body):
        if read.carrier == "headers" and AUTHORIZATION_HEADER.fullmatch(read.key):
            yield _Step("reads the Authorization header", read.site.location, chain)
        elif read.carrier == "cookies" and _is_session_cookie(read.key):
            yield _Step(f"reads the cookie {read.key}", read.site.location, chain)


def _decodings(body: Body, chain: tuple[CallEvent, ...]) -> Iterator[_Step]:
    for call in body.calls:
        for name in call.names:
            if TOKEN_DECODERS.fullmatch(name):
                yield _Step("decodes a token", call.site.location, chain)
            elif name in COMPARISONS:
                yield _Step("compares credentials", call.site.location, chain)


def _comparisons(function: FunctionDefinition, names: set[str]) -> Iterator[_Step]:
    """Where an endpoint compares credentials that it was given with what it knows."""
    for node in walk(function.fact.body):
        for given, known in compared(node):
            if isinstance(given, ex.Name) and given.id in names and not isinstance(known, ex.Constant):
                place = function.module.location(node.start, node.end)  # type: ignore[attr-defined]
                yield _Step("compares credentials", place)
