"""Builds the effective routes of applications: walks what was registered on routers, from the application inwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from fastapi_lint.facts.search import method_calls
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.interpreter.operations import plain
from fastapi_lint.model.knowledge.releases import LIVE_INCLUSION
from fastapi_lint.model.knowledge.routers import DOCUMENTATION_PATHS, ROUTER_DEFAULTS
from fastapi_lint.model.routing.apps import App, Claim
from fastapi_lint.model.routing.route_objects import RouteList, RouteObject, included_router
from fastapi_lint.model.routing.routers import (
    InclusionRegistration,
    MountRegistration,
    Registration,
    Router,
    RouteRegistration,
    UnresolvedRegistration,
)
from fastapi_lint.model.routing.routes import Level, Route, bare_name
from fastapi_lint.model.routing.unresolved import Unresolved, may_serve_routes, why
from fastapi_lint.model.values import (
    Arguments,
    Condition,
    Literal,
    Site,
    Value,
    possibilities,
    possible,
)

MAX_TEXTS = 4
"""A path or prefix that may be one of more texts is followed for so many."""
_INCLUDED, _MOUNTED = "included router", "mounted application"
_MAY_SERVE = frozenset({_INCLUDED, _MOUNTED, "method of a router", "list of routes", "route object"})
_ITS_ROUTES = "its routes are not listed"
_PATH_OF_MOUNT = "path of a mount"
_BELOW = "the routes below it are not listed"


class Prefix(NamedTuple):
    """What may come before a route's path: the part that mounts give, the part that routers give, and the conditions
    under which it is this one."""

    mount: str = ""
    text: str = ""
    conditions: tuple[Condition, ...] = ()

    def __add__(self, other: Prefix) -> Prefix:  # type: ignore[override]
        return Prefix(self.mount, self.text + other.text, self.conditions + other.conditions)


@dataclass(slots=True, frozen=True)
class _Surroundings:
    """What stands around a router, and so counts for its routes.

    Attributes:
        prefixes: what comes before a route's path, the router's own prefix apart.
        levels: what contributes to its routes, from the application inwards, the router itself apart.
        own: the router itself.
        conditions: the undecided conditions under which it is reached.
        copied_by: the earliest inclusion around it by which a FastAPI that copies took the routes of that moment;
            None where nothing is copied.
        routers: the routers around it.
        trail: the registrations that lead to it.
    """

    prefixes: tuple[Prefix, ...]
    levels: tuple[Level, ...]
    own: Level
    conditions: tuple[Condition, ...] = ()
    copied_by: InclusionRegistration | None = None
    routers: tuple[Router, ...] = ()
    trail: tuple[int, ...] = ()


class RouteBuilder:
    """Makes the effective routes of applications.

    Args:
        interpreter: who executes the project.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._live = interpreter.settings.release("fastapi") >= LIVE_INCLUSION
        self._lists: dict[Router, tuple[int, RouteList]] = {}
        self._reached: set[Router] = set()
        self._late: dict[Registration, InclusionRegistration] = {}
        self._in_time: set[Registration] = set()
        self.unresolved: list[Unresolved] = []

    def build(self, app: App) -> None:
        """Fills ``app.routes`` and ``app.claims``; those of a router alone (see :class:`App`) as they are wherever an
        application includes it, with arguments that nobody knows."""
        outside = () if app.router.is_app else (Level("outside", Arguments(complete=False), app.router.site),)
        app.routes = list(self._served(app, outside))

    def note_lost(self) -> None:
        """Notes, once all applications are built, the routes that none of them is seen to serve though it may: those on
        routers that are not known, and those of routers where something is included that is not known."""
        for lost in self._interpreter.registrar.lost:
            self._note(lost.what, lost.reason, lost.effect, lost.site)
        for function in self._interpreter.limits.cut_short:
            reason, effect = "it computes more than is followed", "routes that it adds may be missing"
            self.unresolved.append(Unresolved(function.location, f"calls of {function.name}", reason, effect))
        unknown = any(item.what in (_INCLUDED, _MOUNTED) for item in self.unresolved)
        for router in self._interpreter.registrar.routers:
            count = sum(isinstance(registration, RouteRegistration) for registration in router.registrations)
            may_be_served = unknown or router in self._interpreter.registrar.handed_over
            if count and may_be_served and router not in self._reached:
                effect = "its route is not listed" if count == 1 else f"its {count} routes are not listed"
                self._note("router", "no application is seen to include it", effect, router.site)

    def late(self) -> Iterator[tuple[Registration, InclusionRegistration]]:
        """The routes and inclusions that nobody serves since their router was copied before, with the inclusion that
        copied it. To be asked once all applications are built."""
        for registration, inclusion in self._late.items():
            if registration not in self._in_time and isinstance(
                registration, (RouteRegistration, InclusionRegistration)
            ):
                yield registration, inclusion

    def unserved(self) -> list[Router]:
        """The routers of modules that have routes, and that no application serves, nor can serve unseen; of those that
        include each other the outermost. To be asked once all applications are built."""
        if self._interpreter.limits.cut_short or any(item.what in _MAY_SERVE for item in self.unresolved):
            return []
        registrar = self._interpreter.registrar
        left = [router for router in registrar.routers if router not in self._reached and not router.is_app]
        apart = {child for router in left for child in _children(router)} | registrar.handed_over | self._lists.keys()
        found = [router for router in left if router.maker is None and router not in apart and _has_routes(router)]
        return found if found and not self._has_unseen_inclusions() else []

    def _has_unseen_inclusions(self) -> bool:
        """Whether some call of ``include_router`` stands in a function that is not seen to run, tests apart."""
        seen = {
            (registration.site.module, registration.site.start)
            for router in self._interpreter.registrar.routers
            for registration in router.registrations
            if isinstance(registration, InclusionRegistration)
        }
        return any(
            (module, call.start) not in seen
            for module in self._interpreter.linker.modules.values()
            if not module.is_test
            for call in method_calls(module.facts, "include_router")
        )

    def listed(self, router: Router) -> RouteList:
        """``router.routes`` as code sees it now."""
        count = self._interpreter.registrar.count
        known = self._lists.get(router)
        if known is not None and known[0] == count:
            return known[1]
        scratch = RouteBuilder(self._interpreter)
        found: list[Value] = []
        if self._live:
            for registration in router.registrations:
                if isinstance(registration, InclusionRegistration):
                    found.append(possible(included_router(), (), registration.conditions))
        for route in scratch._served(App("", router), (), inclusions=not self._live):
            found.append(possible(RouteObject(router, route), (), route.conditions))
        listed = RouteList("list", found, router=router)
        self._lists[router] = (count, listed)
        return listed

    def _served(self, app: App, levels: tuple[Level, ...], inclusions: bool = True) -> Iterator[Route]:
        own = Level("app" if app.router.is_app else "router", app.router.arguments, app.router.site)
        return self._walk(app, app.router, _Surroundings((Prefix(),), levels, own), inclusions)

    def _walk(self, app: App, router: Router, around: _Surroundings, inclusions: bool = True) -> Iterator[Route]:
        """The routes below a router."""
        if router in around.routers:
            return
        self._reached.add(router)
        around = replace(around, routers=(*around.routers, router))
        app.claims += _documentation(router, around)
        for registration in list(router.registrations):
            callbacks = registration.arguments.get("callbacks")
            if isinstance(callbacks, RouteList) and callbacks.router is not None:
                self._reached.add(callbacks.router)  # documented, never served
            if around.copied_by is not None and registration.order > around.copied_by.order:
                self._late.setdefault(registration, around.copied_by)
                continue
            self._in_time.add(registration)
            if isinstance(registration, RouteRegistration):
                yield from self._routes(app, registration, around)
            elif isinstance(registration, InclusionRegistration) and inclusions:
                for child, conditions in _chosen(registration.router, registration):
                    yield from self._include(app, child, registration, around, conditions)
            elif isinstance(registration, MountRegistration) and inclusions and around.copied_by is None:
                app.claims += self._mounts(registration, around)
                for child, conditions in _chosen(registration.app, registration):
                    if isinstance(child, Router):
                        yield from self._mount(app, child, registration, around, conditions)
                    elif may_serve_routes(child):
                        self._note(_MOUNTED, why(child), _ITS_ROUTES, registration.site)
            elif isinstance(registration, UnresolvedRegistration):
                self._note(registration.what, registration.reason, registration.effect, registration.site)

    def _routes(self, app: App, registration: RouteRegistration, around: _Surroundings) -> Iterator[Route]:
        level = Level("route", registration.arguments, registration.site)
        levels = (*around.levels, *registration.levels, *_given(around.own, registration), level)
        trail = (*around.trail, registration.order)
        left = _left(around.routers, trail, (*around.conditions, *registration.conditions))
        if left is None:
            return
        conditions, changes = left
        own = self._texts(registration.prefix, "prefix of the router", _BELOW, around.own.site)
        what = f"path of {bare_name(registration.endpoint)}"
        paths = self._texts(registration.path, what, "the route is not listed", registration.site)
        for before, prefix, path in product(around.prefixes, own, paths):
            whole = before + prefix + path
            yield Route(
                app,
                registration,
                whole.mount,
                whole.text,
                levels,
                (*conditions, *whole.conditions),
                self._interpreter,
                trail,
                changes,
            )

    def _include(
        self,
        app: App,
        child: Value,
        registration: InclusionRegistration,
        around: _Surroundings,
        conditions: tuple[Condition, ...],
    ) -> Iterator[Route]:
        if not isinstance(child, Router):
            self._note(_INCLUDED, why(child), _ITS_ROUTES, registration.site)
            return
        own = self._texts(registration.prefix, "prefix of the router", _BELOW, around.own.site)
        given = self._texts(registration.arguments.get("prefix"), "prefix of include_router", _BELOW, registration.site)
        inclusion = Level("include", registration.arguments, registration.site)
        copied_by = around.copied_by
        if not self._live and (copied_by is None or registration.order < copied_by.order):
            copied_by = registration
        inside = _Surroundings(
            tuple(before + prefix + text for before, prefix, text in product(around.prefixes, own, given)),
            (*around.levels, *_given(around.own, registration), inclusion),
            Level("router", child.arguments, child.site),
            (*around.conditions, *conditions),
            copied_by,
            around.routers,
            (*around.trail, registration.order),
        )
        yield from self._walk(app, child, inside)

    def _mount(
        self,
        app: App,
        child: Router,
        registration: MountRegistration,
        around: _Surroundings,
        conditions: tuple[Condition, ...],
    ) -> Iterator[Route]:
        paths = self._texts(registration.path, _PATH_OF_MOUNT, _BELOW, registration.site)
        mounts = [before + path for before, path in product(around.prefixes, paths)]
        # a mounted application shares nothing with the one around it but the path
        levels = tuple(Level(level.kind, Arguments(), level.site) for level in (*around.levels, around.own))
        inside = _Surroundings(
            tuple(Prefix(mount.mount + mount.text.rstrip("/"), "", mount.conditions) for mount in mounts),
            (*levels, Level("mount", Arguments(), registration.site)),
            Level("app" if child.is_app else "router", child.arguments, child.site),
            (*around.conditions, *conditions),
            None,
            around.routers,
            (*around.trail, registration.order),
        )
        yield from self._walk(app, child, inside)

    def _mounts(self, registration: MountRegistration, around: _Surroundings) -> Iterator[Claim]:
        """What a mount answers, whatever it serves: all paths below its own."""
        trail = (*around.trail, registration.order)
        conditions = (*around.conditions, *registration.conditions)
        paths = self._texts(registration.path, _PATH_OF_MOUNT, _BELOW, registration.site)
        for before, path in product(around.prefixes, paths):
            whole = before + path
            below = whole.mount + whole.text.rstrip("/") + "/{path:path}"
            shown = f"the mount at {whole.mount + whole.text or '/'}"
            yield Claim(shown, below, None, trail, (*conditions, *whole.conditions), registration.site)

    def _texts(self, value: Value | None, what: str, effect: str, site: Site) -> list[Prefix]:
        """The texts that a path or prefix may be; what is not known is noted, and what follows when none is."""
        texts: dict[str, Prefix] = {}
        unknown: Value | None = None
        options = possibilities(value) or (Literal(""),)
        for number, option in enumerate(options):
            literal = plain(option)
            if literal is not None and isinstance(literal.value, str):
                if len(options) > 1 and _is_refused(literal.value, what):
                    continue
                texts.setdefault(literal.value, Prefix("", literal.value, (Condition(site, number),)))
            elif literal is not None and literal.value is None and not literal.assumed and what.startswith("prefix"):
                texts.setdefault("", Prefix("", "", (Condition(site, number),)))
            else:
                unknown = unknown or option
        if unknown is not None:
            self._note(what, why(unknown), "only the others are listed" if texts else effect, site)
        if len(options) == 1:
            return [text._replace(conditions=()) for text in texts.values()]
        if len(texts) > MAX_TEXTS:
            self._note(what, f"it is one of {len(texts)} texts", f"the first {MAX_TEXTS} are listed", site)
        return list(texts.values())[:MAX_TEXTS]

    def _note(self, what: str, reason: str, effect: str, site: Site) -> None:
        self.unresolved.append(Unresolved(site.location, what, reason, effect))


