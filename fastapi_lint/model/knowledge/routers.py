"""FastAPI's routers and applications: their classes and methods (https://fastapi.tiangolo.com/reference/)."""

from __future__ import annotations

ROUTER_METHODS = frozenset(
    """get put post delete options head patch trace api_route add_api_route route add_route websocket websocket_route
    add_api_websocket_route add_websocket_route include_router mount middleware add_middleware exception_handler
    add_exception_handler on_event add_event_handler host""".split()
)

INCLUDING_METHODS = frozenset({"generate_and_include_versioned_routers"})
"""Methods of subclasses that include each router they are given, as it is in the newest version of the API
(https://docs.cadwyn.dev/)."""

ROUTER_CLASSES = ("fastapi.FastAPI", "fastapi.APIRouter")
APP_CLASSES = ("fastapi.FastAPI",)

DEFAULT_PLACEHOLDER = "fastapi.datastructures.Default"
"""What FastAPI's methods pass on for ``response_model`` and ``response_class`` that they were not given."""

PASSED_ON_WHEN_ABSENT = {
    "response_description": "Successful Response",
    "response_model_by_alias": True,
    "response_model_exclude_unset": False,
    "response_model_exclude_defaults": False,
    "response_model_exclude_none": False,
    "include_in_schema": True,
    **dict.fromkeys(
        """status_code tags dependencies summary description responses deprecated operation_id response_model_include
        response_model_exclude name callbacks openapi_extra""".split()
    ),
}
"""The other arguments that ``router.get()`` and kin pass on to ``api_route()``, and that to ``add_api_route()``, were
they given them or not (verified on FastAPI 0.165)."""

ROUTER_DEFAULTS = {
    "prefix": "",
    "title": "FastAPI",
    "version": "0.1.0",
    "root_path": "",
    "openapi_url": "/openapi.json",
    "docs_url": "/docs",
    "redoc_url": "/redoc",
    "swagger_ui_oauth2_redirect_url": "/docs/oauth2-redirect",
}
"""Attributes that a router or application has when its constructor was not given them."""

DOCUMENTATION_PATHS: dict[str, tuple[str, ...]] = {
    "openapi_url": (),
    "docs_url": ("openapi_url",),
    "swagger_ui_oauth2_redirect_url": ("openapi_url", "docs_url"),
    "redoc_url": ("openapi_url",),
}
"""The options of an application that give the paths of its documentation, and which others each needs
(``FastAPI.setup``)."""

APPS_WITHOUT_ROUTES = (
    "a2wsgi.",
    "aioprometheus.",
    "ariadne.",
    "django.",
    "engineio.",
    "flask.",
    "graphene.",
    "prometheus_client.",
    "socketio.",
    "starlette.",
    "starlette_admin.",
    "starlette_exporter.",
    "starlette_graphene",
    "strawberry.asgi.",
)
"""What may be mounted and has no routes of FastAPI: static files, WSGI, Socket.IO, metrics, GraphQL."""

ADDS_NO_ROUTES = (
    "asgi_correlation_id.",
    "asgi_lifespan.",
    "ddtrace.",
    "elasticapm.",
    "fastapi.",
    "fastapi_cache.",
    "fastapi_limiter.",
    "fastapi_pagination.",
    "granian.",
    "gunicorn.",
    "httpx.",
    "httpx_ws.",
    "hypercorn.",
    "logfire.",
    "mangum.",
    "opentelemetry.",
    "schemathesis.",
    "sentry_sdk.",
    "slowapi.",
    "starlette.",
    "uvicorn.",
)
"""Packages that may be handed an application and add no routes to it: servers, test clients, tracing, limits."""

INSTRUMENTS = frozenset({"prometheus_fastapi_instrumentator.Instrumentator().instrument"})
"""Functions that add none, of packages that do so by others."""

ROUTER_ATTRIBUTES = frozenset(
    """
    add_api_route add_api_websocket_route add_event_handler add_route add_websocket_route api_route app callbacks
    default default_response_class delete dependencies dependency_overrides_provider deprecated form_limits frontend
    generate_unique_id_function get handle head host include_in_schema include_router lifespan lifespan_context matches
    max_body_size middleware_stack mount not_found on_event on_shutdown on_startup options patch post prefix put
    redirect_slashes responses route route_class routes strict_content_type tags trace url_path_for websocket
    websocket_route
    """.split()
)
"""The public attributes of an ``APIRouter`` (FastAPI 0.165)."""
