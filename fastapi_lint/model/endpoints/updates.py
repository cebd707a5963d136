"""How bodies of requests reach stored objects: schemas that are written as a whole, unset fields included.

A dump is followed by value: it may be made in the endpoint and written in a repository, or the endpoint may hand the
schema on. Every body that it enters is run as that call runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, Body, CallEvent, ReadEvent
from fastapi_lint.model.knowledge.persistence import DOCUMENT_STORES
from fastapi_lint.model.knowledge.updates import (
    DOCUMENT_WRITES,
    DUMPS,
    ENCODER,
    MODEL_WRITES,
    OBJECT_WRITES,
    SELECTING_ARGUMENTS,
    SET_FIELDS,
    STATEMENT_WRITES,
)
from fastapi_lint.model.values import (
    Dictionary,
    External,
    ExternalResult,
    Instance,
    Method,
    Site,
    Value,
    is_false,
    is_none,
    possibilities,
)

if TYPE_CHECKING:
    from fastapi_lint.model.orm.models import OrmModels

MAX_DEPTH = 5
"""Writes behind more calls than this are not looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class WholeWrite:
    """A schema that is written with all its fields.

    Attributes:
        cls: the class of the schema.
        dump: the call that turns it into a dict, None where its fields are gone through without one.
        write: the call that writes the dict, or the fields, to an object or into a statement.
        chain: the calls that lead from the endpoint to the write.
    """

    cls: ClassDefinition
    dump: ExternalResult | None
    write: CallEvent
    chain: tuple[CallEvent, ...]

    @property
    def site(self) -> Site:
        """Where all fields are taken."""
        return self.dump.site if self.dump is not None and self.dump.site is not None else self.write.site


def whole_writes(
    function: FunctionDefinition, classes: frozenset[ClassDefinition], bodies: Bodies
) -> Iterator[WholeWrite]:
    """The writes of all fields of a schema that an endpoint makes, with all that it calls.

    Silent where fields are chosen (``exclude_unset``, ``exclude_none``, ``include``, …), where the dict is filtered on
    its way, and where values are tested before they are written.

    Args:
        function: the endpoint.
        classes: the schemas it takes.
        bodies: what happens in functions.
    """
    for body, chain in receiving_bodies(function, classes, bodies, is_whole_dump):
        for event in body.calls:
            for value in updating_values(event):
                dump = value if isinstance(value, ExternalResult) and is_whole_dump(value) else None
                model = dumped(value) if dump is not None else value if _reads_fields(event) else None
                if isinstance(model, Instance) and model.cls in classes:
                    yield WholeWrite(model.cls, dump, event, chain)


@dataclass(frozen=True, slots=True, eq=False)
class CopiedField:
    """A field of a schema that is assigned to an attribute of a stored object, whether it was set or not.

    Attributes:
        cls: the class of the schema.
        name: the field.
        site: where it is assigned.
        chain: the calls that lead from the endpoint there.
    """

    cls: ClassDefinition
    name: str
    site: Site
    chain: tuple[CallEvent, ...]


def copied_fields(
    function: FunctionDefinition, optional: dict[ClassDefinition, list[str]], bodies: Bodies, models: OrmModels
) -> Iterator[CopiedField]:
    """The optional fields of a schema that an endpoint copies one by one to a stored object (``item.name =
    changes.name``), with all that it calls. Silent within branches, and where the field, or what is set, is looked at
    elsewhere in the function.

    Args:
        function: the endpoint.
        optional: the schemas it takes, each with the names of its optional fields.
        bodies: what happens in functions.
        models: the mapped classes.
    """
    for body, chain in receiving_bodies(function, frozenset(optional), bodies, is_whole_dump):
        nodes = list(walk(body.function.fact.body)) if body.stores else []
        if any(map(_asks_what_is_set, nodes)):
            continue
        copied = {
            (target.start, target.end): node.value
            for node in nodes
            if isinstance(node, st.Assign) and isinstance(node.value, ex.Attribute)
            for target in node.targets
        }
        reads = {(event.node.start, event.node.end): event for event in body.reads}
        for store in body.stores:
            value = copied.get((store.node.start, store.node.end))
            read = reads.get((value.start, value.end)) if value is not None else None
            model = read.receiver if read is not None else None
            if not isinstance(model, Instance) or value is None or value.attr not in optional.get(model.cls, ()):
                continue
            uses = [event for event in body.reads if event.receiver is model and _attribute(event) == value.attr]
            if len(uses) == 1 and not store.inside("branch", "handler") and _is_stored(store.receiver, models):
                yield CopiedField(model.cls, value.attr, store.site, chain)


def _attribute(event: ReadEvent) -> str:
    return event.node.attr if isinstance(event.node, ex.Attribute) else ""


def _asks_what_is_set(node: object) -> bool:
    """Whether code asks what a client has set."""
    return (isinstance(node, ex.Attribute) and node.attr in SET_FIELDS) or (
        isinstance(node, ex.Argument) and node.keyword in SET_FIELDS
    )


def _is_stored(value: Value, models: OrmModels) -> bool:
    """Whether a value is an object of a mapped class that was there before."""
    return isinstance(value, Instance) and value.arguments is None and models.of(value.cls) is not None


