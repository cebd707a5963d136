"""Fixtures: what pytest passes to tests, by the names of their parameters
(https://docs.pytest.org/en/stable/reference/fixtures.html#fixture-availability)."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.interpreter.bodies import Bodies, Body, passable
from fastapi_lint.model.testsuite.collection import conftests, is_fixture, is_test_function
from fastapi_lint.model.values import (
    Arguments,
    ExternalResult,
    Instance,
    Unknown,
    Value,
    external_name,
    possibilities,
    text_of,
    union,
)

_UNKNOWN = Unknown("a fixture")


class Fixtures:
    """The fixtures of a project's tests.

    Args:
        modules: of the project.
        bodies: what happens in functions.
    """

    def __init__(self, modules: Iterable[Module], bodies: Bodies) -> None:
        self._tests = [module for module in modules if module.is_test]
        self._bodies = bodies
        self._visible: dict[Module, dict[str, FunctionDefinition]] = {}
        self._values: dict[FunctionDefinition, Value] = {}

    def body(self, function: FunctionDefinition) -> Body:
        """The body of a function of the tests; of a test or fixture as it runs with what its fixtures give."""
        if not (is_fixture(function) or is_test_function(function)):
            return self._bodies.of(function)
        passed = self.passed(function)
        receiver = Instance(function.owner) if function.owner is not None else None
        return self._bodies.called(function, receiver, Arguments(keywords=passed, complete=False))

    def passed(self, function: FunctionDefinition) -> dict[str, Value]:
        """What the fixtures of a test, or of another fixture, give, by the names of its parameters; those alone whose
        fixture is found, in its module or the nearest ``conftest.py``."""
        visible = self._visible_in(function.module)
        names = [parameter.name for parameter in passable(function)]
        return {name: self._value(visible[name]) for name in names if visible.get(name, function) is not function}

    def _visible_in(self, module: Module) -> dict[str, FunctionDefinition]:
        if module not in self._visible:
            around = sorted(conftests(module, self._tests), key=lambda each: (each is module, len(each.folder)))
            self._visible[module] = {
                _name(option, bound): option
                for each in around
                for bound, value in each.scope.names.items()
                for option in possibilities(value)
                if isinstance(option, FunctionDefinition) and is_fixture(option)
            }
        return self._visible[module]

    def _value(self, fixture: FunctionDefinition) -> Value:
        if fixture not in self._values:
            self._values[fixture] = _UNKNOWN  # while it is looked for, and where it asks for itself
            self._values[fixture] = union([event.value for event in self.body(fixture).gives] or [_UNKNOWN])
        return self._values[fixture]


def _name(fixture: FunctionDefinition, bound: str) -> str:
    """The name by which tests ask for a fixture: what its decorator says, else its own."""
    decorators = (each for each in fixture.decorators if isinstance(each, ExternalResult))
    given = (text_of(each.arguments.get("name")) for each in decorators if external_name(each))
    return next(filter(None, given), bound)
