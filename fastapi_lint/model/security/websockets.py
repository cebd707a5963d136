"""Websockets that nobody guards, in applications whose other routes have a guard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import last_word, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.knowledge.security import WEBSOCKET_CREDENTIALS
from fastapi_lint.model.security.nature import public_nature
from fastapi_lint.model.security.public import is_public_path, public_mark

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_MAX_CALLS = 4


def guarded_sibling(route: Route, project: Project) -> Route | None:
    """The route by which a websocket ought to authenticate and does not: one of the same module that does, as at least
    half of the HTTP routes there do, or of the application where the module has no others. None where it
    authenticates, may do so, or is public.

    Silent where anything that runs for the websocket reads credentials or speaks of them (a token in its first message,
    a ticket), or hands it to code that is not seen.

    Args:
        route: any route.
        project: its project.
    """
    function = route.function
    if route.kind != "websocket" or function is None or function.module.is_test:
        return None
    authentication = project.authentication(route)
    if authentication.grade is not None or authentication.required is not False:
        return None
    if public_mark(route) or is_public_path(route.path, project.settings.public_paths):
        return None
    if public_nature(route, project) or _may_authenticate(route, function, project):
        return None
    is_guarded = {
        other: project.authentication(other).required is True for other in route.app.routes if other.kind == "api"
    }
    served = [other for other in is_guarded if is_guarded[other] or not public_nature(other, project)]
    beside = [other for other in served if other.site.module is route.site.module] or served
    guarded = [other for other in beside if is_guarded[other]]
    return guarded[0] if guarded and 2 * len(guarded) >= len(beside) else None


def _may_authenticate(route: Route, function: FunctionDefinition, project: Project) -> bool:
    """Whether something that runs for a websocket may look at who is connecting."""
    dependant = route.dependant
    sockets = frozenset(parameter.name for parameter in dependant.injected)
    names = [parameter.name for parameter in dependant.all_parameters()]
    if any(map(WEBSOCKET_CREDENTIALS.search, names)) or project.guards.hands_on(function, sockets) is not None:
        return True
    functions = [function, *(each for below in dependant.flatten() for each in below.functions)]
    reached = {each for start in functions for each, _ in project.bodies.reachable(start, _MAX_CALLS)}
    return any(project.guards.of(each).reads or _speaks_of_credentials(each) for each in reached)


def _speaks_of_credentials(function: FunctionDefinition) -> bool:
    if WEBSOCKET_CREDENTIALS.search(function.fact.qualname):
        return True
    for node in walk(function.fact.body):
        word = node.value if isinstance(node, ex.Constant) else last_word(node)
        if isinstance(word, str) and WEBSOCKET_CREDENTIALS.search(word):
            return True
    return False
