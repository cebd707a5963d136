"""Middlewares: which of them answer requests by themselves, and which stand around which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.diagnostics import Related
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.concurrency.request_path import middleware_entries
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.answers import is_response, own_status
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.knowledge.middlewares import ANSWERING, CORS
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.routers import HandlerRegistration
from fastapi_lint.model.values import ExternalResult, Instance, Site, Value, external_name, possibilities

_PATHS = ("path", "raw_path")
"""What the path of a request is called in its scope, and as an attribute of its URL."""
_CLIENT_LEFT = 499
_PAGE = "starlette.responses.HTMLResponse()"
_REFUSAL = "starlette.authentication.AuthenticationError"
_MAX_CALLS = 3
"""How many calls deep the backend of an authentication is followed."""


@dataclass(frozen=True, slots=True)
class Bypass:
    """A middleware that answers before the one that adds the CORS headers comes to it.

    Attributes:
        cors: the registration of the CORS middleware.
        name: the bare name of the other middleware.
        evidence: where it is registered, and where it answers.
    """

    cors: HandlerRegistration
    name: str
    evidence: tuple[Related, ...]


def cors_bypasses(app: App, bodies: Bodies) -> Iterator[Bypass]:
    """For each CORS middleware of an application, the first middleware around it that answers by itself."""
    middlewares = app.middlewares
    for position, cors in enumerate(middlewares):
        if external_name(cors.handler) not in CORS:
            continue
        for outer in middlewares[position + 1 :]:
            answer = _own_answer(outer, bodies) if not _excludes(outer, cors) else None
            if answer is not None:
                name, evidence = answer
                registered = Related(f"{name} is added later, so it stands around", outer.site.location)
                yield Bypass(cors, name, (registered, *evidence))
                break


def may_serve_paths(middleware: HandlerRegistration, bodies: Bodies) -> bool:
    """Whether a middleware may answer some paths by itself, or lead them elsewhere. One of a library does not.

    Args:
        middleware: any middleware.
        bodies: what happens in functions.
    """
    entries = middleware_entries(middleware.handler, middleware.arguments, middleware.site.location)
    functions = [entry.function for entry in entries]
    if not functions:
        return not external_name(middleware.handler)
    knowing = [function for function in functions if function.fact.body.may_hold(*_PATHS)]
    return any(_sets_path(function) or any(_answers(function, bodies)) for function in knowing)


def _sets_path(function: FunctionDefinition) -> bool:
    """Whether a function sets the path of a request: ``scope["path"] = …``."""
    targets = [target for node in walk(function.fact.body) if isinstance(node, st.Assign) for target in node.targets]
    keys = [target.index for target in targets if isinstance(target, ex.Subscript)]
    return any(isinstance(key, ex.Constant) and key.value in _PATHS for key in keys)


def _own_answer(middleware: HandlerRegistration, bodies: Bodies) -> tuple[str, tuple[Related, ...]] | None:
    """The name of a middleware that certainly answers some requests by itself, and where it does so; else None."""
    name = external_name(middleware.handler)
    if name in ANSWERING:
        return (name.rpartition(".")[2], ()) if _may_refuse(middleware, bodies) else None
    for entry in middleware_entries(middleware.handler, middleware.arguments, middleware.site.location):
        function = entry.function
        place = next(_answers(function, bodies), None)
        if place is not None:
            owner = function.owner.name if function.owner is not None else function.name
            return owner, (Related(f"{owner} answers by itself here", place.location),)
    return None


def _may_refuse(middleware: HandlerRegistration, bodies: Bodies) -> bool:
    """Whether a middleware of a library may turn a request away: one for authentication does so where its backend
    raises."""
    backend = middleware.arguments.get("backend")
    method = backend.cls.find_method("authenticate") if isinstance(backend, Instance) else None
    if method is None:
        return True
    raised = (
        event.value for function, _ in bodies.reachable(method, _MAX_CALLS) for event in bodies.of(function).raises
    )
    return any(_refuses(option) for value in raised for option in possibilities(value))


def _refuses(raised: Value) -> bool:
    if isinstance(raised, Instance):
        return raised.cls.derives_from(_REFUSAL)
    return external_name(raised).removesuffix("()") == _REFUSAL


def _answers(function: FunctionDefinition, bodies: Bodies) -> Iterator[Site]:
    """Where a middleware returns or sends a response that it made."""
    body = bodies.of(function)
    for giving in body.returns:
        if any(_is_made_here(value) for value in possibilities(giving.value)):
            yield giving.site
    for call in body.calls:
        if any(_is_made_here(value) for value in possibilities(call.callee)):
            yield call.site


def _is_made_here(value: Value) -> bool:
    """Whether a value is a response that is made on the spot, for scripts: people look at pages, and 499 is noted for a
    client that left."""
    made = isinstance(value, (Instance, ExternalResult)) and value.site is not None
    if not made or not is_response(value) or external_name(value) == _PAGE:
        return False
    return own_status(value) != _CLIENT_LEFT


def _excludes(one: HandlerRegistration, other: HandlerRegistration) -> bool:
    """Whether two registrations stand in different branches of one choice."""
    ways = {condition.site: condition.branch for condition in one.conditions}
    return any(ways.get(condition.site, condition.branch) != condition.branch for condition in other.conditions)
