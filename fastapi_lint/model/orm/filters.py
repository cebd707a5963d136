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
    """A condition that Python decides: the operator, what stands before or behind it (``User.name``), and where."""

    operator: str
    column: str
    site: Site


def python_conditions(function: FunctionDefinition, bodies: Bodies, models: OrmModels) -> Iterator[PythonCondition]:
    """The conditions of a function's queries that Python decides, from what is asked of a column."""
    suspects = list(_suspects(function))
    if not suspects:
        return
    body = bodies.of(function)
    filters = [event for event in body.calls if any(name.rpartition(".")[0] in BUILT for name in event.names)]
    columns = {
        (read.node.start, read.node.end): f"{model.name}.{read.node.attr}"
        for read in body.reads
        if isinstance(read.receiver, ClassDefinition) and (model := models.of(read.receiver)) is not None
        if isinstance(read.node, ex.Attribute) and model.has_attribute(read.node.attr)
    }
    for node, operator, asked in suspects:
        column = _column(asked, columns)
        if column and any(event.node.start <= node.start and node.end <= event.node.end for event in filters):
            yield PythonCondition(operator, column, Site(function.module, node.start, node.end))


def _suspects(function: FunctionDefinition) -> Iterator[tuple[ex.Expression, str, ex.Expression]]:
    """The operations in the conditions of a function's queries, with the operator and what it asks for its truth."""
    if not function.fact.body.may_hold(*FILTERS):
        return
    for call in walk(function.fact.body):
        if not (isinstance(call, ex.Call) and isinstance(call.func, ex.Attribute) and call.func.attr in FILTERS):
            continue
        for argument in call.arguments:
            for node in _conditions(argument.value):
                if isinstance(node, ex.Operation) and node.operator in ("and", "or"):
                    yield node, node.operator, node.left
                elif isinstance(node, ex.Unary) and node.operator == "not":
                    yield node, "not", node.operand
                elif isinstance(node, ex.Comparison) and node.operators[0] in INSTEAD:
                    yield node, node.operators[0], node.left


def _conditions(node: ex.Expression) -> Iterator[object]:
    """The operations that a condition is made of: what a conditional expression tests is Python's, and so is what
    stands in functions."""
    if isinstance(node, ex.Conditional):
        yield from _conditions(node.body)
        yield from _conditions(node.orelse)
    elif isinstance(node, (ex.Operation, ex.Unary, ex.Comparison)):
        yield node
        for part in node:
            if isinstance(part, tuple) and hasattr(part, "kind"):
                yield from _conditions(part)  # type: ignore[arg-type]
    elif isinstance(node, ex.Call):
        for argument in node.arguments:
            yield from _conditions(argument.value)


def _column(node: ex.Expression, columns: dict[tuple[int, int], str]) -> str:
    """The column in an expression that is a column, a comparison of one or a call of its methods, else ""."""
    if isinstance(node, ex.Attribute):
        return columns.get((node.start, node.end), "")
    if isinstance(node, ex.Comparison) and node.operators[0] not in INSTEAD:
        return _column(node.left, columns)
    if isinstance(node, ex.Call) and isinstance(node.func, ex.Attribute):
        return _column(node.func.value, columns)
    return ""
