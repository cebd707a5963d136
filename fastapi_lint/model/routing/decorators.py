"""Decorators of endpoints: which of them no request comes to, since they stand above the one of the route."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.statements import Decorator
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.knowledge.decorators import WRAPPING_DECORATORS
from fastapi_lint.model.values import Site, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.bodies import Bodies
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route


@dataclass(frozen=True, slots=True)
class BypassedDecorator:
    """A decorator that wraps an endpoint after it was registered.

    Attributes:
        name: its name as it is written.
        site: where it stands.
    """

    name: str
    site: Site


def bypassed_decorators(route: Route, project: Project) -> Iterator[BypassedDecorator]:
    """The decorators above the one that registers a route, of those that are known to put another function in the place
    of the endpoint: the route keeps the function that it was given."""
    function = route.function
    if function is None or route.site.module is not function.module:
        return
    decorators = function.fact.decorators
    own = next((i for i, one in enumerate(decorators) if one.start <= route.site.start < one.end), 0)
    for decorator, value in zip(decorators[:own], function.decorators):
        if _wraps(value, project.bodies):
            yield BypassedDecorator(_name(decorator), Site(function.module, decorator.start, decorator.end))


def _wraps(decorator: Value, bodies: Bodies) -> bool:
    """Whether a decorator certainly gives another function than the one it is given."""
    if external_name(decorator).removesuffix("()") in WRAPPING_DECORATORS:
        return True
    if not isinstance(decorator, FunctionDefinition):
        return False
    body = bodies.of(decorator)
    given = [value for event in body.returns for value in possibilities(event.value)]
    return bool(given) and not body.falls_through and all(value in body.nested for value in given)


def _name(decorator: Decorator) -> str:
    node = decorator.expression
    while isinstance(node, ex.Call):
        node = node.func
    if isinstance(node, ex.Attribute):
        return node.attr
    return node.id if isinstance(node, ex.Name) else "this decorator"
