"""The format ``json`` of routes: ``{"version": 1, "routes": [ROUTE, …]}``, and a ROUTE has these keys:

- ``app``: ``module:variable`` of the application that serves it; of the router in a project without applications
- ``kind``: "api" or "websocket"
- ``methods``: a list, null for a websocket
- ``path``: the effective path, with mounts, prefixes and convertors
- ``endpoint``: ``{"module", "qualname", "file", "line", "def_line"}`` of the function that handles it, null when it is
  not part of the project; ``line`` is that of the first decorator
- ``status_code``: as declared, null when left to the default
- ``response_model``: the effective one as text, or null
- ``dependencies``: the project's own callables that FastAPI calls, by qualified name, each once
- ``security``, ``security_schemes``: whether a security scheme is among the dependencies, and the classes of these
- ``params``: names on the wire by "path", "query", "header", "cookie" and "body" (forms and files too); a model of
  parameters counts as one, under its own name
- ``tags``, ``deprecated``, ``include_in_schema``, ``operation_id``: the effective values
- ``conditional``: whether it exists under a condition that source code does not decide
- ``authentication``: "required", "optional", "none", or "unknown" where something that is not known may authenticate
- ``guards``: the names of what authenticates: dependencies, security schemes, decorators, middlewares
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from fastapi_lint.model.security.authentication import schemes
from fastapi_lint.model.types import render as type_text
from fastapi_lint.model.values import Instance
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.page import Page
from fastapi_lint.report.routes.listing import Listed, authentication, guard_names

if TYPE_CHECKING:
    from fastapi_lint.model.dependencies.dependants import Dependant
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

VERSION = 1
_LOCATIONS = ("path", "query", "header", "cookie", "body")
_BODY_PLACES = ("form", "file")


def render(projects: Iterable[Listed], page: Page) -> Iterator[str]:
    """The document, a line per route."""
    yield f'{{"version": {VERSION}, "routes": ['
    yield from in_array(to_json(_route(route, listed.project)) for listed in projects for route in listed.routes)
    yield "]}"


def _route(route: Route, project: Project) -> dict[str, Any]:
    dependant = route.dependant.as_by_default()
    names = sorted({scheme.class_name for scheme in schemes(dependant)})
    return {
        "app": route.app.name,
        "kind": route.kind,
        "methods": list(route.methods) if route.methods is not None else None,
        "path": route.path,
        "endpoint": _endpoint(route),
        "status_code": route.status_code,
        "response_model": type_text(route.response_model) if route.response_model is not None else None,
        "dependencies": sorted({found.qualified_name for found in dependant.flatten() if found.is_own}),
        "security": bool(names),
        "security_schemes": names,
        "params": _parameters(dependant),
        "tags": sorted(route.tags),
        "deprecated": route.deprecated,
        "include_in_schema": route.include_in_schema,
        "operation_id": route.operation_id,
        "conditional": route.conditional,
        "authentication": authentication(route, project),
        "guards": guard_names(route, project),
    }


def _endpoint(route: Route) -> dict[str, Any] | None:
    if isinstance(route.endpoint, Instance):
        cls = route.endpoint.cls
        line = cls.def_line
        return {
            "module": cls.module.name,
            "qualname": cls.fact.qualname,
            "file": cls.module.path,
            "line": line,
            "def_line": line,
        }
    function = route.function
    if function is None:
        return None
    return {
        "module": function.module.name,
        "qualname": function.fact.qualname,
        "file": function.module.path,
        "line": function.line,
        "def_line": function.def_line,
    }


def _parameters(dependant: Dependant) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {place: set() for place in _LOCATIONS}
    for parameter in dependant.all_parameters():
        place = "body" if parameter.likely in _BODY_PLACES else parameter.likely
        if place in found:
            found[place].add(parameter.alias if parameter.model is not None else parameter.wire_name)
    return {place: sorted(names) for place, names in found.items()}
