"""Routers that libraries build: classes derived from ``APIRouter`` whose constructors register routes."""

from __future__ import annotations

from typing import NamedTuple


class LibraryRouter(NamedTuple):
    """What such a constructor registers, all of it under one path.

    Attributes:
        path: the name, position and default of the argument with the path.
        routes: kind and methods of each route.
        dependencies: the names of arguments that are callables on which every route depends.
    """

    path: tuple[str, int, str]
    routes: tuple[tuple[str, tuple[str, ...] | None], ...]
    dependencies: tuple[str, ...] = ()


_STRAWBERRY = LibraryRouter(
    ("path", 1, ""),
    (("api", ("GET",)), ("api", ("POST",)), ("websocket", None)),
    ("context_getter", "root_value_getter"),
)

LIBRARY_ROUTERS = {
    "strawberry.fastapi.GraphQLRouter": _STRAWBERRY,  # https://strawberry.rocks/docs/integrations/fastapi
    "strawberry.fastapi.router.GraphQLRouter": _STRAWBERRY,
}
"""By the name of the class."""

LIBRARY_ENDPOINT = "an endpoint of "
"""What is said of the endpoints of these routers, of which everything else is known."""
