"""What SQLAlchemy and SQLModel make of a class body, and what sessions, connections and results do.

Sources: https://docs.sqlalchemy.org/en/20/orm/ (declarative mapping, relationship loading, session API), the 1.4 pages
for the legacy names, https://sqlmodel.tiangolo.com/, and the sources of SQLAlchemy 2.1, SQLModel 0.0.50 and
fastapi-users-db-sqlalchemy 4.0. Signatures were read from the running library by ``inspect``.
"""

from __future__ import annotations

# Which classes are mapped

DECLARATIVE_BASES = frozenset({"sqlalchemy.orm.DeclarativeBase", "sqlalchemy.orm.DeclarativeBaseNoMeta"})
"""Classes whose direct subclasses are declarative bases, and whose further subclasses are mapped."""

GENERATED_BASES = frozenset(
    {
        "sqlalchemy.orm.declarative_base()",
        "sqlalchemy.orm.registry().generate_base()",
        "sqlalchemy.ext.automap.automap_base()",
    }
)
"""Calls that make a declarative base; ``cls=`` names a class that it derives from."""

REFLECTING_BASES = frozenset({"sqlalchemy.ext.automap.automap_base()", "sqlalchemy.ext.declarative.DeferredReflection"})
"""Bases whose subclasses take columns from the database."""

READY_BASES = frozenset(
    """
    advanced_alchemy.base.DefaultBase advanced_alchemy.base.UUIDBase advanced_alchemy.base.UUIDAuditBase
    advanced_alchemy.base.UUIDv6Base advanced_alchemy.base.UUIDv7Base advanced_alchemy.base.UUIDv6AuditBase
    advanced_alchemy.base.UUIDv7AuditBase advanced_alchemy.base.BigIntBase advanced_alchemy.base.BigIntAuditBase
    advanced_alchemy.base.NanoIDBase advanced_alchemy.base.NanoIDAuditBase
    """.split()
)
"""Declarative bases of other packages; their columns and table names are not known here."""

BASE_DECORATORS = frozenset(
    {
        "sqlalchemy.orm.as_declarative()",
        "sqlalchemy.orm.registry().as_declarative_base()",
    }
)
"""Decorators that make a class a declarative base."""

MAPPING_DECORATORS = frozenset(
    {
        "sqlalchemy.orm.registry().mapped",
        "sqlalchemy.orm.registry().mapped_as_dataclass",
        "sqlalchemy.orm.registry().mapped_as_dataclass()",
        "sqlalchemy.orm.mapped_as_dataclass()",
    }
)
"""Decorators that map a class of no declarative base."""

DECLARATIVE_METACLASSES = frozenset({"sqlalchemy.orm.DeclarativeMeta"})
"""Metaclasses that make a class a declarative base."""

SQLMODEL_BASE = "sqlmodel.SQLModel"
"""The base whose subclasses are mapped when they say ``table=True``."""

INERT_BASES = frozenset(
    """
    object abc.ABC typing.Generic typing.Protocol sqlmodel.SQLModel pydantic.BaseModel
    sqlalchemy.orm.DeclarativeBase sqlalchemy.orm.DeclarativeBaseNoMeta sqlalchemy.orm.MappedAsDataclass
    sqlalchemy.ext.asyncio.AsyncAttrs sqlalchemy.ext.declarative.ConcreteBase
    sqlalchemy.ext.declarative.AbstractConcreteBase sqlalchemy_mixins.ActiveRecordMixin sqlalchemy_mixins.ReprMixin
    sqlalchemy_mixins.SerializeMixin sqlalchemy_mixins.SmartQueryMixin sqlalchemy_mixins.AllFeaturesMixin
    """.split()
)
"""External base classes that bring neither columns nor a table name."""

# What stands in the body of a mapped class

COLUMN_FACTORIES = frozenset(
    {"sqlalchemy.Column()", "sqlalchemy.orm.mapped_column()", "sqlalchemy.orm.unmapped_column()"}
)
"""Calls that make a column: ``(name?, type?, *constraints, **options)``."""

