"""Optional credentials: what a scheme with ``auto_error=False`` gives, which is None where a request has none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import is_name, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.security.authentication import Scheme, schemes
from fastapi_lint.model.values import Site

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route


class UncheckedCredentials(NamedTuple):
    """Credentials that nobody tests for None.

    Attributes:
        scheme: the name of the class of the scheme.
        name: the parameter that holds them and whose attributes are read all the same; "" where nobody looks at them.
        function: who reads them, or None.
        site: where that is done, or where the scheme is declared.
    """

    scheme: str
    name: str
    function: FunctionDefinition | None
    site: Site


def unchecked_credentials(route: Route, project: Project) -> Iterator[UncheckedCredentials]:
    """The credentials of optional schemes of a route that nobody tests for None, where nothing else on the way of its
    requests is seen to authenticate.

    Args:
        route: an effective route.
        project: its project.
    """
    optional = [each for each in schemes(route.dependant) if each.auto_error is False and not each.dependant.functions]
    for scheme in optional:
        function = _receiver(scheme, route)
        mentions = _mentions(scheme, route)
        others = (each for each in optional if each.dependant.key == scheme.dependant.key)
        if mentions and function is not None:
            site = _blind_read(function, mentions)
            if site is not None and not _is_guarded(route, function, site, project):
                yield UncheckedCredentials(scheme.class_name, str(scheme.dependant.name), function, site)
        elif not any(_mentions(each, route) for each in others) and scheme.dependant.site is not None:
            if project.authentication(route).required is False:
                yield UncheckedCredentials(scheme.class_name, "", None, scheme.dependant.site)


def _receiver(scheme: Scheme, route: Route) -> FunctionDefinition | None:
    """The function that a scheme's credentials are given to."""
    return scheme.chain[-2].function if len(scheme.chain) > 1 else route.function


def _mentions(scheme: Scheme, route: Route) -> list[ex.Name]:
    """Where the function that is given a scheme's credentials mentions them. None where it is given none."""
    function, name = _receiver(scheme, route), scheme.dependant.name
    nodes = walk(function.fact.body) if function is not None and name is not None else ()
    return [node for node in nodes if is_name(node, name)]


def _blind_read(function: FunctionDefinition, mentions: list[ex.Name]) -> Site | None:
    """Where a function first reads something of credentials that may be None, if it does nothing else with them."""
    name = mentions[0].id
    nodes = list(walk(function.fact.body))
    reads = [node for node in nodes if isinstance(node, (ex.Attribute, ex.Subscript)) and is_name(node.value, name)]
    if len(reads) != len(mentions):
        return None
    first = min(reads, key=lambda node: node.start)
    tries = (node for node in nodes if isinstance(node, st.Try) and node.handlers)
    if any(node.start <= first.start < node.end for node in tries):
        return None
    return Site(function.module, first.start, first.end)


def _is_guarded(route: Route, function: FunctionDefinition, read: Site, project: Project) -> bool:
    """Whether something else than a function may turn the requests of a route away before it comes to a read: what it
    does from there on comes too late."""
    others = (each for dependency in route.dependencies for each in dependency.functions if each is not function)
    if any(project.guards.of(each).rejects for each in others):
        return True
    authentication = project.authentication(route)
    rest = Site(function.module, read.start, function.fact.end).location
    return authentication.source in ("middleware", "decorator") or any(
        each.location.path != rest.path or not rest.start <= each.location.end <= rest.end
        for each in authentication.undecided
    )