def _children(router: Router) -> Iterator[Router]:
    """The routers that a router includes."""
    for registration in router.registrations:
        if isinstance(registration, InclusionRegistration):
            yield from (child for child in possibilities(registration.router) if isinstance(child, Router))


def _has_routes(router: Router, around: tuple[Router, ...] = ()) -> bool:
    """Whether there are routes on a router, or on one that it includes."""
    return any(isinstance(registration, RouteRegistration) for registration in router.registrations) or any(
        _has_routes(child, (*around, router)) for child in _children(router) if child not in around
    )


def _documentation(router: Router, around: _Surroundings) -> Iterator[Claim]:
    """The pages of the documentation, which an application registers before all else."""
    if not router.is_app or not router.arguments.complete or isinstance(router.cls, ClassDefinition):
        return
    paths = {option: router.argument(option) or Literal(ROUTER_DEFAULTS[option]) for option in DOCUMENTATION_PATHS}
    texts = {option: path.value for option, path in paths.items() if isinstance(path, Literal) and not path.assumed}
    for option, needed in DOCUMENTATION_PATHS.items():
        if texts.get(option) and all(texts.get(other) for other in needed):
            for before in around.prefixes:
                path = before.mount + before.text + str(texts[option])
                what, conditions = f"the documentation at {path}", (*around.conditions, *before.conditions)
                is_page = option != "swagger_ui_oauth2_redirect_url"
                yield Claim(what, path, ("GET", "HEAD"), around.trail, conditions, router.site, is_page)


