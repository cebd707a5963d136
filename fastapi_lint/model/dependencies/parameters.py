"""Parameters: where FastAPI takes each parameter of an endpoint or dependency from.

Sources: https://fastapi.tiangolo.com/tutorial/body/#request-body-path-query-parameters,
https://fastapi.tiangolo.com/reference/parameters/; all of it observed on FastAPI 0.165.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.dependencies.markers import FieldMarker, is_required_default, read_field_marker
from fastapi_lint.model.dependencies.signatures import SignatureParameter
from fastapi_lint.model.knowledge.parameters import CONTAINER_MARKERS, INJECTED_TYPES
from fastapi_lint.model.knowledge.releases import (
    ANNOTATED,
    FORM_MODELS,
    OPTIONAL_PARAMETER_MODELS,
    PARAMETER_MODELS,
    Release,
)
from fastapi_lint.model.types import (
    arguments_of,
    is_model,
    is_scalar,
    is_subclass,
    is_upload,
    members,
    render,
    split_annotated,
    strip,
    without_none,
)
from fastapi_lint.model.values import External, Literal, Parametrized, Site, Value, external_name

if TYPE_CHECKING:
    from fastapi_lint.text.location import Location

PLACES = ("path", "query", "header", "cookie", "body", "form", "file")
"""Where a parameter's value may come from."""
BODY_PLACES = frozenset({"body", "form", "file"})
"""The places that are parts of the request's body."""
UNKNOWN = "unknown"
UNKNOWN_NAME = "?"
INJECTED = "injected"

_ANY = External("typing.Any")
_INJECTED_NAMES = frozenset(INJECTED_TYPES)
_MODEL_PLACES = frozenset({"query", "header", "cookie", "form"})
_PLAIN_TYPE_NAMES = re.compile(r"(?:Id|ID|Key|Name|Str|String|Int|Integer|Enum|Date|Time|Url|URL|Email|Slug|Code)$")
_PATH_PARAMETER = re.compile(r"{([^{}:]*)(?::[^{}]*)?}")


@dataclass(slots=True, frozen=True, eq=False)
class RouteParameter:
    """A parameter of an endpoint or dependency that is no dependency itself.

    Attributes:
        name: its Python name.
        place: one of PLACES; "injected" for ``Request``, ``Response`` and kin; "unknown" where its type leaves it open.
        alias: its name on the wire, with FastAPI's alias and underscore rules applied; "?" where it is computed.
        validation_alias: the name on the wire where ``validation_alias`` differs from ``alias``.
        type: its annotation without ``Annotated``; ``typing.Any`` where it has none.
        required: whether a request must have it; None where that is not known.
        default: its default value, or None.
        marker: the ``Query(…)``, ``Body(…)``, … that describes it, or None.
        metadata: what else stands in its ``Annotated``.
        model: the Pydantic model whose fields are the parameters on the wire, for a query, header, cookie or form
            parameter of such a type; None otherwise.
        injected: "request", "response", … for an injected one, else "".
        likely: for an unknown place, the more probable one; equal to ``place`` otherwise.
        site: where it stands, or None for parameters of external callables.
    """

    name: str
    place: str
    alias: str
    type: Value
    required: bool | None
    default: Value | None
    site: Site | None
    validation_alias: str | None = None
    marker: FieldMarker | None = None
    metadata: tuple[Value, ...] = ()
    model: Value | None = None
    injected: str = ""
    likely: str = ""

    @property
    def wire_name(self) -> str:
        """The name under which a request carries it."""
        return self.validation_alias or self.alias

    @property
    def in_body(self) -> bool:
        """Whether it is known to be (part of) the request's body, forms and files included."""
        return self.place in BODY_PLACES

    @property
    def location(self) -> Location | None:
        """Where it stands."""
        return self.site.location if self.site is not None else None

    @property
    def type_text(self) -> str:
        """Its type, readable."""
        return render(self.type)

    def __repr__(self) -> str:
        return f"<RouteParameter {self.place} {self.alias}>"


def path_names(path: str) -> frozenset[str]:
    """The names of the parameters in a path, convertors apart: ``/{year}/{file:path}`` has year and file."""
    return frozenset(_PATH_PARAMETER.findall(path))


