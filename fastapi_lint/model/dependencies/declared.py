"""``dependencies=[…]`` of applications, inclusions, routers and routes: what a list holds, and on which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.model.dependencies.markers import read_dependency_marker
from fastapi_lint.model.routing.unresolved import UNKNOWN_LIST, why
from fastapi_lint.model.values import (
    Collection,
    Condition,
    Possible,
    Site,
    Unknown,
    Value,
    certain,
    is_none,
    possibilities,
)


class DeclaredDependency(NamedTuple):
    """An element of ``dependencies=[…]``: what it is, where it stands, its level ("outside", "app", "include", "router"
    or "route"), whether it is there only under a condition, whether it is there by default, the call of its level."""

    value: Value
    site: Site
    level: str
    conditional: bool = False
    by_default: bool = True
    level_site: Site | None = None


def declared_dependencies(
    value: Value, site: Site, level: str, conditions: tuple[Condition, ...]
) -> Iterator[DeclaredDependency]:
    """The elements of a ``dependencies`` argument.

    Args:
        value: the argument.
        site: the call that was given it.
        level: where that call contributes to the route.
        conditions: those under which the route exists: what is there under the same is there for certain.
    """
    if isinstance(value, Possible):
        for element in declared_dependencies(value.value, site, level, conditions):
            yield element._replace(conditional=True, by_default=value.by_default and element.by_default)
        return
    options = [option for option in possibilities(value) if not is_none(option)] or [Collection("list", [])]
    always = len(options) == len(possibilities(value))
    keys = [{_key(item) for item in option.items} for option in options if isinstance(option, Collection)]
    seen: set[tuple[int, ...]] = set()
    for number, option in enumerate(options):
        if not isinstance(option, Collection):
            yield DeclaredDependency(Unknown(why(option)), site, level)
            continue
        for item in option.items:
            if _key(item) in seen:
                continue
            everywhere = always and all(_key(item) in others for others in keys)
            element = _element(item, site, level, conditions)
            if element is not None:
                yield element._replace(
                    conditional=element.conditional or not everywhere,
                    by_default=element.by_default and option is possibilities(value)[0],
                )
        seen |= {_key(item) for item in option.items}
        if not option.complete and number == 0:
            yield DeclaredDependency(Unknown(UNKNOWN_LIST), site, level)


def _element(item: Value, site: Site, level: str, conditions: tuple[Condition, ...]) -> DeclaredDependency | None:
    """An item of a list; None when it is there only where the route is not."""
    own = getattr(certain(item), "site", None)
    element = DeclaredDependency(certain(item), own if isinstance(own, Site) else site, level)
    if not isinstance(item, Possible):
        return element
    further = [condition for condition in item.conditions if condition not in conditions]
    if any(one.site == other.site for one in further for other in conditions):
        return None
    by_default = all(condition.by_default is not False for condition in further)
    return element._replace(conditional=bool(further), by_default=by_default)


def _key(item: Value) -> tuple[int, ...]:
    """What identifies an element: the callable that it mentions, or those among which a condition decides."""
    marker = read_dependency_marker(certain(item))
    mentioned = marker.dependency if marker is not None and marker.dependency is not None else certain(item)
    return tuple(map(id, possibilities(mentioned)))
