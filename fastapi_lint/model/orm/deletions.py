"""Rows that are deleted though their model has a column that marks them as deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import around
from fastapi_lint.model.concurrency.request_path import Reach
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.persistence import ERASING_WORDS, SOFT_DELETE_COLUMNS
from fastapi_lint.model.knowledge.sessions import SESSIONS
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.orm.queries import QueryOrigin, statements
from fastapi_lint.model.orm.sent import sent
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.values import Instance, Site, Value, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.text.location import Location

_DELETES = frozenset(f"{session}.delete" for session in SESSIONS)


class HardDeletion(NamedTuple):
    """A call that deletes rows for good.

    Attributes:
        event: the call.
        model: the mapped class of the rows.
        column: its attribute that marks rows as deleted.
        marked: where the project sets it.
        reach: how a request gets there.
    """

    event: CallEvent
    model: OrmModel
    column: str
    marked: Location
    reach: Reach


def hard_deletions(project: Project) -> Iterator[HardDeletion]:
    """The calls on the request path that delete rows of models whose rows are marked as deleted elsewhere. Left out:
    functions whose name says that they erase, and those that read the mark."""
    soft = {model: _mark(model) for model in project.orm_models if _mark(model) is not None}
    marked = _marked(project) if soft else {}
    for function, reach in project.request_path.reached.items() if marked else ():
        names = split_words(f"{function.name}_{reach.entry.function.name}")
        if project.is_test(function.module) or ERASING_WORDS.intersection(names):
            continue
        body = project.bodies.of(function)
        for event in body.calls:
            deleted = _deleted(event)
            model = (
                project.orm_models.of(deleted)
                if deleted is not None and _is_certain(deleted, event, function)
                else None
            )
            column = soft.get(model) if model is not None else None
            if model is None or column is None or column not in marked:
                continue
            if not any(isinstance(read.node, ex.Attribute) and read.node.attr == column for read in body.reads):
                yield HardDeletion(event, model, column, marked[column], reach)


def _is_certain(value: Value, event: CallEvent, function: FunctionDefinition) -> bool:
    """Whether the class of what is deleted is written in the source, and is not what one of several callers passes."""
    parameters = {each.name: each.annotation for each in function.fact.parameters}
    given = event.node.arguments[0].value if isinstance(event.node, ex.Call) and event.node.arguments else None
    if isinstance(given, ex.Name) and given.id in parameters:
        return parameters[given.id] is not None
    named = value.cls if isinstance(value, Instance) else value
    origin = value.origin if isinstance(value, Instance) else None
    query = origin.query if isinstance(origin, QueryOrigin) else None
    asking = statements(query) or [] if query is not None else sent(event)
    roots = [statement.calls[0] for statement in asking]
    return bool(roots) and all(
        root.site is not None and root.arguments.positional[:1] == [named] and _is_written(root.site) for root in roots
    )


def _is_written(site: Site) -> bool:
    """Whether a call is given a name of its module first."""
    for node in around(site.module.facts.body, site.start, site.end):
        if isinstance(node, ex.Call) and (node.start, node.end) == (site.start, site.end) and node.arguments:
            first = node.arguments[0].value
            return isinstance(first, ex.Name) and first.id in site.module.scope.names
    return False


def _mark(model: OrmModel) -> str | None:
    """The attribute of a model that marks its rows as deleted, or None."""
    return next((column.name for column in model.columns if column.name in SOFT_DELETE_COLUMNS), None)


def _marked(project: Project) -> dict[str, Location]:
    """The marks that the project sets, by name, each with the first place."""
    found: dict[str, Location] = {}
    for function in project.functions:
        if project.is_test(function.module) or not function.fact.body.may_hold(*SOFT_DELETE_COLUMNS):
            continue
        body = project.bodies.of(function)
        for store in body.stores:
            if isinstance(store.node, ex.Attribute) and store.node.attr in SOFT_DELETE_COLUMNS:
                found.setdefault(store.node.attr, store.site.location)
        for event in body.calls:
            if event.names and event.names[0].endswith(("().values", "().update")):
                for name in event.arguments.keywords.keys() & SOFT_DELETE_COLUMNS:
                    found.setdefault(name, event.site.location)
    return found


def _deleted(event: CallEvent) -> Value | None:
    """What a call deletes: the object, or the class whose rows a statement deletes; None for other calls."""
    if event.names and _DELETES.issuperset(event.names):
        given = list(possibilities(event.arguments.get("instance", 0)))
        return given[0] if len(given) == 1 else None
    found = sent(event)
    deletes = bool(found) and all(statement.kind == "delete" for statement in found)
    return found[0].entities[0] if deletes and found[0].entities else None
