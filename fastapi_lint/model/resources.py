"""Resources: which routes speak of the same thing."""

from __future__ import annotations

from typing import NamedTuple

from fastapi_lint.model.apps import App
from fastapi_lint.model.paths import shape
from fastapi_lint.model.routes import Route


class Resource(NamedTuple):
    """A resource of an application, told by the path of its collection: ``/users`` for ``/users/{id}`` too."""

    app: App
    path: str


def resource_of(route: Route) -> Resource:
    """The resource of a route: its path up to the last name that is no action."""
    segments = list(shape(route.path).segments)
    while segments and (segments[-1].is_parameter or segments[-1].is_action):
        segments.pop()
    return Resource(route.app, "/" + "/".join("{}" if segment.is_parameter else segment.text for segment in segments))
