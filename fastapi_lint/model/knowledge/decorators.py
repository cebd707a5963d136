"""Decorators of libraries that put another function in the place of the one they are given (their documentation)."""

from __future__ import annotations

WRAPPING_DECORATORS = frozenset(
    """
    functools.cache functools.lru_cache fastapi_cache.decorator.cache aiocache.cached aiocache.decorators.cached
    cachetools.cached cachetools.func.ttl_cache cachetools.func.lru_cache cashews.cache async_lru.alru_cache
    slowapi.Limiter().limit slowapi.extension.Limiter().limit slowapi.Limiter().shared_limit
    slowapi.extension.Limiter().shared_limit tenacity.retry backoff.on_exception backoff.on_predicate
    starlette.authentication.requires
    """.split()
)
"""They cache, limit, repeat or guard calls of that function."""

LIMITERS = frozenset(
    f"{limiter}().{method}"
    for limiter in ("slowapi.Limiter", "slowapi.extension.Limiter")
    for method in ("limit", "shared_limit")
)
LIMITER_PARAMETERS = frozenset({"request", "websocket"})
"""Decorators that limit how often an endpoint is called, and the parameters by one of which they find the request
(https://slowapi.readthedocs.io/en/latest/#limitations-and-known-issues)."""
