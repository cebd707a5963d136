"""Dependency overrides: tests that replace a dependency of a shared application, and whether anybody puts it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import last_word, walk
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.routing.routers import Router
from fastapi_lint.model.testsuite.collection import conftests, is_test_module
from fastapi_lint.model.values import ModuleReference, Site

OVERRIDES = "dependency_overrides"


@dataclass(frozen=True, slots=True, eq=False)
class Override:
    """A dependency that a test or fixture replaces for good.

    Attributes:
        function: the test or fixture.
        router: the application.
        dependency: what is replaced, as it is written, "" where that is no name.
        site: where it happens.
    """

    function: FunctionDefinition
    router: Router
    dependency: str
    site: Site


def leaked_overrides(
    functions: Iterable[FunctionDefinition], modules: Iterable[Module], interpreter: Interpreter
) -> Iterator[Override]:
    """The first override in each module of tests that neither the module nor a ``conftest.py`` around it ever takes
    back, on an application that tests of other modules use too: one that no test makes.

    Args:
        functions: of the project.
        modules: of the project.
        interpreter: who executed it.
    """
    by_module: dict[Module, list[FunctionDefinition]] = {}
    sharing: dict[Module, bool] = {}
    for function in functions:
        module = function.module
        if module not in sharing:
            sharing[module] = is_test_module(module) and _may_know_app(module)
        if sharing[module] and function.fact.body.may_hold(OVERRIDES):
            by_module.setdefault(module, []).append(function)
    known: dict[Module, bool] = {}
    for module, overriding in by_module.items():
        around = conftests(module, modules)
        for each in around:
            if each not in known:
                known[each] = any(map(_takes_back, walk(each.facts.body)))
        if not any(known[each] for each in around):
            found = (override for function in overriding for override in _overrides(function, interpreter))
            yield from list(found)[:1]


def _may_know_app(module: Module) -> bool:
    """Whether a name of a module is that of an application or a module, so that its functions can override."""
    return any(isinstance(value, (Router, ModuleReference)) for value in module.scope.names.values())


def _overrides(function: FunctionDefinition, interpreter: Interpreter) -> Iterator[Override]:
    """The overrides in a function of applications that no test makes."""
    for node in sorted(_assignments(function), key=lambda node: node.start):
        for target in node.targets:
            if (
                isinstance(target, ex.Subscript)
                and _is_overrides(target.value)
                and isinstance(target.value, ex.Attribute)
            ):
                app = interpreter.evaluate(target.value.value, function.scope)
                if isinstance(app, Router) and not app.site.module.is_test:
                    site = Site(function.module, node.start, node.end)
                    yield Override(function, app, last_word(target.index), site)


def _assignments(function: FunctionDefinition) -> list[st.Assign]:
    return [node for node in walk(function.fact.body) if isinstance(node, st.Assign)]


def _takes_back(node: object) -> bool:
    """Whether a fact takes overrides back, or hands them to something that may: ``overrides.clear()``, ``.pop(…)``,
    ``app.dependency_overrides = {}``, ``del …``, ``patch.dict(app.dependency_overrides, …)``."""
    if isinstance(node, ex.Call):
        is_method = isinstance(node.func, ex.Attribute) and _is_overrides(node.func.value)
        return is_method or any(_is_overrides(argument.value) for argument in node.arguments)
    if isinstance(node, st.Delete):
        return any(isinstance(target, ex.Subscript) and _is_overrides(target.value) for target in node.targets)
    if isinstance(node, st.Assign):
        return any(map(_is_overrides, node.targets)) or _is_overrides(node.value)
    return False


def _is_overrides(node: ex.Expression) -> bool:
    return isinstance(node, ex.Attribute) and node.attr == OVERRIDES
