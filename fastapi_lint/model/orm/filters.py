"""Conditions of queries that Python decides instead of the database: ``and``, ``or``, ``not``, ``is`` and ``in`` cannot
be overloaded, so that a column between them is asked for its truth.

Observed on SQLAlchemy 2.1 (tests/proofs/test_proof_filters.py); see also
https://docs.sqlalchemy.org/en/20/core/operators.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.orm.columns import OrmColumn
from fastapi_lint.model.orm.models import OrmModels
from fastapi_lint.model.orm.queries import BUILT
from fastapi_lint.model.values import Site

FILTERS = ("where", "filter", "having")
"""Methods of statements and queries that take conditions."""

INSTEAD = {
    "and": "and_(…), or two arguments",
    "or": "or_(…)",
    "not": "not_(…), or ~",
    "is": ".is_(…)",
    "is not": ".is_not(…)",
    "in": ".in_(…)",
    "not in": ".not_in(…)",
}
"""Operators of Python that columns cannot take over, and what says the same in SQL."""


class PythonCondition(NamedTuple):
    """A condition that Python decides.

    Attributes:
        operator: the operator.
        column: what stands before or behind it (``User.name``).
        site: where it stands.
        whole: the condition that it is part of, through operators of Python alone.
        given: the argument of a filter in which that stands.
        attributes: the attributes of mapped classes in the function, by where they stand; None for those that are no
            columns.
    """

    operator: str
    column: str
    site: Site
    whole: ex.Expression
    given: ex.Argument
    attributes: dict[tuple[int, int], OrmColumn | None]


def python_conditions(function: FunctionDefinition, bodies: Bodies, models: OrmModels) -> Iterator[PythonCondition]:
    """The conditions of a function's queries that Python decides, from what is asked of a column."""
    suspects = list(_suspects(function))
    if not suspects:
        return
    body = bodies.of(function)
    filters = [event for event in body.calls if any(name.rpartition(".")[0] in BUILT for name in event.names)]
    reads = [
        (read.node, model)
        for read in body.reads
        if isinstance(read.receiver, ClassDefinition) and (model := models.of(read.receiver)) is not None
        if isinstance(read.node, ex.Attribute) and model.has_attribute(read.node.attr)
    ]
    names = {(node.start, node.end): f"{model.name}.{node.attr}" for node, model in reads}
    attributes = {(node.start, node.end): model.column(node.attr) for node, model in reads}
    for node, operator, asked, whole, given in suspects:
        attribute = attribute_of(asked)
        column = names.get((attribute.start, attribute.end)) if attribute is not None else None
        if column and any(event.node.start <= node.start and node.end <= event.node.end for event in filters):
            site = Site(function.module, node.start, node.end)
            yield PythonCondition(operator, column, site, whole, given, attributes)


Suspect = tuple[ex.Expression, str, ex.Expression, ex.Expression, ex.Argument]


def _suspects(function: FunctionDefinition) -> Iterator[Suspect]:
    """The operations in the conditions of a function's queries, with the operator, what it asks for its truth, the
    whole condition and the argument that this is part of."""
    if not function.fact.body.may_hold(*(f".{name}" for name in FILTERS)):
        return
    for call in walk(function.fact.body):
        if not (isinstance(call, ex.Call) and isinstance(call.func, ex.Attribute) and call.func.attr in FILTERS):
            continue
        for argument in call.arguments:
            for node, whole in _conditions(argument.value):
                if isinstance(node, ex.Operation) and node.operator in ("and", "or"):
                    yield node, node.operator, node.left, whole, argument
                elif isinstance(node, ex.Unary) and node.operator == "not":
                    yield node, "not", node.operand, whole, argument
                elif isinstance(node, ex.Comparison) and node.operators[0] in INSTEAD:
                    yield node, node.operators[0], node.left, whole, argument


def _conditions(
    node: ex.Expression, whole: ex.Expression | None = None
) -> Iterator[tuple[ex.Expression, ex.Expression]]:
    """The operations that a condition is made of, each with the one that it is part of through operators alone: what a
    conditional expression tests is Python's, and so is what stands in functions."""
    if isinstance(node, ex.Conditional):
        yield from _conditions(node.body)
        yield from _conditions(node.orelse)
    elif isinstance(node, (ex.Operation, ex.Unary, ex.Comparison)):
        yield node, whole or node
        for part in node:
            if isinstance(part, tuple) and hasattr(part, "kind"):
                yield from _conditions(part, whole or node)  # type: ignore[arg-type]
    elif isinstance(node, ex.Call):
        for argument in node.arguments:
            yield from _conditions(argument.value)


def attribute_of(node: ex.Expression) -> ex.Attribute | None:
    """The attribute in an expression that is one, a comparison of one or a call of its methods, or None."""
    if isinstance(node, ex.Attribute):
        return node
    if isinstance(node, ex.Comparison) and node.operators[0] not in INSTEAD:
        return attribute_of(node.left)
    if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute):
        return attribute_of(node.func.value)
    return None
