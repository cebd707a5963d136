"""Start and end of applications: which event handlers and lifespans FastAPI runs, and which it never does.

The lifespan of an application takes the place of its event handlers, and a mounted application is not started by the
one around it (verified by running FastAPI 0.65 to 0.165; see :mod:`fastapi_lint.model.knowledge.releases`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.knowledge.releases import LIFESPANS
from fastapi_lint.model.routing.routers import MountRegistration, Router
from fastapi_lint.model.values import Collection, Value, is_none, possibilities, text_of

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.bodies import Bodies
    from fastapi_lint.model.project import Project
    from fastapi_lint.text.location import Location

EVENTS = ("startup", "shutdown")
_STARTING = frozenset({"lifespan_context", "lifespan", "startup", "router"})
"""Attributes of an application by which code starts it."""


@dataclass(frozen=True, slots=True)
class EventHandler:
    """A handler of the start or end of an application or router.

    Attributes:
        event: "startup" or "shutdown".
        location: where it is registered.
        lifespan: where the application was given the lifespan that takes its place, else None.
    """

    event: str
    location: Location
    lifespan: Location | None


@dataclass(frozen=True, slots=True)
class UnstartedMount:
    """A mounted application whose lifespan or event handlers never run.

    Attributes:
        path: where it is mounted, as far as that is known.
        location: where it is mounted.
        start: where its lifespan was given or its first handler registered.
    """

    path: str
    location: Location
    start: Location


def event_handlers(project: Project) -> Iterator[EventHandler]:
    """The event handlers of applications and routers that are registered one by one; tests apart. None on releases that
    know no lifespan."""
    if project.version("fastapi") < LIFESPANS:
        return
    for router in _routers(project):
        lifespan = router.site.location if _lifespan(router) is not None else None
        for registration in router.handlers:
            event = text_of(registration.arguments.get("event_type", 0)) if registration.kind == "event" else None
            if event in EVENTS:
                replaced = lifespan if router.is_app else None
                yield EventHandler(event, registration.site.location, replaced)


def unstarted_mounts(project: Project) -> Iterator[UnstartedMount]:
    """The mounts of applications that have something to start, in an application that is seen not to start them."""
    for router in _routers(project):
        mounts = [registration for registration in router.registrations if isinstance(registration, MountRegistration)]
        for mount in mounts:
            mounted = mount.app
            if isinstance(mounted, Router) and mounted.is_app and (start := _start_of(mounted)) is not None:
                if not _may_start(router, project.bodies):
                    yield UnstartedMount(text_of(mount.path) or "", mount.site.location, start)


def _routers(project: Project) -> Iterator[Router]:
    return (router for router in project.interpreter.registrar.routers if not router.site.module.is_test)


def _lifespan(router: Router) -> Value | None:
    """What certainly is the lifespan of an application."""
    given = router.argument("lifespan")
    return given if given is not None and not any(map(is_none, possibilities(given))) else None


def _start_of(app: Router) -> Location | None:
    """Where an application was given something to start."""
    if _lifespan(app) is not None:
        return app.site.location
    events = [registration for registration in app.handlers if registration.kind == "event"]
    return events[0].site.location if events else None


def _may_start(app: Router, bodies: Bodies) -> bool:
    """Whether the start of an application may start others: its code is not known, or reads what starts them."""
    if not app.arguments.complete:
        return True
    functions: list[Value] = [*possibilities(_lifespan(app))]
    for given in (app.argument("on_startup"), *(one.handler for one in app.handlers if one.kind == "event")):
        functions += given.items if isinstance(given, Collection) else possibilities(given)
    if not all(isinstance(function, FunctionDefinition) for function in functions):
        return True
    return any(
        isinstance(read.node, ex.Attribute) and read.node.attr in _STARTING
        for function in functions
        if isinstance(function, FunctionDefinition)
        for reached, _ in bodies.reachable(function.innermost)
        for read in bodies.of(reached).reads
    )