MAPPED_COLUMN = "sqlalchemy.orm.mapped_column()"
"""The column factory that reads the annotation."""

COLUMN_WRAPPERS = frozenset({"sqlalchemy.orm.deferred()", "sqlalchemy.orm.column_property()"})
"""Calls whose first argument may be a column."""

SQLMODEL_FIELD = "sqlmodel.Field()"
"""The field factory of SQLModel, which takes column options too."""

MAPPED_CONTAINERS = frozenset(
    {
        "sqlalchemy.orm.Mapped",
        "sqlalchemy.orm.DynamicMapped",
        "sqlalchemy.orm.WriteOnlyMapped",
        "sqlalchemy.orm.Relationship",
        "sqlalchemy.orm.MappedColumn",
        "sqlalchemy.orm.Synonym",
        "sqlalchemy.orm.Composite",
        "sqlalchemy.orm.MappedSQLExpression",
    }
)
"""Annotations that declare a mapped attribute."""

CONTAINER_STRATEGIES = {"sqlalchemy.orm.DynamicMapped": "dynamic", "sqlalchemy.orm.WriteOnlyMapped": "write_only"}
"""Annotations that set the lazy strategy of a relationship."""

RELATIONSHIP_FACTORIES = {
    "sqlalchemy.orm.relationship()": "select",
    "sqlalchemy.orm.Relationship()": "select",
    "sqlalchemy.orm.RelationshipProperty()": "select",
    "sqlalchemy.orm.dynamic_loader()": "dynamic",
    "sqlmodel.Relationship()": "select",
}
"""Calls that make a relationship, and its lazy strategy when none is named."""

SQLMODEL_RELATIONSHIP = "sqlmodel.Relationship()"
"""The relationship factory of SQLModel, which hands its keywords on."""

DECLARED_ATTRIBUTES = frozenset(
    {
        "sqlalchemy.orm.declared_attr",
        "sqlalchemy.orm.declared_attr.directive",
        "sqlalchemy.orm.declared_attr.cascading",
        "sqlalchemy.orm.declared_attr.cascading.directive",
    }
)
"""Decorators of methods that are called once per mapped class."""

ASSOCIATION_PROXIES = frozenset(
    {"sqlalchemy.ext.associationproxy.association_proxy()", "sqlalchemy.ext.associationproxy.AssociationProxy()"}
)
"""Calls that make an attribute read through a relationship."""

SYNONYMS = frozenset({"sqlalchemy.orm.synonym()"})
"""Calls that make another name of a mapped attribute."""

BACKREF = "sqlalchemy.orm.backref()"
"""The call that describes the other end of a relationship."""

FOREIGN_KEY = "sqlalchemy.ForeignKey()"
FOREIGN_KEY_CONSTRAINT = "sqlalchemy.ForeignKeyConstraint()"
INDEX = "sqlalchemy.Index()"
UNIQUE_CONSTRAINT = "sqlalchemy.UniqueConstraint()"
PRIMARY_KEY_CONSTRAINT = "sqlalchemy.PrimaryKeyConstraint()"
TABLE = "sqlalchemy.Table()"
METADATA = "sqlalchemy.MetaData()"

SCHEMA_ITEMS = frozenset(
    {
        FOREIGN_KEY,
        "sqlalchemy.Sequence()",
        "sqlalchemy.Identity()",
        "sqlalchemy.Computed()",
        "sqlalchemy.CheckConstraint()",
        "sqlalchemy.DefaultClause()",
        "sqlalchemy.FetchedValue()",
        "sqlalchemy.ColumnDefault()",
    }
)
"""Positional arguments of a column that are not its type."""

ORDERING_METHODS = frozenset("asc desc nulls_first nulls_last nullsfirst nullslast".split())
"""Methods of columns that give a sort order."""

