"""What is listed: the routes of projects, limited to the files that were asked for and by filters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.config.errors import did_you_mean
from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.model.routing.paths import fits, plain_path
from fastapi_lint.model.routing.references import methods_of
from fastapi_lint.model.security.authentication import schemes

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.apps import App
    from fastapi_lint.model.routing.routes import Route

Filters = Mapping[str, tuple[str, ...]]
"""The values wanted by kind: "method", "path", "auth", "tag", "app". A route must meet one value of each kind that has
any."""

AUTHENTICATION = ("required", "optional", "none", "unknown")
"""How a route may authenticate."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The routes of a project that are shown; ``total`` is how many there are without filters."""

    result: ProjectResult
    project: Project
    routes: list[Route]
    total: int


def listed(results: Iterable[ProjectResult], filters: Filters, every_app: bool = False) -> list[Listed]:
    """The routes of projects.

    Args:
        results: what a run says of them.
        filters: which routes are wanted.
        every_app: name the routes of mounted applications a second time, as these know them, and those of applications
            that tests make. Else these are only listed where a filter names the application, or there are no others.
    """
    found: list[Listed] = []
    for result in results:
        project = result.project
        if project is not None:
            routes = _routes(result, project, every_app or _names_apps(filters))
            wanted = [route for route in routes if _meets(route, project, filters)]
            found.append(Listed(result, project, wanted, len(_routes(result, project, every_app))))
    return found


def complaints(results: Iterable[ProjectResult], filters: Filters, every_app: bool = False) -> Iterator[str]:
    """What to say of filters that no route meets; the arguments are those of :func:`listed`."""
    everything = listed(results, {}, every_app or _names_apps(filters))
    routes = [(route, own.project) for own in everything for route in own.routes]
    alone = True
    for kind, values in filters.items():
        for value in values:
            if routes and not any(_TESTS[kind](route, value, project) for route, project in routes):
                known = {word for route, project in routes for word in _WORDS[kind](route, project)} - {value}
                hint = did_you_mean(value, sorted(known)) if value not in AUTHENTICATION else ""
                yield f"no route matches --{kind} {value}.{hint}"
                alone = False
    if alone and routes and not any(_meets(route, project, filters) for route, project in routes):
        yield "no route matches all filters together."


def authentication(route: Route, project: Project) -> str:
    """How a route authenticates: one of AUTHENTICATION."""
    found = project.authentication(route)
    if found.grade is not None:
        return "optional" if found.optional else "required"
    return "unknown" if found.undecided else "none"


def guard_names(route: Route, project: Project) -> list[str]:
    """The names of all that authenticates a route: dependencies, security schemes, decorators, middlewares."""
    guards = [name for guard in project.authentication(route).guards for name in guard]
    return list(dict.fromkeys([*guards, *(scheme.class_name for scheme in schemes(route.dependant))]))


def _routes(result: ProjectResult, project: Project, every_app: bool) -> list[Route]:
    """The routes of a project, limited to applications and registrations in the files that were asked for."""
    choices: Sequence[list[App]] = (project.serving, project.test_apps)
    every = [*(project.apps or project.routers_alone), *project.test_apps]
    for apps in (every,) if every_app else choices:
        routes = [
            route
            for app in apps
            for route in app.routes
            if app.location.path in result.wanted or route.location.path in result.wanted
        ]
        if routes:
            return routes
    return []


def _names_apps(filters: Filters) -> bool:
    return bool(filters.get("app"))


def _meets(route: Route, project: Project, filters: Filters) -> bool:
    return all(
        any(_TESTS[kind](route, value, project) for value in values) for kind, values in filters.items() if values
    )


def _has_method(route: Route, value: str, project: Project) -> bool:
    return value.upper() in methods_of(route)


def _has_path(route: Route, value: str, project: Project) -> bool:
    return fits(plain_path(route.path), plain_path(value))


def _has_auth(route: Route, value: str, project: Project) -> bool:
    if value in AUTHENTICATION:
        return authentication(route, project) == value
    return value in guard_names(route, project)


def _has_tag(route: Route, value: str, project: Project) -> bool:
    return value in route.tags


def _has_app(route: Route, value: str, project: Project) -> bool:
    names = (route.app.name, route.app.name.partition(":")[0])
    return any(f".{name}".replace(":", ".").endswith(f".{value}".replace(":", ".")) for name in names)


_TESTS: dict[str, Callable[[Route, str, Project], bool]] = {
    "method": _has_method,
    "path": _has_path,
    "auth": _has_auth,
    "tag": _has_tag,
    "app": _has_app,
}
_WORDS: dict[str, Callable[[Route, Project], Iterable[str]]] = {
    "method": lambda route, project: methods_of(route),
    "path": lambda route, project: (route.path,),
    "auth": lambda route, project: (*AUTHENTICATION, *guard_names(route, project)),
    "tag": lambda route, project: route.tags,
    "app": lambda route, project: (route.app.name,),
}
