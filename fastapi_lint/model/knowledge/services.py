"""Packages that speak to databases and other services, and methods by which they take leave of them."""

from __future__ import annotations

import re

from fastapi_lint.model.knowledge.http_clients import REQUEST_FUNCTIONS

SERVICE_PACKAGES = frozenset(
    """
    sqlalchemy sqlmodel asyncpg psycopg psycopg2 aiomysql pymysql aiosqlite sqlite3 tortoise peewee databases motor
    pymongo beanie redis aioredis aiocache elasticsearch opensearchpy httpx requests aiohttp urllib3 boto3 botocore
    aioboto3 google aiokafka kafka pika aio_pika celery stripe openai anthropic
    """.split()
)
"""Each by the documentation of the package."""

ASKING_FUNCTIONS = frozenset(f"{owner}.{method}" for owner in ("requests", "httpx") for method in REQUEST_FUNCTIONS)
"""Functions of such packages that ask a service without an object of theirs."""

CLEANUPS = re.compile(r"close|cancel|detach|disconnect|dispose|release|rollback|shutdown|stop|terminate|__a?exit__")
"""Methods that end something, whose failure changes nothing."""
