"""What applications run when they start: their lifespan or their startup handlers, and those of included routers.

A mounted application is not started by the one around it (verified by running FastAPI 0.65 to 0.165).
"""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.releases import LIFESPANS, ROUTER_LIFESPANS, Release
from fastapi_lint.model.routing.routers import InclusionRegistration, Router
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Condition,
    Literal,
    Possible,
    Value,
    certain,
    is_none,
    possibilities,
)


def run_startups(interpreter: Interpreter) -> None:
    """Executes what applications run when they start; some register their routes there."""
    release = interpreter.settings.release("fastapi")
    for app in [router for router in interpreter.registrar.routers if router.is_app]:
        if not app.site.module.is_test:
            for function, arguments, conditions in list(_started(app, app, release, ())):
                interpreter.run_at_startup(function, arguments, app.site, conditions)


def started_functions(interpreter: Interpreter) -> list[FunctionDefinition]:
    """The functions that applications run when they start, each once."""
    release = interpreter.settings.release("fastapi")
    apps = [router for router in interpreter.registrar.routers if router.is_app]
    return list(dict.fromkeys(function for app in apps for function, _, _ in _started(app, app, release, ())))


def _started(
    router: Router, app: Router, release: Release, around: tuple[Router, ...]
) -> Iterator[tuple[FunctionDefinition, Arguments, tuple[Condition, ...]]]:
    """The functions that run for a router when an application starts, with what they are given and the conditions."""
    if router in around:
        return
    options = [option for option in possibilities(router.argument("lifespan")) if not is_none(option)]
    lifespans = options if release >= (LIFESPANS if router is app else ROUTER_LIFESPANS) else []
    for lifespan in lifespans:
        if isinstance(lifespan, FunctionDefinition):
            yield lifespan, Arguments([app]), ()
    if not lifespans:
        for handler, conditions in _startup_handlers(router):
            if isinstance(handler, FunctionDefinition):
                yield handler, Arguments(), conditions
    for registration in router.registrations:
        if isinstance(registration, InclusionRegistration) and (not lifespans or release >= ROUTER_LIFESPANS):
            for child in possibilities(registration.router):
                if isinstance(child, Router):
                    yield from _started(child, app, release, (*around, router))


def _startup_handlers(router: Router) -> Iterator[tuple[Value, tuple[Condition, ...]]]:
    """The startup handlers of a router with their conditions, those first that its constructor was given."""
    for given in possibilities(router.argument("on_startup")):
        if isinstance(given, Collection):
            for item in given.items:
                yield certain(item), item.conditions if isinstance(item, Possible) else ()
    for registration in router.handlers:
        event = registration.arguments.get("event_type", 0)
        if registration.kind == "event" and isinstance(event, Literal) and event.value == "startup":
            for handler in possibilities(registration.handler):
                yield handler, registration.conditions
