"""Rate limits: which routes limit how often clients ask, and which take passwords as often as somebody likes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import last_word, walk
from fastapi_lint.model.concurrency.request_path import middleware_entries
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.passwords import FORM_PASSWORDS, ISSUED_SECRET, TYPED_PASSWORD, TYPED_PIN
from fastapi_lint.model.knowledge.pydantic import SECRET_TYPES
from fastapi_lint.model.knowledge.rate_limits import (
    LIMITING_LIBRARIES,
    LIMITING_NAMES,
    MAGIC_LINK,
    SENDING_PHRASES,
    SLOWING_NAMES,
    TOO_MANY_REQUESTS,
)
from fastapi_lint.model.security.authentication import outer_name
from fastapi_lint.model.security.nature import public_nature
from fastapi_lint.model.types import strip, without_none
from fastapi_lint.model.values import Instance, Method, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_MAX_CALLS = 4
_FORMS = frozenset(f"{name.rpartition('().')[0]}" for name in FORM_PASSWORDS)


class Limit(NamedTuple):
    """What limits a route: the route, and by which decorator or dependency."""

    route: Route
    by: str


class RateLimits:
    """What a project limits.

    Args:
        project: any project.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    @cached_property
    def example(self) -> Limit | None:
        """A route that a decorator or dependency limits, or None."""
        for route in self._project.routes_by_endpoint:
            by = self._limiter_of(route)
            if by:
                return Limit(route, by)
        return None

    @cached_property
    def are_unknown(self) -> bool:
        """Whether a middleware limits all routes, or may do so."""
        middlewares = [middleware for app in self._project.apps for middleware in app.middlewares]
        for middleware in middlewares:
            options = possibilities(middleware.handler)
            if any(self._limits(option) or not _name(option) for option in options):
                return True
            entries = middleware_entries(middleware.handler, middleware.arguments, middleware.site.location)
            if self._slow_down(entry.function for entry in entries):
                return True
        return False

    def may_limit(self, route: Route) -> bool:
        """Whether something that runs for a route may limit it: a decorator, a dependency, or code that speaks of
        attempts, captchas and the like, or answers 429."""
        dependencies = route.dependant.flatten()
        if self._limiter_of(route) or any(below.unknown is not None for below in dependencies):
            return True
        return self._slow_down(
            [*route.dependant.functions, *(each for below in dependencies for each in below.functions)]
        )

    def _limiter_of(self, route: Route) -> str:
        """What limits a route, in words: a library, a decorator or a dependency; "" for nothing."""
        for function in route.dependant.functions:
            for decorator in function.decorators:
                if self._limits(decorator):
                    return _library(decorator) or f"the decorator {_name(decorator)}"
        for dependency in route.dependant.flatten():
            if self._limits(dependency.call) or any(map(self._answers_too_many, dependency.functions)):
                return _library(dependency.call) or f"the dependency {_name(dependency.call)}"
        return ""

    def _limits(self, value: Value) -> bool:
        return bool(_library(value) or LIMITING_NAMES.search(_name(value)))

    def _slow_down(self, functions: Iterable[FunctionDefinition]) -> bool:
        """Whether one of some functions, or what it calls, may limit."""
        reached = {each for start in functions for each, _ in self._project.bodies.reachable(start, _MAX_CALLS)}
        return any(map(self._slows_down, reached))

    def _answers_too_many(self, function: FunctionDefinition) -> bool:
        errors = self._project.errors_by_function.get(function, ())
        return any(error.status == TOO_MANY_REQUESTS for error in errors)

    def _slows_down(self, function: FunctionDefinition) -> bool:
        if SLOWING_NAMES.search(function.name) or self._answers_too_many(function):
            return True
        for node in walk(function.fact.body):
            if SLOWING_NAMES.search(last_word(node)):
                return True
            if isinstance(node, ex.Constant) and node.value == TOO_MANY_REQUESTS:
                return True
        return False


def guessing(route: Route, project: Project) -> str:
    """What may be guessed, or sent to others, by asking a route often, in words; "" where nothing is.

    Args:
        route: any route.
        project: its project.
    """
    if "POST" not in (route.methods or ()) or project.authentication(route).required:
        return ""
    nature = public_nature(route, project)
    if nature in SENDING_PHRASES:
        return "sends or takes a magic link" if nature == MAGIC_LINK else "is there for forgotten passwords"
    if nature is None:
        return ""
    dependencies = route.dependant.flatten()
    if any(external_name(below.call).removesuffix("()") in _FORMS for below in dependencies):
        return "takes a password"
    typed = {parameter.name: parameter.type for parameter in route.dependant.all_parameters()}
    for parameter in route.parameters:
        typed |= {
            field.name: field.type for schema in project.schemas.in_type(parameter.type) for field in schema.fields
        }
    return "takes a password" if any(_is_typed_secret(name, type_) for name, type_ in typed.items()) else ""


def _is_typed_secret(name: str, type_: Value) -> bool:
    """Whether somebody types a password under a name, or a secret that may be called anything and is kept out of
    sight."""
    if TYPED_PASSWORD.fullmatch(name) or TYPED_PIN.fullmatch(name):
        return True
    return external_name(without_none(strip(type_))) in SECRET_TYPES and not ISSUED_SECRET.search(name)


def _library(value: Value) -> str:
    """The library of a limiter, or ""."""
    name = external_name(value)
    return name.partition(".")[0] if name.startswith(LIMITING_LIBRARIES) else ""


def _name(value: Value) -> str:
    """The bare name of a function or class, that of the outer one for a function that one made; "" for others."""
    if isinstance(value, Method):
        return value.function.name
    if isinstance(value, FunctionDefinition):
        return outer_name(value)
    if isinstance(value, (ClassDefinition, Instance)):
        return (value if isinstance(value, ClassDefinition) else value.cls).name
    return external_name(value).removesuffix("()").rpartition(".")[2]
