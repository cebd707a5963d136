"""Names of well-known packages, and the canonical names of what they re-export."""

from __future__ import annotations

KNOWN_DISTRIBUTIONS = frozenset(
    """
    aiobotocore aiofiles aiohttp aiokafka aiomysql aiopg aioredis aiosmtplib aiosqlite alembic anthropic anyio
    apscheduler argon2 arq asyncpg authlib azure bcrypt beanie boto3 botocore bs4 celery click confluent_kafka
    cryptography cv2 databases dateutil dns dotenv elasticsearch emails factory faker fastapi fastapi_cache
    fastapi_limiter fastapi_mail fastapi_pagination fastapi_users fastapi_utils google gunicorn h11 httpcore httpx
    itsdangerous jinja2 jose jwt kafka kombu ldap3 libcst limits loguru lxml markdown minio mongoengine motor mysql
    numpy odmantic openai opentelemetry orjson ormar pandas paramiko passlib peewee pika PIL prometheus_client psutil
    psycopg psycopg2 pwdlib pydantic pydantic_settings pymongo pymysql pytest redis requests rich scipy sendgrid
    sentry_sdk simplejson slowapi smtplib sqlalchemy sqlalchemy_utils sqlmodel starlette structlog stripe tenacity
    toml tomli torch tortoise tqdm transformers twilio typer typing_extensions ujson urllib3 uvicorn uvloop websockets
    werkzeug yaml zmq
    """.split()
)
"""Import names that mean the installed package even where a folder of the project has a file of that name."""

CANONICAL_NAMES = {
    "fastapi.applications.FastAPI": "fastapi.FastAPI",
    "fastapi.routing.APIRouter": "fastapi.APIRouter",
    "fastapi.params.Depends": "fastapi.Depends",
    "fastapi.params.Security": "fastapi.Security",
    "fastapi.exceptions.HTTPException": "fastapi.HTTPException",
    "fastapi.datastructures.UploadFile": "fastapi.UploadFile",
    "fastapi.background.BackgroundTasks": "fastapi.BackgroundTasks",
    "fastapi.requests.Request": "starlette.requests.Request",
    "fastapi.requests.HTTPConnection": "starlette.requests.HTTPConnection",
    "fastapi.Request": "starlette.requests.Request",
    "fastapi.Response": "starlette.responses.Response",
    "fastapi.WebSocket": "starlette.websockets.WebSocket",
    "fastapi.websockets.WebSocket": "starlette.websockets.WebSocket",
    "fastapi.WebSocketDisconnect": "starlette.websockets.WebSocketDisconnect",
    "fastapi.security.SecurityScopes": "fastapi.security.SecurityScopes",
    "fastapi.security.oauth2.SecurityScopes": "fastapi.security.SecurityScopes",
    "typing_extensions.Annotated": "typing.Annotated",
    "sqlalchemy.future.select": "sqlalchemy.select",
    "sqlalchemy.sql.select": "sqlalchemy.select",
    "sqlalchemy.sql.expression.select": "sqlalchemy.select",
    "sqlmodel.select": "sqlalchemy.select",
    "sqlmodel.sql.expression.select": "sqlalchemy.select",
    "sqlmodel.main.SQLModel": "sqlmodel.SQLModel",
    "sqlmodel.main.Field": "sqlmodel.Field",
    "sqlmodel.main.Relationship": "sqlmodel.Relationship",
    "sqlmodel.orm.session.Session": "sqlmodel.Session",
    "sqlalchemy.ext.asyncio.session.AsyncSession": "sqlalchemy.ext.asyncio.AsyncSession",
    "sqlalchemy.orm.session.Session": "sqlalchemy.orm.Session",
    "sqlalchemy.orm.query.Query": "sqlalchemy.orm.Query",
    "sqlalchemy.orm.declarative_base": "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.declarative_base": "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.api.declarative_base": "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.as_declarative": "sqlalchemy.orm.as_declarative",
    "sqlalchemy.ext.declarative.declared_attr": "sqlalchemy.orm.declared_attr",
    "sqlalchemy.orm.decl_api.DeclarativeBase": "sqlalchemy.orm.DeclarativeBase",
    "sqlalchemy.sql.schema.Column": "sqlalchemy.Column",
    "sqlalchemy.schema.Column": "sqlalchemy.Column",
    "sqlalchemy.schema.ForeignKey": "sqlalchemy.ForeignKey",
    "sqlalchemy.orm.relationships.relationship": "sqlalchemy.orm.relationship",
    "pydantic.main.BaseModel": "pydantic.BaseModel",
    "pydantic.fields.Field": "pydantic.Field",
    "pydantic.BaseSettings": "pydantic_settings.BaseSettings",
    "pydantic.env_settings.BaseSettings": "pydantic_settings.BaseSettings",
    "pydantic_settings.main.BaseSettings": "pydantic_settings.BaseSettings",
    "pydantic.v1.BaseSettings": "pydantic_settings.BaseSettings",
    "pydantic.v1.BaseModel": "pydantic.BaseModel",
    "pydantic.v1.Field": "pydantic.Field",
    "jose.jwt.jwt": "jose.jwt",
}
"""Other public names of a thing, and the one by which the model speaks of it."""

CANONICAL_PREFIXES = (
    ("fastapi.param_functions.", "fastapi."),
    ("fastapi.responses.", "starlette.responses."),
    ("fastapi.middleware.", "starlette.middleware."),
    ("fastapi.concurrency.", "starlette.concurrency."),
    ("fastapi.staticfiles.", "starlette.staticfiles."),
    ("fastapi.templating.", "starlette.templating."),
    ("fastapi.status.", "starlette.status."),
    ("fastapi.security.oauth2.", "fastapi.security."),
    ("fastapi.security.http.", "fastapi.security."),
    ("fastapi.security.api_key.", "fastapi.security."),
    ("fastapi.security.open_id_connect_url.", "fastapi.security."),
    ("fastapi.security.base.", "fastapi.security."),
    ("typing_extensions.", "typing."),
    ("sqlalchemy.ext.asyncio.engine.", "sqlalchemy.ext.asyncio."),
    ("sqlalchemy.orm.strategy_options.", "sqlalchemy.orm."),
)
"""Whole modules that are re-exported elsewhere."""


def canonical(name: str) -> str:
    """The name by which the model speaks of an external thing, whichever of its public names was imported."""
    known = CANONICAL_NAMES.get(name)
    if known is not None:
        return known
    for prefix, target in CANONICAL_PREFIXES:
        if name.startswith(prefix):
            return target + name[len(prefix) :]
    return name
