"""What calls of sessions, connections and queries do: which send a statement, read, commit, or give a coroutine.

Names are canonical (see :mod:`fastapi_lint.model.knowledge.results`). Sources:
https://docs.sqlalchemy.org/en/20/orm/session_api.html, https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html,
https://docs.sqlalchemy.org/en/20/core/connections.html; ``exec`` is SQLModel's (sqlmodel/orm/session.py).
"""

from __future__ import annotations

from fastapi_lint.model.knowledge.blocking import BlockingCall
from fastapi_lint.model.knowledge.sqlalchemy import (
    ASYNC_SESSIONS,
    DECLARATIVE_BASES,
    GENERATED_BASES,
    QUERY_RESULTS,
    SYNC_SESSIONS,
)

SESSIONS = frozenset((*SYNC_SESSIONS, *ASYNC_SESSIONS))
CONNECTIONS = frozenset({"sqlalchemy.Connection()", "sqlalchemy.ext.asyncio.AsyncConnection()"})
ENGINES = frozenset({"sqlalchemy.Engine()", "sqlalchemy.ext.asyncio.AsyncEngine()"})

COROUTINE_METHODS = frozenset(
    f"{session}.{method}"
    for session in ASYNC_SESSIONS
    for method in """
    close close_all commit connection delete exec execute flush get get_one invalidate merge refresh remove reset
    rollback
    run_sync scalar scalars stream stream_scalars
    """.split()
)
"""Methods of asynchronous sessions that do nothing until they are awaited."""

EXECUTING = frozenset(
    f"{owner}.{method}"
    for owner in SESSIONS | CONNECTIONS
    for method in "execute exec scalar scalars stream stream_scalars".split()
)
"""Methods that send the statement that they are given first."""

READS = frozenset(
    [
        *EXECUTING,
        *(f"{session}.{method}" for session in SESSIONS for method in ("get", "get_one")),
        *(f"sqlalchemy.orm.Query().{method}" for method, gives in QUERY_RESULTS.items() if gives != "write"),
    ]
)
"""Calls that send a SELECT; those of :data:`EXECUTING` when that is their statement."""

WRITES = frozenset(
    [
        *(f"{session}.{method}" for session in SESSIONS for method in "add add_all commit delete flush merge".split()),
        *(f"sqlalchemy.orm.Query().{method}" for method, gives in QUERY_RESULTS.items() if gives == "write"),
    ]
)
"""Calls that change what the database holds, or are about to."""

CHANGES = frozenset({"sqlalchemy.Insert()", "sqlalchemy.Update()", "sqlalchemy.Delete()"})
"""Statements that change what the database holds."""

CHOOSING = frozenset(
    [
        "sqlalchemy.select",
        "sqlmodel.select",
        "sqlalchemy.Select().select_from",
        *(f"{session}.query" for session in SYNC_SESSIONS),
    ]
)
"""Calls that say which table is asked."""

SELECTS = frozenset(
    {
        "sqlalchemy.Select()",
        "sqlalchemy.CompoundSelect()",
        "sqlalchemy.select()",
        "sqlmodel.select()",
    }
)
"""Statements that read."""

COMMITS = frozenset(f"{owner}.commit" for owner in SESSIONS | CONNECTIONS)
"""Calls that end a transaction and keep what it did."""

DATABASE = BlockingCall("the database", "AsyncSession and an asynchronous driver")
"""What a call that sends something to the database does to its thread."""

MAKERS = {
    **{name.removesuffix("()"): "session" for name in (*SYNC_SESSIONS[:2], *ASYNC_SESSIONS[:2])},
    **{
        name: "session"
        for factory in ("sqlalchemy.orm.sessionmaker()", "sqlalchemy.ext.asyncio.async_sessionmaker()")
        for name in (factory, f"{factory}.begin")
    },
    **{f"{engine}.{method}": "connection" for engine in ENGINES for method in ("connect", "begin", "raw_connection")},
    "sqlalchemy.create_engine": "engine",
    "sqlalchemy.engine_from_config": "engine",
    "sqlalchemy.ext.asyncio.create_async_engine": "engine",
    "sqlalchemy.ext.asyncio.async_engine_from_config": "engine",
    "sqlmodel.create_engine": "engine",
    **{
        f"{driver}.connect": "connection"
        for driver in """
        aiomysql aiosqlite asyncpg duckdb mysql.connector MySQLdb psycopg psycopg.AsyncConnection psycopg2 pymysql
        sqlite3
        """.split()
    },
}
"""Calls that make a session, a connection or an engine, and which of them; ``connect`` of drivers is that of PEP 249
(https://peps.python.org/pep-0249/#connect) and its asynchronous kin."""

ASYNC_FACTORIES = frozenset(
    {
        "sqlalchemy.ext.asyncio.async_sessionmaker",
        "sqlalchemy.orm.sessionmaker",
        "sqlalchemy.ext.asyncio.AsyncSession",
        "sqlmodel.ext.asyncio.session.AsyncSession",
    }
)
"""What makes asynchronous sessions, or may be told to; all take ``expire_on_commit``."""

TABLE_CREATORS = frozenset(
    f"{base}.metadata.create_all" for base in (*DECLARATIVE_BASES, *GENERATED_BASES, "sqlmodel.SQLModel")
) | {"sqlalchemy.MetaData().create_all", "sqlalchemy.orm.registry().metadata.create_all"}
"""What creates all tables of the models."""

ASYNC_ENGINE_MAKERS = frozenset(
    {"sqlalchemy.ext.asyncio.create_async_engine", "sqlalchemy.ext.asyncio.async_engine_from_config"}
)
ENGINE_MAKERS = frozenset(
    {"sqlalchemy.create_engine", "sqlmodel.create_engine", "sqlalchemy.ext.asyncio.create_async_engine"}
)
"""What makes an engine of a URL."""

POOL_OPTIONS = frozenset(
    "pool poolclass pool_size max_overflow pool_pre_ping pool_recycle pool_timeout creator".split()
)
"""Options of an engine that say something about its pool."""
