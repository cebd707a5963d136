"""Which functions pytest takes for tests and fixtures, and which of them it runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastapi_lint.facts.search import mentions
from fastapi_lint.model.definitions import FunctionDefinition, Module
from fastapi_lint.model.knowledge.pytest import (
    ASYNC_FIXTURES,
    ASYNC_MARKS,
    COLLECTION_HOOKS,
    FIXTURES,
    KNOWN_DECORATORS,
)
from fastapi_lint.model.values import Collection, Value, external_name, possibilities

CONFTEST = "conftest"


def is_test_module(module: Module) -> bool:
    """Whether pytest looks for tests in a module."""
    name = module.path.rpartition("/")[2].removesuffix(".py")
    return name.startswith("test_") or name.endswith("_test")


def is_conftest(module: Module) -> bool:
    """Whether a module holds fixtures for the tests beside and below it."""
    return module.path.rpartition("/")[2] == f"{CONFTEST}.py"


def conftests(module: Module, modules: Iterable[Module]) -> list[Module]:
    """The modules of fixtures that the tests of a module see, itself first."""
    above = (each for each in modules if is_conftest(each) and f"{module.folder}/".startswith(_below(each)))
    return [module, *above]


def _below(conftest: Module) -> str:
    return f"{conftest.folder}/" if conftest.folder else ""


def is_fixture(function: FunctionDefinition) -> bool:
    """Whether a function is a fixture."""
    return any(external_name(decorator) in FIXTURES for decorator in function.decorators)


def is_test_function(function: FunctionDefinition) -> bool:
    """Whether pytest takes a function or method for a test."""
    if not function.name.startswith("test") or "<locals>" in function.fact.qualname or is_fixture(function):
        return False
    owner = function.owner
    return is_test_module(function.module) and (owner is None or owner.name.startswith("Test"))


def is_marked_async(function: FunctionDefinition) -> bool:
    """Whether something says that a plugin runs a coroutine test: a mark of it, of its class or its module, a fixture
    of anyio, or something unknown that may do so."""
    owner, module = function.owner, function.module
    if owner is not None and owner.external_bases:
        return True
    marks = [*function.decorators, *_marks(_module_marks(function))]
    for cls in owner.project_lineage if owner is not None else ():
        marks += [*cls.decorators, *_marks(cls.namespace.names.get("pytestmark"))]
    names = {external_name(mark) for mark in marks}
    if names & ASYNC_MARKS or any(parameter.name in ASYNC_FIXTURES for parameter in function.fact.parameters):
        return True
    if mentions(module.facts.body, function.name):  # as in asyncio.run(test_it())
        return True
    return not all(name.startswith(KNOWN_DECORATORS) for name in names)


def async_mark(functions: Iterable[FunctionDefinition]) -> str | None:
    """The mark by which most of some tests that are marked say which plugin runs them ("pytest.mark.anyio"), or None
    where there are as many of another, or none."""
    used = Counter(
        name.removesuffix("()")
        for function in functions
        if function.is_async and is_test_function(function)
        for name in {external_name(mark) for mark in (*function.decorators, *_marks(_module_marks(function)))}
        if name in ASYNC_MARKS
    )
    ranked = used.most_common(2)
    is_certain = len(ranked) == 1 or (len(ranked) == 2 and ranked[0][1] > ranked[1][1])
    return ranked[0][0] if is_certain else None


def _module_marks(function: FunctionDefinition) -> Value | None:
    return function.module.scope.names.get("pytestmark")


def _marks(value: Value | None) -> list[Value]:
    return [
        item
        for option in possibilities(value)
        for item in (option.items if isinstance(option, Collection) else (option,))
    ]


def has_collection_hooks(modules: Iterable[Module]) -> bool:
    """Whether some ``conftest.py`` may mark or run tests by itself."""
    return any(COLLECTION_HOOKS & module.scope.names.keys() for module in modules if is_conftest(module))
