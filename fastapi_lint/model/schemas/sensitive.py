"""Sensitive fields of responses: what a response model shows at any depth that nobody should get back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.knowledge.sensitive import (
    CLIENT_ID,
    CLIENT_SECRET,
    ISSUING_WORDS,
    MADE_FOR_CLIENTS,
    SENSITIVE_FIELDS,
    STORED_SECRETS,
)
from fastapi_lint.model.routing.paths import shape
from fastapi_lint.model.schemas.fields import SchemaField, field_calls, written
from fastapi_lint.model.schemas.schemas import Schema, Schemas
from fastapi_lint.model.schemas.usage import input_schemas
from fastapi_lint.model.types import origin_name, strip

if TYPE_CHECKING:
    from fastapi_lint.model.routing.routes import Route

_TEXTS = frozenset({"str", "bytes"})
_SERIALIZERS = frozenset({"field_serializer", "model_serializer"})
_SELECTING = ("response_model_include", "response_model_exclude")


class Shown(NamedTuple):
    """A sensitive field that a response shows: what it holds, and the fields that lead to it, itself last."""

    kind: str
    path: tuple[SchemaField, ...]


def shown_sensitive(route: Route, schemas: Schemas) -> Iterator[Shown]:
    """The sensitive fields of the response model of a route.

    Silent where fields are chosen or serialised by the project itself, where the path says that the route is there to
    hand out what is secret, for private keys and client secrets in the answer to a POST, which may have made them, for
    a client secret without the id of its client (payment services call so what a browser pays with), and for what the
    request brings itself.

    Args:
        route: any route.
        schemas: the schemas of the project.
    """
    if route.response_model is None or any(route.argument(name) is not None for name in _SELECTING):
        return
    words = {word for segment in shape(route.path).segments for word in segment.words}
    is_read = route.methods == ("GET",)
    if not words.isdisjoint(ISSUING_WORDS if is_read else ISSUING_WORDS | STORED_SECRETS):
        return
    brought = {field.site for schema in input_schemas([route], schemas) for field in schema.fields}
    for schema in schemas.in_type(route.response_model):
        if not _serialises(schema):
            for path in schema.paths(written=True):
                kind = sensitive_kind(path[-1])
                if path[-1].site in brought or (kind in MADE_FOR_CLIENTS and "POST" in (route.methods or ())):
                    continue
                if kind == CLIENT_SECRET and not _has_client_id(path[-1], schemas):
                    continue
                if kind is not None and not any(_is_serialised(field, schemas) for field in path):
                    yield Shown(kind, path)


def sensitive_kind(field: SchemaField) -> str | None:
    """What a field of text holds that nobody should get back, by its name; or None."""
    if origin_name(strip(field.type)) not in _TEXTS:
        return None
    name = written("snake", field.name)
    return next((kind for kind, pattern in SENSITIVE_FIELDS.items() if pattern.fullmatch(name)), None)


def _has_client_id(field: SchemaField, schemas: Schemas) -> bool:
    """Whether the schema that declares a field has one for the id of a client too."""
    owner = schemas.of(field.owner) if field.owner is not None else None
    return owner is None or any(CLIENT_ID.fullmatch(written("snake", name)) for name in owner.by_name)


def _is_serialised(field: SchemaField, schemas: Schemas) -> bool:
    """Whether the project says itself how a field, or the schema that declares it, is written."""
    owner = schemas.of(field.owner) if field.owner is not None else None
    return any(not field_calls(item) for item in field.metadata) or (owner is not None and _serialises(owner))


def _serialises(schema: Schema) -> bool:
    return any(validator.kind in _SERIALIZERS for validator in schema.validators)
