"""Bounds: which fields of a schema take texts, lists and numbers of any size."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.model.knowledge.pydantic import BOUNDED_TYPES, BOUNDS
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.schemas.fields import SchemaField, field_calls
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.types import origin_name, strip
from fastapi_lint.model.values import ExternalResult

_IDENTIFIERS = frozenset({"id", "ids", "pk"})


def unbounded_fields(schema: Schema) -> Iterator[SchemaField]:
    """The fields of a schema that nothing bounds, in its order: neither ``Field``, nor their type, its metadata, the
    configuration or a validator that sees them. Numbers that name something (``user_id``) are left out.

    Args:
        schema: any schema; those with a validator of the whole model have no such field.
    """
    checking = [validator for validator in schema.validators if validator.kind in ("field_validator", "validator")]
    checked = {name for validator in checking for name in validator.fields}
    if "*" in checked or any(
        validator.kind in ("model_validator", "root_validator") for validator in schema.validators
    ):
        return
    for field in schema.fields:
        kind = BOUNDED_TYPES.get(origin_name(strip(field.type)))
        if kind is None or field.name in checked or _is_bounded(field, kind):
            continue
        if kind == "number" and split_words(field.name)[-1:] and split_words(field.name)[-1] in _IDENTIFIERS:
            continue
        if kind != "text" or "str_max_length" not in schema.config:
            yield field


def _is_bounded(field: SchemaField, kind: str) -> bool:
    """Whether a field may have a bound, by what describes it."""
    type_ = strip(field.type)
    described = (*field.calls, *((type_,) if isinstance(type_, ExternalResult) else ()))
    if any(not call.arguments.complete or BOUNDS[kind] & call.arguments.keywords.keys() for call in described):
        return True
    return any(not field_calls(value) for value in field.metadata)
