"""What tables say of a route."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fastapi_lint.model.types import render

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project
    from fastapi_lint.model.routing.routes import Route

_QUALIFIER = re.compile(r"\b(?:\w+\.)+(?=\w)")


class Cells(NamedTuple):
    """The cells of a route, as text."""

    method: str
    path: str
    endpoint: str
    status: str
    response: str
    auth: str
    note: str


def cells_of(route: Route, project: Project) -> Cells:
    """The cells of a route. What is not known is ``?``."""
    methods = ",".join(route.methods) or "?" if route.methods is not None else "WEBSOCKET"
    status = response = ""
    if route.kind != "websocket":
        status = str(route.status_code or (200 if route.status_code_known else "?"))
        response = unqualified(render(route.response_model)) if route.response_model is not None else ""
    return Cells(methods, route.path, _endpoint(route), status, response, _auth(route, project), _note(route))


def unqualified(type_text: str) -> str:
    """The text of a type with the bare names of classes."""
    return _QUALIFIER.sub("", type_text)


def _endpoint(route: Route) -> str:
    function = route.function
    return f"{function.module.name}:{function.fact.qualname}" if function is not None else "?"


def _auth(route: Route, project: Project) -> str:
    """Who guards a route: the outermost of its guards, or where else the evidence is."""
    found = project.authentication(route)
    if found.grade is None:
        return "?" if found.undecided else "-"
    guard = ", ".join(dict.fromkeys(names[0] for names in found.guards)) or found.source
    return f"{guard} (optional)" if found.optional else guard


def _note(route: Route) -> str:
    notes = (
        ("deprecated", route.deprecated),
        ("hidden", not route.include_in_schema),
        ("conditional", route.conditional),
    )
    return ", ".join(word for word, holds in notes if holds)
