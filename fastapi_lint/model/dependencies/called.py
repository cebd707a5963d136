"""Dependencies that are called where they are declared: ``Depends(f())`` depends on what ``f`` gave at import
(``tests/proofs/test_proof_direct_calls.py``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import around, binds, call_at
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.dependencies.dependants import reader_of
from fastapi_lint.model.dependencies.markers import read_dependency_marker
from fastapi_lint.model.knowledge.types import MODELS
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import (
    Collection,
    Dictionary,
    Instance,
    Literal,
    Site,
    Unknown,
    Value,
    is_none,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.interpreter.bodies import Bodies
    from fastapi_lint.model.interpreter.interpreter import Interpreter
    from fastapi_lint.model.routing.routes import Route

_PLAIN_BASES = frozenset({"object", "abc.ABC", *MODELS})
_NAMES = {Collection: "a collection", Dictionary: "a dict"}


class DependencyCall(NamedTuple):
    """A project function that is called inside ``Depends(…)``.

    Attributes:
        function: what is called.
        gives: what that gives, in words, which nobody can call: "a coroutine", "None".
        call: the call.
        site: where that stands.
        takes_annotation: whether a parameter is declared so by None, in whose place FastAPI calls its annotation.
    """

    function: FunctionDefinition
    gives: str
    call: ex.Call
    site: Site
    takes_annotation: bool


def called_dependencies(routes: Iterable[Route], interpreter: Interpreter) -> Iterator[DependencyCall]:
    """The dependencies of routes that are called where they are declared, and give nothing that FastAPI could call.

    Args:
        routes: effective ones.
        interpreter: who executed the project.
    """
    for site, is_parameter in _declarations(routes, interpreter).items():
        call = _called(site)
        function = _function(call.func, site, interpreter) if call is not None else None
        gives = _given(function, interpreter.bodies) if function is not None else None
        if call is not None and function is not None and gives is not None:
            place = Site(site.module, call.start, call.end)
            yield DependencyCall(function, gives, call, place, is_parameter and gives == "None")


def _declarations(routes: Iterable[Route], interpreter: Interpreter) -> dict[Site, bool]:
    """Where the ``Depends(…)`` of routes stand, and whether they declare a parameter."""
    found: dict[Site, bool] = {}
    functions: dict[FunctionDefinition, None] = {}
    for route in routes:
        for visit in route.dependant.walk():
            dependant = visit.dependant
            if dependant.site is not None and dependant.name is None:
                found.setdefault(dependant.site, False)
            functions.update(dict.fromkeys(dependant.functions))
        functions.update(dict.fromkeys(route.dependant.functions))
    for function in functions:
        for parameter in reader_of(interpreter).signatures.read(function).parameters:
            metadata = split_annotated(parameter.annotation)[1] if parameter.annotation is not None else ()
            for marker in map(read_dependency_marker, (parameter.default, *metadata)):
                if marker is not None and marker.site is not None:
                    found[marker.site] = True
    return found


def _called(site: Site) -> ex.Call | None:
    """The call that the marker at a place is given as its dependency, or None."""
    marker = call_at(site.module.facts.body, site.start, site.end)
    given = marker.passed("dependency", 0) if marker is not None else None
    return given if isinstance(given, ex.Call) else None


def _function(node: ex.Expression, site: Site, interpreter: Interpreter) -> FunctionDefinition | None:
    """The undecorated function of the project that a name of a module means, dotted or not; else None."""
    root = node
    while isinstance(root, ex.Attribute):
        root = root.value
    functions = (fact for fact in around(site.module.facts.body, site.start, site.end) if isinstance(fact, st.Function))
    if not isinstance(root, ex.Name) or any(binds(function, root.id) for function in functions):
        return None
    value = interpreter.evaluate(node, site.module.scope)
    return value if isinstance(value, FunctionDefinition) and not value.decorators else None


def _given(function: FunctionDefinition, bodies: Bodies) -> str | None:
    """What calling a function gives, in words, where that certainly can't be called; else None."""
    fact = function.fact
    if fact.yields:
        return "an asynchronous generator" if fact.is_async else "a generator"
    if fact.is_async:
        return "a coroutine"
    body = bodies.of(function)
    values = [value for event in body.returns for value in possibilities(event.value)]
    if all(map(is_none, values)):
        return "None" if values or body.falls_through else None
    if body.falls_through or not all(map(_cannot_be_called, values)):
        return None
    value = values[0]
    return f"an instance of {value.cls.name}" if isinstance(value, Instance) else _NAMES.get(type(value), "a constant")


def _cannot_be_called(value: Value) -> bool:
    if isinstance(value, Instance):
        bases = (base for own in value.cls.project_lineage for base in own.bases)
        is_known = not any(isinstance(base, Unknown) for base in bases)
        is_plain = is_known and _PLAIN_BASES.issuperset(value.cls.external_bases)
        return is_plain and value.cls.find_method("__call__") is None
    return isinstance(value, (Literal, Collection, Dictionary)) and not is_none(value)
