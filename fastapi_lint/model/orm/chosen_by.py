"""Columns by which queries on the request path choose or order rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.orm.columns import OrmColumn, ordered_member
from fastapi_lint.model.orm.loading import equalities
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.orm.sent import Sent, sent
from fastapi_lint.model.values import Value

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


class ChosenBy(NamedTuple):
    """A column by which a query chooses ("filtered") or orders rows ("ordered").

    Attributes:
        model: the mapped class.
        column: its column.
        kind: "filtered" or "ordered".
        event: the call that sends the query.
        reach: how a request gets there.
    """

    model: OrmModel
    column: OrmColumn
    kind: str
    event: CallEvent
    reach: Reach


def columns_chosen_by(project: Project) -> Iterator[ChosenBy]:
    """The columns of mapped classes that queries compare with one value, or order by, each once. Left out: queries with
    another such column that has an index, or may have one; boolean columns."""
    seen: set[OrmColumn] = set()
    for function, reach in project.request_path.reached.items():
        for event in project.bodies.of(function).calls if not project.is_test(function.module) else ():
            for statement in sent(event):
                used = list(_columns(statement, project))
                if any(model.is_indexed(column) is not False for _, model, column in used):
                    continue
                for kind, model, column in used:
                    if column not in seen and not column.is_boolean:
                        seen.add(column)
                        yield ChosenBy(model, column, kind, event, reach)


def _attributes(statement: Sent) -> Iterator[tuple[str, str, Value | None]]:
    """How an attribute is used, its name, and the class where one is written."""
    for name, member in equalities(statement.calls):
        yield "filtered", name, member.cls if member is not None else None
    for call in statement.calls:
        if call.callee.name.rpartition(".")[2] == "order_by":
            for argument in call.arguments.positional[:1]:
                member = ordered_member(argument)
                if member is not None:
                    yield "ordered", member.name, member.cls


def _columns(statement: Sent, project: Project) -> Iterator[tuple[str, OrmModel, OrmColumn]]:
    """How a statement uses columns of mapped classes."""
    entity = statement.entities[0] if len(statement.entities) == 1 else None
    for kind, name, cls in _attributes(statement):
        model = project.orm_models.of(cls if cls is not None else entity)
        column = model.column(name) if model is not None else None
        if model is not None and column is not None:
            yield kind, model, column
