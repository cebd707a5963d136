"""Names of well-known packages, and the canonical names of what they re-export."""

from __future__ import annotations

from functools import lru_cache

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

FRAMEWORKS = frozenset({"fastapi", "starlette", "pydantic", "pydantic_settings", "sqlalchemy", "sqlmodel"})
"""Packages that the model knows by name, in their own repositories too: there the examples are what is linted."""

CANONICAL_NAMES = {
    "fastapi.applications.FastAPI": "fastapi.FastAPI",
    "fastapi.routing.APIRouter": "fastapi.APIRouter",
    # subclasses that add nothing to what the model knows of routers and applications
    "cadwyn.Cadwyn": "fastapi.FastAPI",  # https://docs.cadwyn.dev/
    "cadwyn.VersionedAPIRouter": "fastapi.APIRouter",
    "fastapi_offline.FastAPIOffline": "fastapi.FastAPI",  # https://github.com/turettn/fastapi_offline
    "fastapi_offline.core.FastAPIOffline": "fastapi.FastAPI",
    "fastapi_utils.inferring_router.InferringRouter": "fastapi.APIRouter",  # https://fastapi-utils.davidmontague.xyz/
    "fastapi_restful.inferring_router.InferringRouter": "fastapi.APIRouter",
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
    "sqlmodel.select": "sqlalchemy.select",
    "sqlmodel.sql.expression.select": "sqlalchemy.select",
    "sqlmodel.main.SQLModel": "sqlmodel.SQLModel",
    "sqlmodel.main.Field": "sqlmodel.Field",
    "sqlmodel.main.Relationship": "sqlmodel.Relationship",
    "sqlmodel.orm.session.Session": "sqlmodel.Session",
    "sqlmodel.ext.asyncio.AsyncSession": "sqlmodel.ext.asyncio.session.AsyncSession",
    **{
        f"sqlmodel.{name}": f"sqlalchemy.{name}"
        for name in (
            "ARRAY BigInteger Boolean CheckConstraint Column Computed Date DateTime Enum FetchedValue Float ForeignKey "
            "ForeignKeyConstraint Identity Index Integer Interval JSON LargeBinary MetaData Numeric "
            "PrimaryKeyConstraint Sequence SmallInteger String Table Text Time UniqueConstraint Uuid and_ "
            "asc create_engine delete desc distinct "
            "exists func inspect insert join not_ or_ outerjoin text union union_all update"
        ).split()
    },
    "sqlalchemy.ext.declarative.declarative_base": "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.api.declarative_base": "sqlalchemy.orm.declarative_base",
    "sqlalchemy.ext.declarative.DeclarativeMeta": "sqlalchemy.orm.DeclarativeMeta",
    "sqlalchemy.ext.declarative.synonym_for": "sqlalchemy.orm.synonym_for",
    "sqlalchemy.ext.declarative.has_inherited_table": "sqlalchemy.orm.has_inherited_table",
    "sqlalchemy.orm.base.Mapped": "sqlalchemy.orm.Mapped",
    "sqlalchemy.orm._orm_constructors.relationship": "sqlalchemy.orm.relationship",
    "sqlalchemy.orm._orm_constructors.mapped_column": "sqlalchemy.orm.mapped_column",
    "sqlalchemy.engine.url.make_url": "sqlalchemy.make_url",
    "sqlalchemy.engine.url.URL": "sqlalchemy.URL",
    "sqlalchemy.engine.reflection.Inspector": "sqlalchemy.Inspector",
    "sqlalchemy.sql.functions.func": "sqlalchemy.func",
    "sqlalchemy.inspection.inspect": "sqlalchemy.inspect",
    "fastapi_users.db.SQLAlchemyBaseUserTable": "fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTable",
    "fastapi_users.db.SQLAlchemyBaseUserTableUUID": "fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTableUUID",
    "fastapi_users.db.SQLAlchemyBaseOAuthAccountTable": "fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTable",
    "fastapi_users.db.SQLAlchemyBaseOAuthAccountTableUUID": (
        "fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTableUUID"
    ),
    "sqlalchemy.ext.declarative.as_declarative": "sqlalchemy.orm.as_declarative",
    "sqlalchemy.ext.declarative.declared_attr": "sqlalchemy.orm.declared_attr",
    "pydantic.main.BaseModel": "pydantic.BaseModel",
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
    ("pydantic.fields.", "pydantic."),
    ("pydantic.functional_validators.", "pydantic."),
    ("pydantic.functional_serializers.", "pydantic."),
    ("pydantic.class_validators.", "pydantic."),
    ("pydantic.root_model.", "pydantic."),
    ("pydantic.config.", "pydantic."),
    ("pydantic.types.", "pydantic."),
    ("pydantic.networks.", "pydantic."),
    ("sqlalchemy.ext.asyncio.engine.", "sqlalchemy.ext.asyncio."),
    ("sqlalchemy.ext.asyncio.session.", "sqlalchemy.ext.asyncio."),
    ("sqlalchemy.ext.asyncio.result.", "sqlalchemy.ext.asyncio."),
    ("sqlalchemy.ext.asyncio.scoping.", "sqlalchemy.ext.asyncio."),
    ("sqlalchemy.engine.base.", "sqlalchemy."),
    ("sqlalchemy.engine.result.", "sqlalchemy."),
    ("sqlalchemy.engine.cursor.", "sqlalchemy."),
    ("sqlalchemy.engine.create.", "sqlalchemy."),
    ("sqlalchemy.engine.", "sqlalchemy."),
    ("sqlalchemy.future.", "sqlalchemy."),
    ("sqlalchemy.schema.", "sqlalchemy."),
    ("sqlalchemy.types.", "sqlalchemy."),
    ("sqlalchemy.sql.schema.", "sqlalchemy."),
    ("sqlalchemy.sql.sqltypes.", "sqlalchemy."),
    ("sqlalchemy.sql.expression.", "sqlalchemy."),
    ("sqlalchemy.sql.selectable.", "sqlalchemy."),
    ("sqlalchemy.sql.", "sqlalchemy."),
    ("sqlalchemy.orm.decl_api.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.session.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.scoping.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.query.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.relationships.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.properties.", "sqlalchemy.orm."),
    ("sqlalchemy.orm.strategy_options.", "sqlalchemy.orm."),
)
"""Whole modules that are re-exported elsewhere."""


@lru_cache(maxsize=50_000)
def canonical(name: str) -> str:
    """The name by which the model speaks of an external thing, whichever of its public names was imported."""
    known = CANONICAL_NAMES.get(name)
    if known is not None:
        return known
    for prefix, target in CANONICAL_PREFIXES:
        if name.startswith(prefix):
            return target + name[len(prefix) :]
    return name
