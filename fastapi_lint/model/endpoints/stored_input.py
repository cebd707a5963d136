"""What of a request's body comes to mapped classes: whole dicts of schemas, and single fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.endpoints.persistence import class_of
from fastapi_lint.model.endpoints.updates import dumped, receiving_bodies, updating_values
from fastapi_lint.model.interpreter.bodies import Body, CallEvent, Event
from fastapi_lint.model.knowledge.updates import DUMPS, ENCODER, INSERTED_VALUES, OBJECT_READERS
from fastapi_lint.model.orm.models import OrmModel
from fastapi_lint.model.values import (
    Collection,
    External,
    ExternalResult,
    Instance,
    Value,
    external_name,
    is_none,
    possibilities,
    text_of,
)

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


class StoredInput(NamedTuple):
    """Fields of a schema that a mapped class gets.

    Attributes:
        cls: the class of the schema.
        field: the field, None for all of them.
        left_out: the names of those that are not among all.
        model: the mapped class.
        read: where a single field is read, None for all of them.
        write: the call or assignment that gives them to it.
        chain: the calls that lead from the endpoint there.
    """

    cls: ClassDefinition
    field: str | None
    left_out: frozenset[str]
    model: OrmModel
    read: ex.Expression | None
    write: Event
    chain: tuple[CallEvent, ...]

    def stores(self, name: str) -> bool:
        """Whether a field is among those."""
        return name == self.field or (self.field is None and name not in self.left_out)


def entered_bodies(
    function: FunctionDefinition, classes: frozenset[ClassDefinition], project: Project
) -> list[tuple[Body, tuple[CallEvent, ...]]]:
    """The body of an endpoint and those that get one of its schemas, or the dict of one, with the calls that lead
    there."""
    return list(receiving_bodies(function, classes, project.bodies, _is_dump))


def stored_inputs(
    entered: list[tuple[Body, tuple[CallEvent, ...]]], classes: frozenset[ClassDefinition], project: Project
) -> Iterator[StoredInput]:
    """What mapped classes get of schemas in some bodies: by ``Model(**schema.model_dump())`` and kin, and by
    ``Model(name=schema.name)``. Dicts that are changed on their way are left out.

    Args:
        entered: the bodies, as ``entered_bodies`` gives them.
        classes: the schemas.
        project: their project.
    """
    for body, chain in entered:
        reads = _reads(body, classes)
        for event in body.calls:
            model = project.orm_models.of(_written_class(event))
            if model is None:
                continue
            for value in _whole_values(event):
                left_out, schema = _left_out(value), _schema_of(value)
                if left_out is not None and schema is not None and schema.cls in classes:
                    yield StoredInput(schema.cls, None, left_out, model, None, event, chain)
            for argument in event.node.arguments if isinstance(event.node, ex.Call) else ():
                read = reads.get(id(argument.value))
                if read is not None and read[1] == argument.keyword:
                    yield StoredInput(read[0], read[1], frozenset(), model, argument.value, event, chain)
        assigned = _assigned(body) if reads else {}
        for store in body.stores:
            node = assigned.get(id(store.node))
            read = reads.get(id(node))
            model = project.orm_models.of(store.receiver) if isinstance(store.receiver, Instance) else None
            if read is not None and model is not None and isinstance(store.node, ex.Attribute):
                if read[1] == store.node.attr:
                    yield StoredInput(read[0], read[1], frozenset(), model, node, store, chain)


def _reads(body: Body, classes: frozenset[ClassDefinition]) -> dict[int, tuple[ClassDefinition, str]]:
    """The fields of schemas that a body reads, by the facts of the reads: the class and the name."""
    return {
        id(read.node): (read.receiver.cls, read.node.attr)
        for read in body.reads
        if isinstance(read.receiver, Instance) and read.receiver.cls in classes and isinstance(read.node, ex.Attribute)
    }


def _assigned(body: Body) -> dict[int, ex.Expression]:
    """What a body assigns, by the facts of the targets."""
    assignments = [node for node in walk(body.function.fact.body) if isinstance(node, st.Assign)]
    return {id(target): node.value for node in assignments for target in node.targets}


def _written_class(event: CallEvent) -> ClassDefinition | None:
    """The class whose objects, or rows, a call writes to."""
    for callee in possibilities(event.callee):
        if isinstance(callee, ClassDefinition):
            return callee
        if isinstance(callee, External) and callee.name == "setattr":
            changed = event.arguments.get("", 0)
            return changed.cls if isinstance(changed, Instance) else None
        if isinstance(callee, External) and callee.receiver is not None:
            receiver = callee.receiver
            return receiver if isinstance(receiver, ClassDefinition) else class_of(receiver)
    return None


def _whole_values(event: CallEvent) -> Iterator[Value]:
    """What a call takes as a whole: the dict or the object whose fields it writes."""
    for callee in possibilities(event.callee):
        if isinstance(callee, ClassDefinition) or external_name(callee) in INSERTED_VALUES:
            yield from event.arguments.unpacked
        elif external_name(callee) in OBJECT_READERS:
            yield from event.arguments.positional[:1]
    yield from updating_values(event)


def _schema_of(value: Value) -> Instance | None:
    """The object of a schema that a value is, or is the dict of."""
    found = dumped(value) if _is_dump(value) else value
    return found if isinstance(found, Instance) else None


def _is_dump(value: Value) -> bool:
    """Whether a value is the dict of an object, or of some of its fields."""
    return isinstance(value, ExternalResult) and (value.callee.name in DUMPS or value.callee.name == ENCODER)


def _left_out(value: Value) -> frozenset[str] | None:
    """The fields that a dict certainly lacks; None where that is not known."""
    if not isinstance(value, ExternalResult):
        return frozenset()
    include, exclude = value.arguments.get("include"), value.arguments.get("exclude")
    if not value.arguments.complete or not (include is None or is_none(include)):
        return None
    if exclude is None or is_none(exclude):
        return frozenset()
    if not isinstance(exclude, Collection) or not exclude.complete:
        return None
    names = [text_of(item) for item in exclude.items]
    return frozenset(name for name in names if name is not None) if None not in names else None