ORDERINGS = frozenset(f"sqlalchemy.{name}()" for name in ORDERING_METHODS)
"""Functions that do."""

COLLECTION_TYPES = frozenset(
    """
    list set frozenset tuple dict collections.deque collections.abc.Sequence collections.abc.Collection
    collections.abc.Iterable collections.abc.Set collections.abc.MutableSequence collections.abc.MutableSet
    collections.abc.Mapping collections.abc.MutableMapping sqlalchemy.orm.KeyFuncDict sqlalchemy.orm.MappedCollection
    sqlalchemy.ext.orderinglist.OrderingList
    """.split()
)
"""Types in ``Mapped[...]`` that make a relationship a collection."""

EXTERNAL_TABLES = {
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTable": "user",
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTableUUID": "user",
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTable": "oauth_account",
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTableUUID": "oauth_account",
    "fastapi_users_db_sqlalchemy.access_token.SQLAlchemyBaseAccessTokenTable": "accesstoken",
    "fastapi_users_db_sqlalchemy.access_token.SQLAlchemyBaseAccessTokenTableUUID": "accesstoken",
}
"""Table names that external mixins bring along."""

_USER = (
    ("email", "str", "unique index"),
    ("hashed_password", "str", ""),
    ("is_active", "bool", "default"),
    ("is_superuser", "bool", "default"),
    ("is_verified", "bool", "default"),
)
_OAUTH = (
    ("oauth_name", "str", "index"),
    ("access_token", "str", ""),
    ("expires_at", "int", "nullable"),
    ("refresh_token", "str", "nullable"),
    ("account_id", "str", "index"),
    ("account_email", "str", ""),
)
_TOKEN = (("token", "str", "primary_key"), ("created_at", "datetime.datetime", "index default"))
_UUID_KEY = (("id", "uuid.UUID", "primary_key default"),)
_USER_ID = (("user_id", "uuid.UUID", "foreign_key=user.id"),)

EXTERNAL_COLUMNS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTable": _USER,
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseUserTableUUID": _UUID_KEY + _USER,
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTable": _OAUTH,
    "fastapi_users_db_sqlalchemy.SQLAlchemyBaseOAuthAccountTableUUID": _UUID_KEY + _OAUTH + _USER_ID,
    "fastapi_users_db_sqlalchemy.access_token.SQLAlchemyBaseAccessTokenTable": _TOKEN,
    "fastapi_users_db_sqlalchemy.access_token.SQLAlchemyBaseAccessTokenTableUUID": _TOKEN + _USER_ID,
    "sqlalchemy_utils.Timestamp": tuple((name, "datetime.datetime", "default") for name in ("created", "updated")),
}
"""Columns that external mixins bring along: name, Python type, and options ("unique index primary_key nullable default
foreign_key=…")."""

BOUNDING_METHODS = frozenset({"limit", "offset", "slice", "fetch", "top"})
"""Methods of statements and queries after which not all rows are given."""

# How relationships load

LAZY_STRATEGIES = frozenset({"select", True})
"""Values of ``lazy=`` that load at first access, with a statement per parent."""

EXPLICIT_STRATEGIES = frozenset({"dynamic", "write_only"})
"""Values of ``lazy=`` that give an object to query rather than the related rows."""

LOADER_OPTIONS = {
    "sqlalchemy.orm.joinedload": "joined",
    "sqlalchemy.orm.selectinload": "selectin",
    "sqlalchemy.orm.subqueryload": "subquery",
    "sqlalchemy.orm.immediateload": "immediate",
    "sqlalchemy.orm.contains_eager": "joined",
    "sqlalchemy.orm.lazyload": "select",
    "sqlalchemy.orm.raiseload": "raise",
    "sqlalchemy.orm.noload": "noload",
    "sqlalchemy.orm.defaultload": "default",
    "sqlalchemy.orm.selectin_polymorphic": "polymorphic",
}
"""Functions, and methods of ``Load`` objects by their last word, that say how a statement loads relationships.

All take the attribute first; they chain (``selectinload(User.items).joinedload(Item.tags)``); ``"*"`` means all."""

