"""Signatures and fields as code sees them: ``inspect.signature(f).parameters``, ``Model.model_fields``.

Projects make dependencies of models and add parameters to endpoints by such code
(https://docs.python.org/3/library/inspect.html#inspect.signature,
https://docs.pydantic.dev/latest/concepts/fields/#dynamic-fields).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from fastapi_lint.model.values import (
    Arguments,
    Collection,
    Dictionary,
    External,
    ExternalResult,
    Literal,
    Site,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from fastapi_lint.model.definitions import ClassDefinition
    from fastapi_lint.model.dependencies.signatures import Signature
    from fastapi_lint.model.schemas.fields import SchemaField


class Reading(Protocol):
    """Who can say what callables and models look like."""

    def read_signature(self, call: Value) -> Signature:
        """The signature of a callable."""
        ...

    def read_fields(self, cls: ClassDefinition) -> dict[str, SchemaField]:
        """The fields of a Pydantic model."""
        ...


EMPTY = External("inspect.Parameter.empty")
_PARAMETER = External("inspect.Parameter")
_PARAMETER_ORDER = ("name", "kind")
_SIGNATURES = ("inspect.signature()", "inspect.Signature()", "inspect.signature().replace()")
_FIELD = External("pydantic.FieldInfo")
_UNDEFINED = External("pydantic_core.PydanticUndefined")
_KINDS = {
    "positional": "POSITIONAL_ONLY",
    "ordinary": "POSITIONAL_OR_KEYWORD",
    "keyword": "KEYWORD_ONLY",
    "*": "VAR_POSITIONAL",
    "**": "VAR_KEYWORD",
}
_CONSTANTS = frozenset({*_KINDS.values(), "empty", "_empty"})


def inspect_constant(value: Value) -> str | None:
    """Which kind of parameter, or the mark for what is not there, a value is: the last word of its name, or None."""
    if not isinstance(value, External) or not value.name.startswith("inspect."):
        return None
    word = value.name.rpartition(".")[2]
    return word.lstrip("_") if word in _CONSTANTS else None


def attribute(value: ExternalResult, name: str, reader: Reading) -> Value | None:
    """What an attribute of a signature, a parameter or a field is; None for anything else."""
    if value.name == "inspect.Parameter()" and name in ("name", "kind", "default", "annotation"):
        position = _PARAMETER_ORDER.index(name) if name in _PARAMETER_ORDER else None
        return value.arguments.get(name, position) or EMPTY
    if value.name in _SIGNATURES and name == "parameters":
        return _parameters(value, reader)
    if value.callee is _FIELD:
        return value.arguments.get(name)
    return None


def call(callee: External | ExternalResult, arguments: Arguments, site: Site) -> Value | None:
    """What calling a method of a parameter or a field gives; None for anything else."""
    receiver = callee.receiver if isinstance(callee, External) else None
    if not isinstance(receiver, ExternalResult):
        return None
    word = callee.name.rpartition(".")[2]
    if receiver.name == "inspect.Parameter()" and word == "replace":
        given = dict(zip(_PARAMETER_ORDER, receiver.arguments.positional)) | receiver.arguments.keywords
        return ExternalResult(_PARAMETER, Arguments([], {**given, **arguments.keywords}), site)
    if receiver.callee is _FIELD and word == "is_required":
        return receiver.arguments.get("required")
    return None


def _parameters(signature: ExternalResult, reader: Reading) -> Value:
    """``signature.parameters``."""
    if signature.name == "inspect.signature()":
        called = signature.arguments.get("obj", 0)
        if called is None or signature.site is None:
            return Unknown("the parameters of nothing")
        return _listed(reader.read_signature(called), signature.site)
    given = signature.arguments.get("parameters", 0 if signature.name == "inspect.Signature()" else None)
    if given is None and isinstance(signature.callee.receiver, ExternalResult):
        return _parameters(signature.callee.receiver, reader)
    if not isinstance(given, Collection):
        return Unknown("parameters that are computed")
    items: list[tuple[Value, Value]] = []
    for parameter in given.items:
        name = parameter.arguments.get("name", 0) if isinstance(parameter, ExternalResult) else None
        items.append((name or Unknown("the name of a parameter"), parameter))
    return Dictionary(items, given.complete)


def _listed(signature: Signature, site: Site) -> Value:
    """The parameters of a callable of the project, as a dict."""
    if signature.unknown is not None:
        return Unknown(signature.unknown)
    items: list[tuple[Value, Value]] = []
    for parameter in signature.parameters:
        given: dict[str, Value] = {
            "name": Literal(parameter.name),
            "kind": External(f"inspect.Parameter.{_KINDS[parameter.form]}"),
        }
        if parameter.default is not None:
            given["default"] = parameter.default
        if parameter.annotation is not None:
            given["annotation"] = parameter.annotation
        items.append(
            (Literal(parameter.name), ExternalResult(_PARAMETER, Arguments([], given), parameter.site or site))
        )
    return Dictionary(items)


def fields(cls: ClassDefinition, reader: Reading) -> Dictionary:
    """``Model.model_fields``."""
    return Dictionary(
        [(Literal(name), _field(field)) for name, field in reader.read_fields(cls).items()],
        complete=not any(isinstance(base, Unknown) for entry in cls.project_lineage for base in entry.bases),
    )


def _field(field: SchemaField) -> ExternalResult:
    given: dict[str, Value] = {
        "annotation": field.type,
        "default": field.default or _UNDEFINED,
        "required": Literal(field.required),
        "alias": Literal(field.alias if isinstance(field.alias, str) else None),
        "description": field.argument("description") or Literal(None),
    }
    return ExternalResult(_FIELD, Arguments([], given), field.site)
