"""Markers: what FastAPI's declarations in annotations and defaults say (``Query(…)``, ``Depends(…)``, ``Field(…)``)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fastapi_lint.model.knowledge.parameters import DEPENDS, FIELD_MARKERS, MARKER_PLACES, SECURITY
from fastapi_lint.model.values import (
    Arguments,
    Collection,
    ExternalResult,
    Instance,
    Literal,
    Site,
    Value,
    external_name,
    possibilities,
    union,
)

_DEPENDENCY_MARKERS = tuple(DEPENDS | SECURITY)


@dataclass(slots=True, frozen=True, eq=False)
class FieldMarker:
    """``Query(…)``, ``Body(…)`` and kin; ``place`` is None for Pydantic's own ``Field``, which names no place."""

    place: str | None
    arguments: Arguments
    value: Value

    def text(self, keyword: str) -> str | None:
        """A keyword argument that is a known string."""
        value = self.arguments.get(keyword)
        return value.value if isinstance(value, Literal) and isinstance(value.value, str) else None

    def flag(self, keyword: str, default: bool) -> bool:
        """A keyword argument that is a known boolean, else ``default``."""
        value = self.arguments.get(keyword)
        return value.value if isinstance(value, Literal) and isinstance(value.value, bool) else default

    @property
    def default(self) -> Value | None:
        """The default it was given, or None: ``Query(3)``, ``Query(default=3)``."""
        return self.arguments.get("default", 0)


@dataclass(slots=True, frozen=True, eq=False)
class DependencyMarker:
    """``Depends(…)`` or ``Security(…)``.

    Attributes:
        dependency: what it was given to call; None where the annotation says it.
        use_cache: False when the dependency is called anew at each mention.
        scope: "function" or "request" (``Depends(scope=…)``), or None.
        scopes: the OAuth2 scopes of ``Security``; ``scopes_known`` is False when they are not all known.
        is_security: whether it is ``Security``.
        complete: False when arguments of unknown content were passed, so that ``dependency`` may be something else.
        site: where the call stands, if that was seen.
        others: what stands in its place under a condition and is no marker.
    """

    dependency: Value | None
    use_cache: bool
    scope: str | None
    scopes: tuple[str, ...]
    scopes_known: bool
    is_security: bool
    complete: bool
    site: Site | None
    others: tuple[Value, ...] = ()


def read_field_marker(value: Value | None) -> FieldMarker | None:
    """The marker that a value is, or None. A project's subclass of a marker counts as that marker."""
    if isinstance(value, ExternalResult):
        name = value.callee.name
        if name in MARKER_PLACES:
            return FieldMarker(MARKER_PLACES[name], value.arguments, value)
        return FieldMarker(None, value.arguments, value) if name in FIELD_MARKERS else None
    if isinstance(value, Instance):
        for base in value.cls.external_bases:
            if base in MARKER_PLACES:
                return FieldMarker(MARKER_PLACES[base], value.arguments or Arguments(complete=False), value)
    return None


def is_placed(value: Value | None) -> bool:
    """Whether a value is a marker that says where a parameter is read, as ``Query()`` does and ``Field()`` does not."""
    marker = read_field_marker(value)
    return marker is not None and marker.place is not None


def read_dependency_marker(value: Value | None) -> DependencyMarker | None:
    """The ``Depends`` or ``Security`` that a value is, or None. Of an ambiguous value the first option that is one
    counts, and depends on one of what they all name."""
    markers: list[DependencyMarker] = []
    others: list[Value] = []
    for option in possibilities(value):
        if isinstance(option, ExternalResult) and option.callee.name in _DEPENDENCY_MARKERS:
            markers.append(_dependency_marker(option.arguments, option.callee.name in SECURITY, option.site))
        elif isinstance(option, Instance) and option.cls.derives_from(*_DEPENDENCY_MARKERS):
            arguments = option.arguments or Arguments(complete=False)
            markers.append(_dependency_marker(arguments, option.cls.derives_from(*SECURITY), option.site))
        else:
            others.append(option)
    if len(markers) < 2 and not others:
        return markers[0] if markers else None
    named = [marker.dependency for marker in markers if marker.dependency is not None]
    return replace(markers[0], dependency=union(named) if named else None, others=tuple(others)) if markers else None


def _dependency_marker(arguments: Arguments, is_security: bool, site: Site | None) -> DependencyMarker:
    dependency = arguments.get("dependency", 0)
    if isinstance(dependency, Literal) and dependency.value is None:
        dependency = None
    use_cache, scope = arguments.get("use_cache"), arguments.get("scope")
    scopes, known = _scopes(arguments.get("scopes") if is_security else None)
    return DependencyMarker(
        dependency=dependency,
        use_cache=not (isinstance(use_cache, Literal) and use_cache.value is False),
        scope=scope.value if isinstance(scope, Literal) and isinstance(scope.value, str) else None,
        scopes=scopes,
        scopes_known=known,
        is_security=is_security,
        complete=arguments.complete,
        site=site,
    )


def _scopes(value: Value | None) -> tuple[tuple[str, ...], bool]:
    """The texts of a list of scopes, and whether they are all of them. Members of string enumerations count."""
    if value is None or (isinstance(value, Literal) and value.value is None):
        return (), True
    if not isinstance(value, Collection):
        return (), False
    texts = [_text(item) for item in value.items]
    return tuple(text for text in texts if text is not None), value.complete and None not in texts


def _text(value: Value) -> str | None:
    inner = getattr(value, "value", None)
    if isinstance(value, Literal):
        return inner if isinstance(inner, str) else None
    return _text(inner) if isinstance(inner, Literal) else None


def is_required_default(value: Value | None) -> bool:
    """Whether a default means that there is none: nothing, ``...`` or Pydantic's ``Undefined``."""
    return value is None or external_name(value) in ("...", "Ellipsis", "pydantic_core.PydanticUndefined")
