"""Clients that hold connections: they are made once and shared by requests."""

from __future__ import annotations

HTTP_CLIENTS = frozenset({"httpx.AsyncClient", "httpx.Client", "aiohttp.ClientSession", "requests.Session"})
"""HTTP clients with a pool of connections (https://www.python-httpx.org/advanced/clients/,
https://docs.aiohttp.org/en/stable/client_quickstart.html,
https://requests.readthedocs.io/en/latest/user/advanced/#session-objects)."""

REQUEST_METHODS: dict[str, int] = {
    **dict.fromkeys(("get", "post", "put", "patch", "delete", "head", "options"), 0),
    **dict.fromkeys(("request", "stream", "build_request"), 1),
}
"""Their methods that send a request, with the position of its URL."""

PRIVATE_OPTIONS = frozenset("transport connector connection_pool proxy proxies cert verify mounts".split())
"""Options that make a client unlike others, or let it share the connections of others."""

SERVICE_CLIENTS: dict[str, str] = {
    **dict.fromkeys(
        (
            "redis.Redis",
            "redis.StrictRedis",
            "redis.from_url",
            "redis.Redis.from_url",
            "redis.asyncio.Redis",
            "redis.asyncio.StrictRedis",
            "redis.asyncio.from_url",
            "redis.asyncio.Redis.from_url",
        ),
        "a Redis client",
    ),
    **dict.fromkeys(("boto3.client", "boto3.resource"), "an AWS client"),
    **dict.fromkeys(
        (
            "pymongo.MongoClient",
            "pymongo.AsyncMongoClient",
            "motor.motor_asyncio.AsyncIOMotorClient",
        ),
        "a MongoDB client",
    ),
    **dict.fromkeys(("elasticsearch.Elasticsearch", "elasticsearch.AsyncElasticsearch"), "an Elasticsearch client"),
}
"""Clients of services, and what messages call them."""

ENGINES: dict[str, str] = dict.fromkeys(
    ("sqlalchemy.create_engine", "sqlalchemy.ext.asyncio.create_async_engine", "sqlmodel.create_engine"),
    "a database engine",
)
"""Pools of database connections (https://docs.sqlalchemy.org/en/20/core/connections.html: one for a process)."""
