"""Records: objects that store themselves (Tortoise, Beanie and kin), and the queries of their classes."""

from __future__ import annotations

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.knowledge.persistence import (
    RECORD_CLASSES,
    RECORD_CREATING_METHODS,
    RECORD_DELETING_METHODS,
    RECORD_READING_METHODS,
    RECORD_SAVING_METHODS,
    RECORD_UPDATING_METHODS,
)
from fastapi_lint.model.values import External, ExternalResult, Value

RECORD_WRITING_METHODS = (
    RECORD_CREATING_METHODS | RECORD_DELETING_METHODS | RECORD_SAVING_METHODS | RECORD_UPDATING_METHODS
)
"""Methods by which they, their classes and queries change what is stored."""


def is_record(owner: str) -> bool:
    """Whether the owner of a method is a class of such objects, an object or a query of one."""
    return any(owner == name or owner.startswith((f"{name}.", f"{name}()")) for name in RECORD_CLASSES)


def record_read(event: CallEvent) -> str:
    """The class and method by which a call asks the database for such objects, or "". Queries are sent when they are
    awaited."""
    owner, _, method = event.names[0].rpartition(".") if len(event.names) == 1 else ("", "", "")
    if not event.awaited or method not in RECORD_READING_METHODS or not is_record(owner):
        return ""
    cls = _asked(event.callee)
    return f"{cls.name}.{method}" if cls is not None else ""


def writes_records(event: CallEvent) -> bool:
    """Whether a call changes what the database holds of such objects."""
    owners = [name.rpartition(".")[::2] for name in event.names]
    return bool(owners) and all(method in RECORD_WRITING_METHODS and is_record(owner) for owner, method in owners)


def _asked(value: Value | None) -> ClassDefinition | None:
    """The class at the beginning of a chain of calls."""
    while isinstance(value, (External, ExternalResult)):
        value = value.receiver if isinstance(value, External) else value.callee
    return value if isinstance(value, ClassDefinition) else None
