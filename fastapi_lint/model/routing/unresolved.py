"""What of the routing is not known: a route, a dependency or an option that nobody checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fastapi_lint.model.definitions import ClassDefinition, FunctionDefinition
from fastapi_lint.model.knowledge.routers import APPS_WITHOUT_ROUTES
from fastapi_lint.model.routing.routers import Router
from fastapi_lint.model.values import (
    Ambiguous,
    Collection,
    Dictionary,
    ExternalResult,
    Instance,
    Literal,
    Parametrized,
    Unknown,
    Value,
    external_name,
    is_unset,
    possibilities,
)
from fastapi_lint.text.location import Location

UNKNOWN_ARGUMENTS = "passed by * or **, if at all"
UNKNOWN_LIST = "part of it is not known"
NO_ATTRIBUTE = "has no attribute"
"""In the reason of a value that cannot be read: nothing that follows from it happens."""


@dataclass(frozen=True, slots=True, order=True)
class Unresolved:
    """Something of the routing that could not be resolved.

    Attributes:
        location: where it stands.
        what: what is not known, "path of create_item" for example.
        reason: why.
        effect: what follows for the list of routes.
        others: where else the same thing stands.
    """

    location: Location
    what: str
    reason: str
    effect: str
    others: tuple[Location, ...] = ()


def why(value: Value) -> str:
    """Why a value is not what it should be, in words."""
    if isinstance(value, Unknown):
        return value.reason
    if is_unset(value):
        return "a setting without a default"
    if isinstance(value, Parametrized):
        return why(value.origin)
    if isinstance(value, Ambiguous):
        return f"one of {len(value.options)} values"
    name = external_name(value)
    if name.startswith("str()"):
        return "a text that is computed, or comes from the environment"
    if name.startswith("os.environ"):
        return "an environment variable"
    if name:
        written = name.replace(".__iter__()", "[…]").replace(".__getitem__()", "[…]").replace("()", "(…)")
        return f"{written} {'is outside the project' if '.' in name.partition('(')[0] else 'is not known'}"
    if isinstance(value, Literal):
        return f"it is {value.value!r}"
    if isinstance(value, Instance):
        return f"it is an instance of {value.cls.name}"
    if isinstance(value, (FunctionDefinition, ClassDefinition)):
        return f"it is {value.name}"
    if isinstance(value, (Collection, Dictionary)):
        return UNKNOWN_LIST
    return "it is computed"


def may_serve_routes(app: Value) -> bool:
    """Whether a mounted application, which is no FastAPI of this project, may have FastAPI's routes all the same."""
    if isinstance(app, Unknown):
        return True
    if isinstance(app, Instance):
        bases = app.cls.external_bases
        if any(f"{base}()".startswith(APPS_WITHOUT_ROUTES) for base in bases):
            return False
        return any(isinstance(held, Router) for value in app.attributes.values() for held in possibilities(value))
    if isinstance(app, ExternalResult) and any(isinstance(given, Router) for given in app.arguments):
        return True
    name = external_name(app)
    return bool(name) and not name.startswith(APPS_WITHOUT_ROUTES)


def once(found: Iterable[Unresolved]) -> list[Unresolved]:
    """Each thing once, by place: routers that are included twice say everything twice."""
    kept: dict[tuple[Location, str], Unresolved] = {}
    for item in sorted(found):
        kept.setdefault((item.location, item.what), item)
    return list(kept.values())
