"""Declarations of parameters that FastAPI refuses when it reads the signature (observed on FastAPI 0.165)."""

from __future__ import annotations

from fastapi_lint.model.dependencies.markers import (
    is_placed,
    is_required_default,
    read_dependency_marker,
    read_field_marker,
)
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.dependencies.signatures import SignatureParameter
from fastapi_lint.model.types import split_annotated
from fastapi_lint.model.values import Value, external_name

TWO_PLACES = "two-places"
"""A marker in ``Annotated`` and another as the default value."""
INNER_DEFAULT = "inner-default"
"""A marker in ``Annotated`` that was given a default value."""
NO_PATH = "no-path"
"""A marker of another place for a parameter of the path."""
PATH_DEFAULT = "path-default"
"""A default value for a parameter of the path that is marked as one."""


def conflict(parameter: SignatureParameter) -> tuple[str, str] | None:
    """What is wrong with how a signature declares a parameter, and the name of the marker, or None."""
    metadata = split_annotated(parameter.annotation)[1] if parameter.annotation is not None else ()
    fields = [value for value in metadata if is_placed(value)]
    others = [value for value in metadata if read_dependency_marker(value) is not None]
    for value in fields:
        marker = read_field_marker(value)
        if marker is not None and marker.arguments.complete and not is_required_default(marker.default):
            return INNER_DEFAULT, _name(value)
    if fields and (is_placed(parameter.default) or read_dependency_marker(parameter.default) is not None):
        return TWO_PLACES, _name(fields[-1])
    if others and not fields and read_dependency_marker(parameter.default) is not None:
        return TWO_PLACES, _name(others[-1])
    return None


def conflict_with_path(parameter: RouteParameter, names: frozenset[str]) -> tuple[str, str] | None:
    """As :func:`conflict`, for a parameter of a route whose path has parameters of these names."""
    marker = parameter.marker
    if marker is None or marker.place is None or parameter.name not in names:
        return None
    if marker.place == "path":
        has_default = marker.arguments.complete and not is_required_default(parameter.default)
        return (PATH_DEFAULT, _name(marker.value)) if has_default else None
    return NO_PATH, _name(marker.value)


def _name(marker: Value) -> str:
    return external_name(marker).removesuffix("()").rpartition(".")[2] or "the marker"
