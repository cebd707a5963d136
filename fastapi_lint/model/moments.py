"""Defaults that were made when the module was imported, though they look as if they were made at each use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fastapi_lint.facts.expressions import Call, Expression, Name
from fastapi_lint.facts.search import within
from fastapi_lint.facts.statements import Annotate, Assign
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.knowledge.moments import CLOCKS, GENERATORS
from fastapi_lint.model.values import External, ExternalResult, Site, Value


def momentary_call(value: Value | None, place: ClassDefinition | FunctionDefinition) -> ExternalResult | None:
    """The call of a clock or a generator that a value is or comes from (``uuid4().hex``), where it stands in the class
    body or the head of the function itself; None for other values, and for constants that are made elsewhere."""
    while isinstance(value, (External, ExternalResult)):
        callee = value.callee if isinstance(value, ExternalResult) else value
        if isinstance(value, ExternalResult) and callee.name in CLOCKS | GENERATORS:
            return value if value.site is not None and _stands_in(value.site, place) else None
        value = callee.receiver
    return None


def momentary_part(
    site: Site,
    calls: Iterable[ExternalResult],
    names: tuple[str, ...],
    place: ClassDefinition,
    interpreter: Interpreter,
) -> ExternalResult | None:
    """The call of a clock or a generator within the default of an attribute (``str(uuid4())``), outside of lambdas.

    Args:
        site: where the name of the attribute stands.
        calls: the calls that describe it, such as that of ``Field``, of which one may be what it is assigned.
        names: the arguments of such a call that are defaults, "" for the first one.
        place: the class whose body assigns it.
        interpreter: says what is called.
    """
    described = {(call.site.start, call.site.end) for call in calls if call.site is not None}
    for value in _assigned(site, place):
        is_call = isinstance(value, Call) and (value.start, value.end) in described
        for node in within(_passed(value, names) if is_call else [value]):  # type: ignore[arg-type]
            made = interpreter.evaluate(node, place.namespace) if isinstance(node, Call) else None
            call = momentary_call(made, place)
            if call is not None:
                return call
    return None


def _assigned(site: Site, place: ClassDefinition) -> Iterator[Expression]:
    """What a class body assigns to the name at a place."""
    for statement in place.fact.body:
        if isinstance(statement, (Annotate, Assign)) and statement.value is not None:
            targets = statement.targets if isinstance(statement, Assign) else (statement.target,)
            if any(isinstance(target, Name) and target.start == site.start for target in targets):
                yield statement.value


def _passed(call: Call, names: tuple[str, ...]) -> list[Expression]:
    """What a call is given under some names, "" for the first position."""
    first = [argument.value for argument in call.arguments[:1] if argument.keyword is None and "" in names]
    return [*first, *(argument.value for argument in call.arguments if argument.keyword in names)]


def _stands_in(site: Site, place: ClassDefinition | FunctionDefinition) -> bool:
    return site.module is place.module and place.fact.start <= site.start < place.fact.end
