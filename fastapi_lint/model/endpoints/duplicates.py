"""Objects that requests store under unique columns, where nobody expects that their value is taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts.search import last_word
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.persistence import Change
from fastapi_lint.model.errors.catches import catches_in
from fastapi_lint.model.interpreter.bodies import Body
from fastapi_lint.model.knowledge.persistence import DUPLICATE_ERRORS
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.values import Unknown, Value, external_name, possibilities

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_CAUGHT = DUPLICATE_ERRORS | {"SQLAlchemyError", "DBAPIError", "DatabaseError", "Exception", "BaseException"}
"""Exceptions by which a value that is taken is caught."""


class UnexpectedDuplicate(NamedTuple):
    """An object that is stored though its value may be taken.

    Attributes:
        change: what stores it.
        model: its mapped class.
        column: the attribute of the unique column.
    """

    change: Change
    model: OrmModel
    column: str


def unexpected_duplicates(route: Route, project: Project) -> Iterator[UnexpectedDuplicate]:
    """The objects that a route stores under a unique column which it neither asks for first nor whose error it, a
    dependency or the application catches. Columns that have a default are left out, and so are keys."""
    if route.function is None or not len(project.orm_models) or _is_handled_by_application(project):
        return
    entered = [route.function, *(each.function for each in route.dependencies if each.function is not None)]
    reached = {function for entry in entered for function, _ in project.bodies.reachable(entry)}
    bodies = [project.bodies.of(function) for function in reached]
    seen: set[OrmModel] = set()
    for change in project.persistence.changes(route.function):
        model = project.orm_models.of(change.model) if change.kind == "create" else None
        names = [] if model is None or model in seen else _unique(model)
        if model is None or not names:
            continue
        seen.add(model)
        if not any(_catches(function, project) for function in reached) and not any(
            _asks(body, model, name) for body in bodies for name in names
        ):
            yield UnexpectedDuplicate(change, model, names[0])


def _unique(model: OrmModel) -> list[str]:
    """The attributes of unique columns that a client may fill."""
    return [
        column.name
        for column in model.columns
        if column.unique and not column.primary_key and column.default is None and column.server_default is None
    ]


def _catches(function: FunctionDefinition, project: Project) -> bool:
    """Whether a function catches the error of a value that is taken, or may."""
    found = catches_in(function, project.bodies, project.interpreter)
    return any(isinstance(each, Unknown) or _is_caught(each) for catch in found for each in catch.classes)


def _is_caught(value: Value) -> bool:
    return external_name(value).rpartition(".")[2] in _CAUGHT


def _asks(body: Body, model: OrmModel, name: str) -> bool:
    """Whether a function may ask for the value of a column: it reads the column of the class, names it in a call that
    makes nothing, or calls something that has it in its name."""
    for read in body.reads:
        if read.receiver is model.cls and isinstance(read.node, ex.Attribute) and read.node.attr == name:
            return True
    for event in body.calls:
        word = last_word(event.node.func) if isinstance(event.node, ex.Call) else ""
        makes = isinstance(event.callee, ClassDefinition)
        if (name in event.arguments.keywords and not makes) or (name in word and word != name):
            return True
    return False


def _is_handled_by_application(project: Project) -> bool:
    """Whether an application has a handler for the errors of the database, or for all, or may be one of others."""
    if not project.apps:
        return True
    handlers = (registration for app in project.apps for registration in app.exception_handlers)
    keys = (handler.arguments.get("exc_class_or_status_code", 0) for handler in handlers)
    return any(_is_caught(option) for key in keys for option in possibilities(key))
