"""aioredis 2, and where ``redis`` has the same.

Sources: https://github.com/aio-libs-abandoned/aioredis-py/blob/v2.0.1/aioredis/__init__.py,
https://github.com/redis/redis-py/blob/v4.2.0/redis/asyncio/__init__.py
"""

from __future__ import annotations

AIOREDIS = "aioredis"

AIOREDIS_NAMES = frozenset(
    """
    AuthenticationError AuthenticationWrongNumberOfArgsError BlockingConnectionPool BusyLoadingError
    ChildDeadlockedError Connection ConnectionError ConnectionPool DataError from_url InvalidResponse PubSubError
    ReadOnlyError Redis RedisError ResponseError Sentinel SentinelConnectionPool SentinelManagedConnection
    SentinelManagedSSLConnection SSLConnection StrictRedis TimeoutError UnixDomainSocketConnection WatchError
    """.split()
)
"""What both packages export; the functions of aioredis 1 (``create_redis_pool``) have no successor of their name."""

AIOREDIS_SUCCESSORS = {
    AIOREDIS: "redis.asyncio",
    "aioredis.client": "redis.asyncio.client",
    "aioredis.connection": "redis.asyncio.connection",
    "aioredis.exceptions": "redis.exceptions",
    "aioredis.lock": "redis.asyncio.lock",
    "aioredis.sentinel": "redis.asyncio.sentinel",
    "aioredis.utils": "redis.asyncio.utils",
}
"""The modules of aioredis 2, and those that have their contents since redis 4.2."""
