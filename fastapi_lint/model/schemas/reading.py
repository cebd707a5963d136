"""Where objects of the database are validated into schemas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.interpreter.bodies import Bodies, CallEvent
from fastapi_lint.model.orm.models import OrmModel, OrmModels
from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.types import bases_are_known
from fastapi_lint.model.values import External, Instance, is_false, is_none, possibilities

READERS = frozenset({"pydantic.BaseModel.model_validate", "pydantic.BaseModel.from_orm"})
"""Methods of schemas that take an object (https://docs.pydantic.dev/latest/concepts/models/#arbitrary-class-instances)."""

_READING = frozenset(reader.rpartition(".")[2] for reader in READERS)

_WITHOUT_CONFIGURATION = frozenset({"pydantic.BaseModel", "typing.Generic", "typing.Protocol", "abc.ABC", "object"})


@dataclass(frozen=True, slots=True, eq=False)
class UnreadableObject:
    """A call that validates an object of a mapped class into a schema which does not read attributes."""

    event: CallEvent
    schema: Schema
    model: OrmModel


def unreadable_objects(
    function: FunctionDefinition, bodies: Bodies, schemas: Schemas, models: OrmModels
) -> Iterator[UnreadableObject]:
    """The calls in a function that fail for want of ``from_attributes``.

    Silent where the call or the configuration may say it, and where a validator of the schema may read the object.
    """
    if not function.fact.body.may_hold(*_READING):  # spares most functions their analysis
        return
    for event in bodies.of(function).calls:
        callee = event.callee
        if not isinstance(callee, External) or callee.name not in READERS or not event.arguments.complete:
            continue
        schema = schemas.of(callee.receiver) if isinstance(callee.receiver, ClassDefinition) else None
        if schema is None or schema.is_root or not _is_known(schema):
            continue
        said = event.arguments.keywords.get("from_attributes") or schema.config.get("from_attributes")
        if said is not None and not is_false(said):
            continue
        given = [value for value in possibilities(event.arguments.get("obj", 0)) if not is_none(value)]
        read = [models.of(value.cls) if isinstance(value, Instance) else None for value in given]
        if read and read[0] is not None and None not in read and not _may_read(schema):
            yield UnreadableObject(event, schema, read[0])


def _is_known(schema: Schema) -> bool:
    """Whether all of a schema's configuration is known: a base of another package may bring some."""
    return bases_are_known(schema.cls) and set(schema.cls.external_bases) <= _WITHOUT_CONFIGURATION


def _may_read(schema: Schema) -> bool:
    """Whether a validator sees the object before Pydantic does, or code of the class makes the schema."""
    if any(validator.kind in ("model_validator", "root_validator") for validator in schema.validators):
        return True
    return schema.cls.find("__get_pydantic_core_schema__") is not None
