"""The format ``json`` of dependencies: ``{"version": 1, "routes": [ROUTE, …]}``.

A ROUTE has ``app``, ``kind``, ``methods``, ``path`` and ``conditional`` as in the routes of ``routes``, ``registered``,
the place of its decorator or call, and ``endpoint``, a NODE. A NODE has these keys:

- ``name``: what is called, by qualified name; "?" where that is not known
- ``defined``: where, null for what is outside the project
- ``level``: "endpoint", "parameter", "view" (the class of the view), or for elements of ``dependencies=[…]``
  "outside" (what applications of other projects may add), "app", "include", "router" or "route"
- ``parameter``: the name of the parameter that receives the result, or null
- ``declared``: the place of that parameter or element, null for an endpoint
- ``declared_by``: the place of the call that was given the list of which it is an element, or null
- ``parameters``: its own, each ``{"name", "in", "type", "required"}``: the name on the wire, "path", "query", "header",
  "cookie", "body", "form", "file" or "unknown", the type as text, and whether a request must have it (null: not known)
- ``injected``: the names of the parameters that FastAPI fills with the request and its like
- ``security_scheme``: the class of the scheme that it is, or null
- ``scopes``, ``scopes_known``: its own OAuth2 scopes, and whether they are all; ``scopes_in_force``: with those around
- ``yields``: whether it is a dependency with ``yield``; ``scope``: "function", "request" or null
- ``use_cache``: as declared; ``cached``: whether its result is that of an earlier mention
- ``conditional``: whether it is there only under a condition; ``by_default``: whether so while settings are left alone
- ``unknown``: why it is not known, or null
- ``alternatives``: NODEs that a condition may put in its place
- ``dependencies``: NODEs that it depends on, in solving order

Places are ``{"path", "start", "end"}``, as in the findings of ``check``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi_lint.model.dependencies.dependants import NO_DEPENDENCY
from fastapi_lint.model.dependencies.parameters import RouteParameter
from fastapi_lint.model.dependencies.solving import Mention, solved
from fastapi_lint.model.security.authentication import scheme_class
from fastapi_lint.report.deps.found import Found
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.page import Page
from fastapi_lint.report.places import place

if TYPE_CHECKING:
    from fastapi_lint.text.location import Location

VERSION = 1


def render(routes: Iterable[Found], page: Page) -> Iterator[str]:
    """The document, a line per route."""
    yield f'{{"version": {VERSION}, "routes": ['
    yield from in_array(to_json(_Document(found, page.cwd).route()) for found in routes)
    yield "]}"


class _Document:
    def __init__(self, found: Found, cwd: Path) -> None:
        self._route = found.route
        self._root = found.root
        self._cwd = cwd

    def route(self) -> dict[str, Any]:
        route = self._route
        return {
            "app": route.app.name,
            "kind": route.kind,
            "methods": list(route.methods) if route.methods is not None else None,
            "path": route.path,
            "conditional": route.conditional,
            "registered": self._place(route.location),
            "endpoint": self._node(solved(route.dependant, route.fastapi)),
        }

    def _node(self, mention: Mention) -> dict[str, Any]:
        dependant = mention.dependant
        alternatives = [other for other in mention.alternatives if other.dependant.unknown != NO_DEPENDENCY]
        return {
            "name": dependant.qualified_name,
            "defined": self._place(dependant.definition),
            "level": dependant.level,
            "parameter": dependant.name,
            "declared": self._place(dependant.location),
            "declared_by": self._place(dependant.level_site.location) if dependant.level_site is not None else None,
            "parameters": [_parameter(parameter) for parameter in dependant.parameters],
            "injected": [parameter.name for parameter in dependant.injected],
            "security_scheme": scheme_class(dependant.call),
            "scopes": list(dependant.scopes),
            "scopes_known": dependant.scopes_known,
            "scopes_in_force": list(mention.scopes),
            "yields": dependant.is_generator,
            "scope": dependant.scope,
            "use_cache": dependant.use_cache,
            "cached": mention.cached,
            "conditional": len(alternatives) < len(mention.alternatives),
            "by_default": dependant.by_default,
            "unknown": dependant.unknown,
            "alternatives": [self._node(other) for other in alternatives],
            "dependencies": [self._node(below) for below in mention.mentions],
        }

    def _place(self, location: Location | None) -> dict[str, Any] | None:
        return place(location, self._root, self._cwd) if location is not None else None


def _parameter(parameter: RouteParameter) -> dict[str, Any]:
    return {
        "name": parameter.alias if parameter.model is not None else parameter.wire_name,
        "in": parameter.place,
        "type": parameter.type_text,
        "required": parameter.required,
    }
