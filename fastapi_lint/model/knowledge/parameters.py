"""FastAPI's markers, injected types and the signatures of external callables that projects depend on.

Sources: https://fastapi.tiangolo.com/reference/parameters/, https://fastapi.tiangolo.com/reference/dependencies/,
https://fastapi.tiangolo.com/reference/request/, and the documentation of the packages named.
"""

from __future__ import annotations

MARKER_PLACES = {
    f"{module}.{name}": name.lower()
    for module in ("fastapi", "fastapi.params")
    for name in ("Path", "Query", "Header", "Cookie", "Body", "Form", "File")
}
"""Functions and classes that mark a parameter, and the place each stands for."""

FIELD_MARKERS = frozenset({"pydantic.Field", "sqlmodel.Field", "pydantic.fields.FieldInfo"})
"""Markers that describe a field without saying where it comes from."""

DEPENDS = frozenset({"fastapi.Depends", "fastapi.params.Depends"})
SECURITY = frozenset({"fastapi.Security", "fastapi.params.Security"})
"""Markers of dependencies."""

INJECTED_TYPES = {
    "starlette.requests.Request": "request",
    "starlette.websockets.WebSocket": "websocket",
    "starlette.requests.HTTPConnection": "connection",
    "starlette.responses.Response": "response",
    "starlette.responses.HTMLResponse": "response",
    "starlette.responses.JSONResponse": "response",
    "starlette.responses.PlainTextResponse": "response",
    "starlette.responses.RedirectResponse": "response",
    "starlette.responses.StreamingResponse": "response",
    "starlette.responses.FileResponse": "response",
    "starlette.responses.ORJSONResponse": "response",
    "starlette.responses.UJSONResponse": "response",
    "fastapi.BackgroundTasks": "background_tasks",
    "starlette.background.BackgroundTasks": "background_tasks",
    "fastapi.security.SecurityScopes": "security_scopes",
}
"""Types whose parameters FastAPI fills itself, subclasses too."""

CONTAINER_MARKERS = frozenset({"dishka.FromDishka", "dishka.FromComponent", "dishka.integrations.fastapi.FromDishka"})
"""What marks a parameter that a dependency injection container fills; it never reaches FastAPI
(https://dishka.readthedocs.io/en/stable/integrations/fastapi.html)."""

PLAIN_CLASS_DECORATORS = frozenset(
    """
    dataclasses.dataclass pydantic.dataclasses.dataclass attr.s attr.attrs attr.define attr.frozen attr.mutable
    attr.dataclass attrs.define attrs.frozen attrs.mutable enum.unique functools.total_ordering typing.final
    typing.runtime_checkable typing.dataclass_transform
    """.split()
)
"""Class decorators that leave the methods as they are."""

ATTRS_DECORATORS = frozenset(
    """
    attr.s attr.attrs attr.define attr.frozen attr.mutable attr.dataclass attrs.define attrs.frozen attrs.mutable
    """.split()
)
"""Decorators of attrs, which write an ``__init__`` from the annotated attributes (https://www.attrs.org/)."""

FIELD_FUNCTIONS = frozenset(
    {"dataclasses.field", "attr.ib", "attr.attrib", "attr.field", "attrs.field", "attr.Factory", "attrs.Factory"}
)
"""Functions that describe a field of a dataclass or attrs class."""

EXTERNAL_SIGNATURES: dict[str, tuple[tuple[str, str, bool, str], ...]] = {
    "fastapi.security.OAuth2PasswordRequestForm": (
        ("grant_type", "form", False, "str | None"),
        ("username", "form", True, "str"),
        ("password", "form", True, "str"),
        ("scope", "form", False, "str"),
        ("client_id", "form", False, "str | None"),
        ("client_secret", "form", False, "str | None"),
    ),
    "fastapi.security.OAuth2PasswordRequestFormStrict": (
        ("grant_type", "form", True, "str"),
        ("username", "form", True, "str"),
        ("password", "form", True, "str"),
        ("scope", "form", False, "str"),
        ("client_id", "form", False, "str | None"),
        ("client_secret", "form", False, "str | None"),
    ),
    "fastapi_pagination.Params": (("page", "query", False, "int"), ("size", "query", False, "int")),
    "fastapi_pagination.LimitOffsetParams": (("limit", "query", False, "int"), ("offset", "query", False, "int")),
    "fastapi_limiter.depends.RateLimiter()": (),
    "fastapi_limiter.depends.WebSocketRateLimiter()": (),
    "dependency_injector.wiring.Provide": (),
    "fastapi_jwt_auth.AuthJWT": (),
    "async_fastapi_jwt_auth.AuthJWT": (),
}
"""External callables that serve as dependencies: name, place, requiredness and type of their parameters; what FastAPI
injects apart. A name with ``()`` is an instance of the class."""