# What sessions, connections and results do

SYNC_SESSIONS = ("sqlalchemy.orm.Session()", "sqlmodel.Session()", "sqlalchemy.orm.scoped_session()")
ASYNC_SESSIONS = (
    "sqlalchemy.ext.asyncio.AsyncSession()",
    "sqlmodel.ext.asyncio.session.AsyncSession()",
    "sqlalchemy.ext.asyncio.async_scoped_session()",
)
"""Names of session instances; scoped sessions offer the same methods."""

BLOCKING_SESSION_METHODS = frozenset(
    """
    execute exec scalar scalars get get_one refresh merge merge_all bulk_save_objects bulk_insert_mappings
    bulk_update_mappings commit flush rollback connection
    """.split()
)
"""Methods of a synchronous session that talk to the database. (``add``, ``delete``, ``expire`` only take notes.)"""

QUERY_RESULTS = {
    "all": "list",
    "first": "one",
    "one": "one",
    "one_or_none": "one",
    "get": "one",
    "scalar": "scalar",
    "value": "scalar",
    "values": "list",
    "count": "scalar",
    "update": "write",
    "delete": "write",
    "__iter__": "list",
    "__getitem__": "one",
}
"""Methods of ``Query`` that send the statement, by what they give."""

QUERY_BUILDERS = frozenset(
    """
    add_column add_columns add_entity correlate distinct enable_eagerloads except_ except_all execution_options filter
    filter_by from_self from_statement group_by having intersect intersect_all join limit offset options order_by
    outerjoin params populate_existing prefix_with reset_joinpoint select_from select_entity_from slice suffix_with
    tuples union union_all where with_entities with_for_update with_hint with_labels with_parent with_session
    with_statement_hint with_transformation yield_per autoflush enable_assertions
    """.split()
)
"""Methods of ``Query`` that return a ``Query``."""

STATEMENT_BUILDERS = {
    "sqlalchemy.Select()": frozenset(
        """
        add_columns add_cte column correlate correlate_except distinct execution_options fetch filter filter_by group_by
        having join join_from limit offset options order_by outerjoin outerjoin_from params prefix_with reduce_columns
        select_from set_label_style slice suffix_with where with_for_update with_hint with_only_columns
        with_statement_hint
        """.split()
    ),
    "sqlalchemy.Update()": frozenset(
        """
        add_cte execution_options filter filter_by inline options ordered_values prefix_with return_defaults returning
        values where with_dialect_options with_hint
        """.split()
    ),
    "sqlalchemy.Delete()": frozenset(
        """
        add_cte execution_options filter filter_by options prefix_with return_defaults returning using where
        with_dialect_options with_hint
        """.split()
    ),
    "sqlalchemy.Insert()": frozenset(
        """
        add_cte execution_options from_select inline options prefix_with return_defaults returning values
        with_dialect_options with_hint on_conflict_do_nothing on_conflict_do_update on_duplicate_key_update
        """.split()
    ),
    "sqlalchemy.CompoundSelect()": frozenset(
        "add_cte execution_options fetch group_by limit offset options order_by slice with_for_update".split()
    ),
}
"""Methods of statements that return the same kind of statement."""

RESULT_METHODS = {
    "all": "list",
    "fetchall": "list",
    "fetchmany": "list",
    "partitions": "list",
    "first": "one",
    "one": "one",
    "one_or_none": "one",
    "fetchone": "one",
    "scalar": "scalar",
    "scalar_one": "scalar",
    "scalar_one_or_none": "scalar",
    "__iter__": "list",
}
"""Methods of results that give rows, by what they give."""

BLOCKING_CONNECTION_METHODS = frozenset(
    "execute exec_driver_sql scalar scalars commit rollback begin begin_nested begin_twophase".split()
)
"""Methods of a synchronous connection that talk to the database."""

