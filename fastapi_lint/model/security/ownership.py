"""Ownership: routes of one thing that ask who the user is, and never look at the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import is_name, mentions, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.dependants import Dependant
from fastapi_lint.model.endpoints.privileges import MAX_CALLS, decides_rights
from fastapi_lint.model.interpreter.bodies import CallEvent, passable
from fastapi_lint.model.values import is_none

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_OTHER_WAYS = ("path_params", ".path_params", ".state", ".user", ".auth", "scope", ".scope", ".session")
"""Attributes by which a request tells the path or the user."""


def unused_user(route: Route, project: Project) -> Dependant | None:
    """The dependency that gives the endpoint of a route its current user, where the endpoint takes parts of the path
    and nothing behind it ever looks at that user; None otherwise.

    Silent where something else may decide who may use what the path names: another dependency that takes the user, the
    path or the request's own user, one that is not known, and all that speaks of rights.
    """
    function = route.function
    own = [parameter.name for parameter in route.dependant.parameters if parameter.place == "path"]
    if function is None or not any(_is_used(name, function) for name in own):
        return None
    for dependant in route.dependant.dependencies:
        if _gives_user(dependant, project) and _is_ignored(dependant.name or "", function, project):
            return None if _may_decide(route, dependant, function, project) else dependant
    return None


def _is_used(name: str, function: FunctionDefinition) -> bool:
    return mentions(function.fact.body, name)


def _gives_user(dependant: Dependant, project: Project) -> bool:
    """Whether a parameter that is a dependency gives something for the credentials of a request, and turns those
    without away; a leading underscore says that only that is wanted."""
    if dependant.level != "parameter" or dependant.name is None or dependant.name.startswith("_"):
        return False
    function = dependant.function
    given = project.bodies.of(function).gives if function is not None else ()
    return any(not is_none(event.value) for event in given) and project.authentication_by(dependant).required is True


def _is_ignored(name: str, function: FunctionDefinition, project: Project) -> bool:
    """Whether a function never mentions a parameter, or only hands it to functions that do not."""
    named = [node for node in walk(function.fact.body) if is_name(node, name)]
    handed = [node for event in project.bodies.of(function).calls for node in _dropped(event, name)] if named else []
    return all(any(node is dropped for dropped in handed) for node in named)


def _dropped(event: CallEvent, name: str) -> Iterator[ex.Expression]:
    """The arguments of a call that are a variable which none of the called functions mentions."""
    for index, argument in enumerate(event.node.arguments if isinstance(event.node, ex.Call) else ()):
        if is_name(argument.value, name) and not argument.star and event.functions:
            taken = [_parameter(function, argument.keyword, index) for function in event.functions]
            if all(one is not None and not _is_used(one, callee) for one, callee in zip(taken, event.functions)):
                yield argument.value


def _parameter(function: FunctionDefinition, keyword: str | None, index: int) -> str | None:
    """The parameter that takes an argument, None where it is one of any number."""
    parameters = passable(function)
    if keyword is not None:
        return keyword if any(parameter.name == keyword for parameter in parameters) else None
    positional = [parameter.name for parameter in parameters if parameter.form != "keyword"]
    return positional[index] if index < len(positional) else None


def _may_decide(route: Route, user: Dependant, function: FunctionDefinition, project: Project) -> bool:
    """Whether something around a route may decide who may use what its path names."""
    for visit in route.dependant.walk():
        below, outermost = visit.dependant, visit.chain[0]
        takes_user = below.key == user.key and len(visit.chain) > 1 and outermost is not user
        if takes_user or any(parameter.place == "path" for parameter in below.parameters):
            return True
        if below.injected and any(each.fact.body.may_hold("path_params") for each in below.functions):
            return True
    if any(parameter.injected == "request" for parameter in route.dependant.injected):
        if function.fact.body.may_hold(*_OTHER_WAYS):
            return True
    entered = [(project.bodies.of(each), chain) for each, chain in project.bodies.reachable(function, MAX_CALLS)]
    return decides_rights(route, project, entered, "")