def receiving_bodies(
    function: FunctionDefinition,
    classes: frozenset[ClassDefinition],
    bodies: Bodies,
    is_dump: Callable[[Value], bool],
) -> Iterator[tuple[Body, tuple[CallEvent, ...]]]:
    """The body of an endpoint, and those of what it hands one of its schemas to, or the dict of one, each run as that
    call runs it; with the calls that lead there.

    Args:
        function: the endpoint.
        classes: the schemas it takes.
        bodies: what happens in functions.
        is_dump: which values are dicts of schemas.
    """

    def carries(value: Value) -> bool:
        options = possibilities(value)
        return any(is_dump(each) or (isinstance(each, Instance) and each.cls in classes) for each in options)

    pending: list[tuple[Body, tuple[CallEvent, ...]]] = [(bodies.of(function), ())]
    for body, chain in pending:
        yield body, chain
        for event in body.calls if len(chain) < MAX_DEPTH else ():
            if not any(map(carries, (*event.arguments, *event.arguments.unpacked))):
                continue
            for entered, receiver in event.entered:
                if not any(entered in call.functions for call in chain):
                    pending.append((bodies.called(entered, receiver, event.arguments), (*chain, event)))


def uses_whole(function: FunctionDefinition, cls: ClassDefinition, bodies: Bodies) -> bool:
    """Whether an endpoint hands on an object of a schema, or turns it into a dict, rather than reading its fields one
    by one."""
    for event in bodies.of(function).calls:
        receivers = (
            callee.receiver for callee in possibilities(event.callee) if isinstance(callee, (External, Method))
        )
        if any(isinstance(value, Instance) and value.cls is cls for value in (*event.arguments, *receivers)):
            return True
    return any(isinstance(event.value, Instance) and event.value.cls is cls for event in bodies.of(function).returns)


def is_whole_dump(value: Value | None) -> bool:
    """Whether a value is the dict of all fields of an object of a project's schema."""
    if not isinstance(value, ExternalResult) or not isinstance(value.callee.receiver, Instance):
        return False
    if value.callee.name not in DUMPS or not value.arguments.complete:
        return False
    selecting = (value.arguments.keywords.get(name) for name in SELECTING_ARGUMENTS)
    return all(given is None or is_false(given) or is_none(given) for given in selecting)


def dumped(value: Value) -> Value | None:
    """The object that a dump is the dict of: what ``model_dump`` is called on, or ``jsonable_encoder`` with."""
    if not isinstance(value, ExternalResult):
        return None
    return value.arguments.get("obj", 0) if value.callee.name == ENCODER else value.callee.receiver


def updating_values(event: CallEvent) -> Iterator[Value]:
    """What a call writes to an existing object or into a statement."""
    for callee in possibilities(event.callee):
        if not isinstance(callee, External):
            continue
        owner, _, method = callee.name.rpartition(".")
        if callee.name == "setattr":
            looped = _looped_over(event)
            yield from () if looped is None else (looped,)
        elif callee.name in STATEMENT_WRITES or (isinstance(callee.receiver, Instance) and _changes(owner, method)):
            yield from (*event.arguments, *event.arguments.unpacked)
        elif method in DOCUMENT_WRITES and owner.startswith(DOCUMENT_STORES):
            for update in event.arguments:
                yield from (item for _, item in update.items) if isinstance(update, Dictionary) else ()


def _changes(owner: str, method: str) -> bool:
    """Whether a method of an object gives it the values of a dict."""
    return method in OBJECT_WRITES or (method == "update" and owner.endswith(".__dict__"))


def _reads_fields(event: CallEvent) -> bool:
    """Whether a call writes the fields of a model itself: in a loop over it, or by a method that takes models."""
    names = {name.rpartition(".")[2] for name in event.names}
    return bool(names) and names <= MODEL_WRITES | {"setattr"}


def _looped_over(event: CallEvent) -> Value | None:
    """What the innermost loop around a call goes through, or through whose items; None where a test on the way decides
    by more than names whether the call happens."""
    for context in reversed(event.context):
        if isinstance(context.node, st.For):
            source = context.source
            if any(map(_skips_values, context.node.body)):
                return None
            is_items = isinstance(source, ExternalResult) and source.callee.name.endswith(".items")
            return source.callee.receiver if is_items else source
        if isinstance(context.node, st.If) and not _is_about_names(context.node.test):
            return None
    return None


def _skips_values(statement: st.Statement) -> bool:
    """Whether a statement of a loop goes on with the next item for another reason than a name."""
    if not isinstance(statement, st.If) or _is_about_names(statement.test):
        return False
    return any(isinstance(inner, st.Jump) for inner in (*statement.body, *statement.orelse))


def _is_about_names(test: ex.Expression) -> bool:
    """Whether a test asks only whether something has a field of a name: ``hasattr(…)``, ``name in names``."""
    if isinstance(test, ex.Comparison):
        return set(test.operators) <= {"in", "not in"}
    return isinstance(test, ex.Call) and isinstance(test.func, ex.Name) and test.func.id == "hasattr"
