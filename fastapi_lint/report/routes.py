"""The routes of applications: as a table, as JSON, and what of them is not known.

The JSON is ``{"version": 1, "routes": [ROUTE, …]}``, and a ROUTE has these keys:

- ``app``: ``module:variable`` of the application that serves it
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
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi_lint.engine.run import ProjectResult
from fastapi_lint.model.security.authentication import schemes
from fastapi_lint.model.types import render
from fastapi_lint.model.values import Instance
from fastapi_lint.report.findings import printable, shown_path

if TYPE_CHECKING:
    from fastapi_lint.model.dependencies.dependants import Dependant
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route
    from fastapi_lint.text.location import Location

VERSION = 1
_HEADINGS = ("METHOD", "PATH", "ENDPOINT", "STATUS", "RESPONSE", "AUTH", "NOTE")
_LOCATIONS = ("path", "query", "header", "cookie", "body")
_BODY_PLACES = ("form", "file")
_QUALIFIER = re.compile(r"\b(?:\w+\.)+(?=\w)")


def routes_of(result: ProjectResult, mounted: bool = False) -> list[Route]:
    """The routes of a project, limited to applications and registrations in the files that were asked for.

    Args:
        result: what a run says of the project.
        mounted: name the routes of mounted applications a second time, as these applications know them.
    """
    if result.project is None:
        return []
    return [
        route
        for app in (*result.project.apps, *result.project.test_apps)
        if mounted or not app.mounted
        for route in app.routes
        if app.location.path in result.wanted or route.location.path in result.wanted
    ]


def render_json(projects: Iterable[ProjectResult]) -> Iterator[str]:
    """The document, as lines."""
    routes = [
        _as_json(route)
        for result in projects
        if result.project is not None
        for route in routes_of(result, mounted=True)
    ]
    yield json.dumps({"version": VERSION, "routes": routes}, indent=1)


def render_table(projects: Iterable[ProjectResult]) -> Iterator[str]:
    """One table per application, its routes in the order in which they match."""
    shown = False
    for result in projects:
        by_app: dict[str, list[tuple[str, ...]]] = {}
        for route in routes_of(result):
            assert result.project is not None
            by_app.setdefault(route.app.name, []).append(_row(route, result.project))
        for app, rows in by_app.items():
            if shown:
                yield ""
            yield printable(app)
            yield from _aligned([_HEADINGS, *rows])
            shown = True
    if not shown:
        yield "No routes."


def render_unresolved(projects: Iterable[ProjectResult], cwd: Path) -> Iterator[str]:
    """What of routes and dependencies could not be resolved: one line each, by place."""
    for result in projects:
        if result.project is None:
            continue
        for place, text in sorted(_unresolved(result.project)):
            if place is None:
                yield text
            else:
                path = shown_path(result.root, place.path, cwd)
                yield f"{path}:{place.start.line}:{place.start.column}: {printable(text)}"


def _unresolved(project: Project) -> set[tuple[Location | None, str]]:
    found: set[tuple[Location | None, str]] = set()
    for item in project.unresolved:
        found.add((item.location, f"{item.what}: {item.reason}"))
    for route in project.routes:
        for visit in route.dependant.unresolved():
            place = visit.dependant.location or route.location
            found.add((place, f"dependency: {visit.dependant.unknown}"))
        if route.dependant.unknown is not None:
            found.add((route.location, f"endpoint of {route.label}: {route.dependant.unknown}"))
    return found


def _row(route: Route, project: Project) -> tuple[str, ...]:
    methods = ",".join(route.methods) if route.methods is not None else "WEBSOCKET"
    function = route.function
    endpoint = f"{function.module.name}:{function.fact.qualname}" if function is not None else "?"
    if route.kind == "websocket":
        status = response = ""
    else:
        status = str(route.status_code or (200 if route.status_code_known else "?"))
        response = _QUALIFIER.sub("", render(route.response_model)) if route.response_model is not None else ""
    notes = (
        ("deprecated", route.deprecated),
        ("hidden", not route.include_in_schema),
        ("conditional", route.conditional),
    )
    note = ", ".join(word for word, holds in notes if holds)
    return methods, route.path, endpoint, status, response, _auth(route, project), note


def _auth(route: Route, project: Project) -> str:
    """Who guards a route: the classes of its security schemes, or where else the evidence is."""
    found = project.authentication(route)
    if found.grade is None:
        return "?" if found.undecided else "-"
    names = dict.fromkeys(scheme.class_name for scheme in schemes(route.dependant))
    guard = ", ".join(names) or found.source
    return f"{guard} (optional)" if found.optional else guard


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if not any(row[-1] for row in cells[1:]):
        cells = [row[:-1] for row in cells]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip()


def _as_json(route: Route) -> dict[str, Any]:
    dependant = route.dependant.as_by_default()
    names = sorted({scheme.class_name for scheme in schemes(dependant)})
    return {
        "app": route.app.name,
        "kind": route.kind,
        "methods": list(route.methods) if route.methods is not None else None,
        "path": route.path,
        "endpoint": _endpoint(route),
        "status_code": route.status_code,
        "response_model": render(route.response_model) if route.response_model is not None else None,
        "dependencies": sorted({found.qualified_name for found in dependant.flatten() if found.is_own}),
        "security": bool(names),
        "security_schemes": names,
        "params": _parameters(dependant),
        "tags": sorted(route.tags),
        "deprecated": route.deprecated,
        "include_in_schema": route.include_in_schema,
        "operation_id": route.operation_id,
        "conditional": route.conditional,
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
