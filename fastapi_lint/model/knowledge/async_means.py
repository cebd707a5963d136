"""What a project uses that waits without blocking, by what it waits for."""

from __future__ import annotations

from fastapi_lint.model.knowledge.sqlalchemy import ASYNC_SESSIONS

DATABASE = "the database"
"""What sessions wait for."""

ASYNC_MEANS: dict[str, tuple[str, ...]] = {
    "an HTTP response": ("httpx.AsyncClient()", "aiohttp.ClientSession()"),
    "the Redis server": ("redis.asyncio.",),
    "the MongoDB server": ("motor.", "pymongo.AsyncMongoClient()"),
    DATABASE: (*ASYNC_SESSIONS, "asyncpg.", "aiosqlite.", "psycopg.AsyncConnection"),
}
"""How the names of calls begin that wait for it on the event loop; keys as in
:mod:`fastapi_lint.model.knowledge.blocking`."""