BLOCKING_CALLS = frozenset(
    [f"{session}.{method}" for session in SYNC_SESSIONS for method in sorted(BLOCKING_SESSION_METHODS)]
    + [f"sqlalchemy.orm.Query().{method}" for method in QUERY_RESULTS]
    + [f"sqlalchemy.Connection().{method}" for method in sorted(BLOCKING_CONNECTION_METHODS)]
    + [
        "sqlalchemy.Engine().connect",
        "sqlalchemy.Engine().begin",
        "sqlalchemy.Engine().raw_connection",
        "sqlalchemy.Engine().execute",
        "sqlalchemy.MetaData().create_all",
        "sqlalchemy.MetaData().drop_all",
        "sqlalchemy.MetaData().reflect",
    ]
)
"""Callees that block the thread on the database."""

CLASS_ARGUMENTS = {"sqlalchemy.orm.sessionmaker()": "class_", "sqlalchemy.ext.asyncio.async_sessionmaker()": "class_"}
"""Factories that make instances of the class passed under this keyword, when one is."""

SESSION_FACTORIES = {
    "sqlalchemy.orm.sessionmaker()": "sqlalchemy.orm.Session()",
    "sqlalchemy.ext.asyncio.async_sessionmaker()": "sqlalchemy.ext.asyncio.AsyncSession()",
    "sqlalchemy.orm.scoped_session()": "sqlalchemy.orm.Session()",
    "sqlalchemy.ext.asyncio.async_scoped_session()": "sqlalchemy.ext.asyncio.AsyncSession()",
}
"""Factories of sessions and what they make without a class argument."""


def _returning(owner: str, result: str, methods: str) -> dict[str, str]:
    """``owner.method()`` gives ``result`` for each of the methods."""
    return {f"{owner}.{method}()": result for method in methods.split()}


def _context(name: str, result: str = "") -> dict[str, str]:
    """``with name``, or ``async with name`` for asynchronous things, gives ``result``, or the thing itself."""
    return {f"{name}.{'__aenter__' if 'asyncio.' in name else '__enter__'}()": result or name}


_SYNC_RESULT, _SYNC_SCALARS = "sqlalchemy.Result()", "sqlalchemy.ScalarResult()"
_STREAM, _STREAM_SCALARS = "sqlalchemy.ext.asyncio.AsyncResult()", "sqlalchemy.ext.asyncio.AsyncScalarResult()"