def classify(parameter: SignatureParameter, in_path: bool | None, release: Release) -> RouteParameter:
    """The parameter as FastAPI takes it.

    Args:
        parameter: from the signature; not a dependency.
        in_path: whether the route's path has a parameter of that name; None when the path is not known.
        release: that of FastAPI.

    Returns:
        A parameter with the place "unknown" where the type or path leaves it open.
    """
    annotation = parameter.annotation if parameter.annotation is not None else _ANY
    type_, metadata = split_annotated(annotation)
    found = RouteParameter(
        name=parameter.name,
        place=UNKNOWN,
        alias=parameter.name,
        type=type_,
        required=None,
        default=parameter.default,
        site=parameter.site,
        metadata=metadata,
    )
    if parameter.place == INJECTED:
        return replace(found, place=INJECTED, likely=INJECTED, injected=parameter.name, required=False)
    if parameter.place is not None:
        return replace(found, place=parameter.place, likely=parameter.place, required=parameter.default is None)
    if _is_container_filled(annotation, metadata):
        return replace(found, place=INJECTED, likely=INJECTED, injected="container", required=False)
    injected = injected_kind(type_)
    if injected:
        return replace(found, place=INJECTED, likely=INJECTED, injected=injected, required=False)
    marker, alias, validation_alias, default, required = _described(parameter, metadata if release >= ANNOTATED else ())
    found = replace(found, marker=marker, default=default, required=required)
    if marker is not None and marker.place is not None:
        place = likely = marker.place
    else:
        place, likely = _inferred_place(type_, default, in_path)
    if in_path:
        found = replace(found, required=True)
    if alias is None:
        converts = place == "header" and marker is not None and marker.flag("convert_underscores", True)
        alias = parameter.name.replace("_", "-") if converts else parameter.name
    return replace(
        found,
        place=place,
        likely=likely,
        alias=alias,
        validation_alias=validation_alias if validation_alias != alias else None,
        model=_parameter_model(type_, place, release),
    )


def injected_kind(type_: Value) -> str:
    """What FastAPI injects for a parameter of this type ("request", "response", …), or ""."""
    names = type_.external_bases if isinstance(type_, ClassDefinition) else (external_name(type_),)
    return next((INJECTED_TYPES[name] for name in names if name in INJECTED_TYPES), "")


def _is_container_filled(annotation: Value, metadata: tuple[Value, ...]) -> bool:
    if arguments_of(annotation, *CONTAINER_MARKERS) is not None:
        return True
    return any(external_name(value).removesuffix("()") in CONTAINER_MARKERS for value in metadata)


def _described(
    parameter: SignatureParameter, metadata: tuple[Value, ...]
) -> tuple[FieldMarker | None, str | None, str | None, Value | None, bool | None]:
    """The marker in force, its alias and validation alias, the default, and whether a value is required.

    The last of FastAPI's markers in ``Annotated`` counts; attributes such as the alias are merged from all of them,
    Pydantic's ``Field`` included. A marker may also be the default value.
    """
    markers = [marker for marker in map(read_field_marker, metadata) if marker is not None]
    placed = [marker for marker in markers if marker.place is not None]
    as_default = read_field_marker(parameter.default)
    if as_default is not None:
        markers, placed = [as_default], [as_default]
    marker = placed[-1] if placed else None
    default = as_default.default if as_default is not None else parameter.default
    alias = _last_text(markers, ("alias",))
    validation_alias = _last_text(markers, ("validation_alias", "alias"))
    return marker, alias, validation_alias, default, _is_required(default, marker, as_default, markers)


def _is_required(
    default: Value | None, marker: FieldMarker | None, as_default: FieldMarker | None, markers: list[FieldMarker]
) -> bool | None:
    """Whether a request must have a parameter with this default; None where the default is not known."""
    if not is_required_default(default):
        return False
    if any(own.arguments.get("default_factory") is not None for own in markers):
        return False
    if as_default is not None:
        return True if as_default.arguments.complete else None
    # beside a marker in ``Annotated``, FastAPI takes ``= ...`` for a value like any other (observed)
    return default is None or marker is None


def _last_text(markers: list[FieldMarker], keywords: tuple[str, ...]) -> str | None:
    """The text of the first of the keywords that a marker has, the last marker winning; "?" where it is no constant."""
    given = (marker.arguments.get(keyword) for marker in reversed(markers) for keyword in keywords)
    texts = (value.value if isinstance(value, Literal) else UNKNOWN_NAME for value in given if value is not None)
    return next((text for text in texts if isinstance(text, str)), None)


def _inferred_place(type_: Value, default: Value | None, in_path: bool | None) -> tuple[str, str]:
    """The place of a parameter without a marker, and the likely one where it stays open."""
    if in_path:
        return "path", "path"
    if is_upload(type_):
        return "file", "file"
    scalar = is_scalar(type_)
    if scalar is None or is_subclass(type_, _INJECTED_NAMES) is None:
        return UNKNOWN, _likely_place(type_, default)
    if not scalar:
        return "body", "body"
    return ("query", "query") if in_path is False else (UNKNOWN, "query")


def _likely_place(type_: Value, default: Value | None) -> str:
    """A class outside the project most often is a model, and so a body, unless its name is that of a plain value or its
    default is one; of what else is unknown nothing is known."""
    if isinstance(default, Literal) and default.value is not None:
        return "query"
    for member in members(type_):
        member = strip(member)
        name = external_name(member.origin if isinstance(member, Parametrized) else member).rpartition(".")[2]
        if isinstance(member, ClassDefinition) or is_scalar(member) is False:
            return "body"
        if name[:1].isupper() and not _PLAIN_TYPE_NAMES.search(name):
            return "body"
    return "query"


def _parameter_model(type_: Value, place: str, release: Release) -> Value | None:
    if place not in _MODEL_PLACES or release < (FORM_MODELS if place == "form" else PARAMETER_MODELS):
        return None
    bare = without_none(type_) if place != "form" and release >= OPTIONAL_PARAMETER_MODELS else type_
    return bare if is_model(bare) else None
