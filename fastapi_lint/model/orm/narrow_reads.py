"""Queries of whole objects of which only a few columns are used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import assigned_once, is_name, walk
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies
from fastapi_lint.model.orm.models import OrmModel, OrmModels
from fastapi_lint.model.orm.queries import QueryOrigin, statements
from fastapi_lint.model.values import Instance, Site


class NarrowRead(NamedTuple):
    """A query of whole objects of which a loop reads a few columns.

    Attributes:
        query: where it is sent.
        model: the mapped class.
        columns: the attributes that are read.
    """

    query: Site
    model: OrmModel
    columns: tuple[str, ...]


def narrow_reads(function: FunctionDefinition, bodies: Bodies, models: OrmModels) -> Iterator[NarrowRead]:
    """The queries that a function sends itself and whose objects a loop or comprehension goes through, reads a few
    columns of and does nothing else with."""
    if not function.fact.body.may_hold("@for", "@comprehension"):
        return
    for target, iterable, inside, loop in _loops(function):
        used = _attributes(inside, target)
        if used is None or not _is_used_once(iterable, function):
            continue
        reads = [read for read in bodies.of(function).reads if _loop_of(read.receiver) is loop]
        model = models.of(reads[0].receiver) if reads else None
        origin = reads[0].receiver.origin if reads and isinstance(reads[0].receiver, Instance) else None
        if model is None or not isinstance(origin, QueryOrigin) or origin.path:
            continue
        if origin.query.site is None or not function.is_around(origin.query.site):
            continue  # others may use more of what a function gives
        if not all(name in model.column_names for name in used) or not _is_whole(origin, model, models):
            continue
        yield NarrowRead(origin.query.site, model, tuple(sorted(used)))


def _loops(
    function: FunctionDefinition,
) -> Iterator[tuple[str, ex.Expression, tuple[object, ...], st.For | ex.Clause]]:
    """The loops of a function over one thing: the name of the item, the iterable, what may use the item, the loop."""
    for node in walk(function.fact.body):
        if isinstance(node, st.For) and isinstance(node.target, ex.Name):
            yield node.target.id, node.iterable, node.body, node
        elif isinstance(node, ex.Comprehension) and len(node.clauses) == 1:
            clause = node.clauses[0]
            if isinstance(clause.target, ex.Name):
                value = (node.value,) if node.value is not None else ()
                yield clause.target.id, clause.iterable, (node.element, *value, *clause.conditions), clause


def _attributes(inside: tuple[object, ...], target: str) -> set[str] | None:
    """The attributes of an item that are read; None where something else is done with it."""
    names = [node for node in walk(inside) if is_name(node, target)]
    read = [node for node in walk(inside) if isinstance(node, ex.Attribute) and is_name(node.value, target)]
    called = [
        node
        for node in walk(inside)
        if isinstance(node, ex.Call) and is_name(getattr(node.func, "value", None), target)
    ]
    stored = [
        node
        for node in walk(inside)
        if isinstance(node, (st.Assign, st.Augment, st.Delete))
        for each in (node.targets if not isinstance(node, st.Augment) else (node.target,))
        if isinstance(each, ex.Attribute) and is_name(each.value, target)
    ]
    if not read or len(names) != len(read) or called or stored:
        return None
    return {node.attr for node in read}


def _is_used_once(iterable: ex.Expression, function: FunctionDefinition) -> bool:
    """Whether what a loop goes through is made there, or has a name that is mentioned nowhere else."""
    if not isinstance(iterable, ex.Name):
        return True
    mentions = [node for node in walk(function.fact.body) if is_name(node, iterable.id)]
    return assigned_once(function.fact.body, iterable.id) is not None and len(mentions) == 2


def _loop_of(value: object) -> object:
    origin = value.origin if isinstance(value, Instance) else None
    return origin.loop if isinstance(origin, QueryOrigin) else None


def _is_whole(origin: QueryOrigin, model: OrmModel, models: OrmModels) -> bool:
    """Whether a query gives whole objects of one mapped class, and names no columns to load."""
    found = statements(origin.query) or []
    return bool(found) and all(
        len(statement.entities) == 1
        and models.of(statement.entities[0]) is model
        and not any(call.callee.name.rpartition(".")[2] in ("options", "with_for_update") for call in statement.calls)
        for statement in found
    )