RESULT_TYPES: dict[str, str] = {
    "sqlalchemy.create_engine()": "sqlalchemy.Engine()",
    "sqlalchemy.engine_from_config()": "sqlalchemy.Engine()",
    "sqlalchemy.ext.asyncio.create_async_engine()": "sqlalchemy.ext.asyncio.AsyncEngine()",
    "sqlalchemy.ext.asyncio.async_engine_from_config()": "sqlalchemy.ext.asyncio.AsyncEngine()",
    "sqlalchemy.select()": "sqlalchemy.Select()",
    "sqlmodel.sql.expression.Select()": "sqlalchemy.Select()",
    "sqlmodel.sql.expression.SelectOfScalar()": "sqlalchemy.Select()",
    "sqlalchemy.update()": "sqlalchemy.Update()",
    "sqlalchemy.delete()": "sqlalchemy.Delete()",
    "sqlalchemy.insert()": "sqlalchemy.Insert()",
    "sqlalchemy.dialects.postgresql.insert()": "sqlalchemy.Insert()",
    "sqlalchemy.dialects.sqlite.insert()": "sqlalchemy.Insert()",
    "sqlalchemy.dialects.mysql.insert()": "sqlalchemy.Insert()",
    "sqlalchemy.orm.create_session()": "sqlalchemy.orm.Session()",
    "sqlalchemy.orm.object_session()": "sqlalchemy.orm.Session()",
    **{f"{factory}()": result for factory, result in SESSION_FACTORIES.items()},
    **{
        name: result
        for factory, result in SESSION_FACTORIES.items()
        for name, result in _context(f"{factory}.begin()", result).items()
    },
    **{
        name: result
        for session in SYNC_SESSIONS
        for name, result in {
            **({} if session in SESSION_FACTORIES else _context(session)),
            **_context(f"{session}.no_autoflush", session),
            **_returning(session, "sqlalchemy.orm.Query()", "query"),
            **_returning(session, _SYNC_RESULT, "execute"),
            **_returning(session, _SYNC_SCALARS, "scalars exec"),
            **_returning(session, "sqlalchemy.Connection()", "connection"),
            **_returning(session, "sqlalchemy.orm.SessionTransaction()", "begin begin_nested"),
        }.items()
    },
    **{
        name: result
        for session in ASYNC_SESSIONS
        for name, result in {
            **({} if session in SESSION_FACTORIES else _context(session)),
            **_returning(session, _SYNC_RESULT, "execute"),
            **_returning(session, _SYNC_SCALARS, "scalars exec"),
            **_returning(session, _STREAM, "stream"),
            **_returning(session, _STREAM_SCALARS, "stream_scalars"),
            **_returning(session, "sqlalchemy.ext.asyncio.AsyncConnection()", "connection"),
            **_returning(session, "sqlalchemy.ext.asyncio.AsyncSessionTransaction()", "begin begin_nested"),
        }.items()
    },
    **_returning("sqlalchemy.orm.Query()", "sqlalchemy.orm.Query()", " ".join(sorted(QUERY_BUILDERS))),
    **{
        name: statement
        for statement, methods in STATEMENT_BUILDERS.items()
        for name in _returning(statement, statement, " ".join(sorted(methods)))
    },
    **_returning("sqlalchemy.Select()", "sqlalchemy.CompoundSelect()", "union union_all except_ except_all intersect"),
    **_returning("sqlalchemy.Engine()", "sqlalchemy.Connection()", "connect"),
    **_context("sqlalchemy.Engine().begin()", "sqlalchemy.Connection()"),
    **_context("sqlalchemy.Connection()"),
    **_returning("sqlalchemy.Connection()", "sqlalchemy.Connection()", "execution_options"),
    **_returning("sqlalchemy.Connection()", _SYNC_RESULT, "execute exec_driver_sql"),
    **_returning("sqlalchemy.Connection()", _SYNC_SCALARS, "scalars"),
    **_returning("sqlalchemy.ext.asyncio.AsyncEngine()", "sqlalchemy.ext.asyncio.AsyncConnection()", "connect"),
    **_context("sqlalchemy.ext.asyncio.AsyncEngine().begin()", "sqlalchemy.ext.asyncio.AsyncConnection()"),
    **_context("sqlalchemy.ext.asyncio.AsyncConnection()"),
    **_returning("sqlalchemy.ext.asyncio.AsyncConnection()", _SYNC_RESULT, "execute exec_driver_sql"),
    **_returning("sqlalchemy.ext.asyncio.AsyncConnection()", _SYNC_SCALARS, "scalars"),
    **_returning("sqlalchemy.ext.asyncio.AsyncConnection()", _STREAM, "stream"),
    **_returning(_SYNC_RESULT, _SYNC_RESULT, "unique yield_per tuples columns"),
    **_returning(_SYNC_RESULT, _SYNC_SCALARS, "scalars"),
    **_returning(_SYNC_RESULT, "sqlalchemy.MappingResult()", "mappings"),
    **_returning(_SYNC_SCALARS, _SYNC_SCALARS, "unique yield_per"),
    **_returning(_STREAM, _STREAM, "unique yield_per tuples columns"),
    **_returning(_STREAM, _STREAM_SCALARS, "scalars"),
    **_returning(_STREAM_SCALARS, _STREAM_SCALARS, "unique yield_per"),
}
"""What well-known calls return: from the name of a call's result to the name of an instance of what it is.

``await`` leaves a name as it is, so that the coroutine methods of AsyncSession are named like their results."""
