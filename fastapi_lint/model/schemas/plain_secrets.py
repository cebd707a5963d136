"""Plain secrets: fields of settings and of requests that hold a secret as a text like any other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.schemas.fields import SchemaField
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.schemas.usage import input_schemas, response_schemas
from fastapi_lint.model.security.secrets import head_of
from fastapi_lint.model.types import origin_name, strip
from fastapi_lint.model.values import is_false

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_SHOWING = ("__repr__", "__str__", "__repr_args__")
"""Methods by which a model says itself what is shown of it."""
MASKING = {"str": "SecretStr", "bytes": "SecretBytes"}
"""Types of text, and those that hold the same and do not show it."""


class PlainSecret(NamedTuple):
    """A field that holds a secret as plain text.

    Attributes:
        field: the field.
        owner: the class that declares it.
        kind: what it holds: "password", "secret", "secret key" or "token".
        masking: the type that would not show it.
        route: the route whose request brings it; None for settings.
    """

    field: SchemaField
    owner: ClassDefinition
    kind: str
    masking: str
    route: Route | None


def plain_secrets(project: Project) -> Iterator[PlainSecret]:
    """The fields that hold plain secrets, each once, where it is declared; tests apart.

    Silent for fields that responses write, which a masking type would mask there too, and for those that stay out of
    what is shown of the object (``repr=False``, a ``__repr__`` of its own).
    """
    routes, schemas = project.routes_by_endpoint, project.schemas
    written = {field.site for schema in response_schemas(routes, schemas) for field in schema.fields}
    settings = [inner for schema in schemas.settings for inner in (schema, *schema.nested())]
    users: dict[Schema, Route | None] = {**dict.fromkeys(settings), **input_schemas(routes, schemas)}
    seen = set()
    for schema, route in users.items():
        for field in schema.fields:
            masking = MASKING.get(origin_name(strip(field.type)))
            kind = head_of(field.name)
            if not kind or masking is None or field.owner is None or field.site in seen or field.site in written:
                continue
            seen.add(field.site)
            if not _is_hidden(field, schema) and not project.is_test(field.owner.module):
                yield PlainSecret(field, field.owner, kind, masking, route)


def _is_hidden(field: SchemaField, schema: Schema) -> bool:
    """Whether a field may stay out of what is shown of an object."""
    return is_false(field.argument("repr")) or any(schema.cls.find(method) is not None for method in _SHOWING)
