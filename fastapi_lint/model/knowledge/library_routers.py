"""Routers that libraries build: what makes an ``APIRouter`` with routes on it."""

from __future__ import annotations

from typing import NamedTuple


class LibraryRoute(NamedTuple):
    """A route of such a router; ``guarded`` when it depends on the library's own check of the user."""

    kind: str
    methods: tuple[str, ...] | None = None
    path: str = ""
    status_code: int | None = None
    guarded: bool = False


class LibraryRouter(NamedTuple):
    """What the call that makes a router registers on it.

    Attributes:
        routes: in order.
        path: the name, position and default of the argument with a path before those of the routes, None for none.
        dependencies: the names of arguments that are callables on which every route depends.
        owner_dependencies: the same of the object whose method it is, with positions.
        guard: what guarded routes depend on.
    """

    routes: tuple[LibraryRoute, ...]
    path: tuple[str, int, str] | None = None
    dependencies: tuple[str, ...] = ()
    owner_dependencies: tuple[tuple[str, int], ...] = ()
    guard: str = ""


def _of_users(*routes: LibraryRoute) -> LibraryRouter:
    return LibraryRouter(
        routes, owner_dependencies=(("get_user_manager", 0),), guard="fastapi_users.FastAPIUsers().current_user()"
    )


_GET, _POST, _PATCH, _DELETE = ("GET",), ("POST",), ("PATCH",), ("DELETE",)
_STRAWBERRY = LibraryRouter(
    (LibraryRoute("api", _GET), LibraryRoute("api", _POST), LibraryRoute("websocket")),
    ("path", 1, ""),
    ("context_getter", "root_value_getter"),
)

LIBRARY_ROUTERS = {
    "strawberry.fastapi.GraphQLRouter": _STRAWBERRY,  # https://strawberry.rocks/docs/integrations/fastapi
    "strawberry.fastapi.router.GraphQLRouter": _STRAWBERRY,
    # https://fastapi-users.github.io/fastapi-users/latest/configuration/routers/, seen in release 15
    "fastapi_users.FastAPIUsers().get_register_router": _of_users(
        LibraryRoute("api", _POST, "/register", 201),
    ),
    "fastapi_users.FastAPIUsers().get_auth_router": _of_users(
        LibraryRoute("api", _POST, "/login"),
        LibraryRoute("api", _POST, "/logout", guarded=True),
    ),
    "fastapi_users.FastAPIUsers().get_reset_password_router": _of_users(
        LibraryRoute("api", _POST, "/forgot-password", 202),
        LibraryRoute("api", _POST, "/reset-password"),
    ),
    "fastapi_users.FastAPIUsers().get_verify_router": _of_users(
        LibraryRoute("api", _POST, "/request-verify-token", 202),
        LibraryRoute("api", _POST, "/verify"),
    ),
    "fastapi_users.FastAPIUsers().get_users_router": _of_users(
        LibraryRoute("api", _GET, "/me", guarded=True),
        LibraryRoute("api", _PATCH, "/me", guarded=True),
        LibraryRoute("api", _GET, "/{id}", guarded=True),
        LibraryRoute("api", _PATCH, "/{id}", guarded=True),
        LibraryRoute("api", _DELETE, "/{id}", 204, guarded=True),
    ),
    "fastapi_users.FastAPIUsers().get_oauth_router": _of_users(
        LibraryRoute("api", _GET, "/authorize"),
        LibraryRoute("api", _GET, "/callback"),
    ),
    "fastapi_users.FastAPIUsers().get_oauth_associate_router": _of_users(
        LibraryRoute("api", _GET, "/authorize", guarded=True),
        LibraryRoute("api", _GET, "/callback", guarded=True),
    ),
}
"""By the name of the class or method."""

LIBRARY_ENDPOINT = "an endpoint of "
"""What is said of the endpoints of these routers, of which everything else is known."""