def _is_refused(text: str, what: str) -> bool:
    """Whether FastAPI or Starlette assert that a prefix or the path of a mount is none like this (observed on FastAPI
    0.165)."""
    if not text or (what != _PATH_OF_MOUNT and not what.startswith("prefix")):
        return False
    return not text.startswith("/") or (text.endswith("/") and what.startswith("prefix"))


def _given(own: Level, registration: Registration) -> Iterator[Level]:
    """What a router gave to what was registered on it, if it gives anything."""
    if registration.own is not None:
        yield replace(own, arguments=registration.own)


def _left(
    routers: tuple[Router, ...], trail: tuple[int, ...], conditions: tuple[Condition, ...]
) -> tuple[tuple[Condition, ...], dict[str, Value]] | None:
    """The conditions under which a route is left once code has taken routes out of the lists of the routers around it,
    and the attributes that it has set on it; None where nothing is left."""
    changes: dict[str, Value] = {}
    for depth, router in enumerate(routers):
        changes = {**router.changed.get(trail[depth:], {}), **changes}
        if trail[depth:] in router.dropped:
            dropped = [condition for condition in router.dropped[trail[depth:]] if condition not in conditions]
            if not dropped:
                return None
            conditions = (*conditions, *(condition.otherwise for condition in dropped))
    return conditions, changes


def _chosen(value: Value, registration: Registration) -> Iterator[tuple[Value, tuple[Condition, ...]]]:
    """What a value may be, each with the conditions under which the registration has it."""
    options = possibilities(value)
    for number, option in enumerate(options):
        choice = (Condition(registration.site, number),) if len(options) > 1 else ()
        yield option, (*registration.conditions, *choice)
