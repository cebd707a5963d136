"""Which calls of well-known libraries store a new object, and which change or delete stored ones.

Calls are named by the last word of the callee and what stands before it. Sources: the reference pages of
SQLAlchemy (https://docs.sqlalchemy.org/en/20/orm/session_api.html), SQLModel, Tortoise
(https://tortoise.github.io/models.html), Beanie (https://beanie-odm.dev/api-documentation/document/), ODMantic, Ormar,
MongoEngine, PyMongo and Motor (https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html), FastCRUD.
"""

from __future__ import annotations

import re

SESSIONS = ("sqlalchemy.", "sqlmodel.", "fastapi_async_sqlalchemy.", "fastapi_sqlalchemy.", "odmantic.")
"""What the names of sessions and their like begin with."""

ADDING_METHODS = frozenset({"add", "add_all", "bulk_save_objects", "save", "save_all"})
"""Methods of sessions that store the new objects among those they are given."""

INSERTING_METHODS = frozenset({"bulk_insert_mappings"})
"""Methods of sessions that store rows of the class they are given first."""

DELETING_METHODS = frozenset({"delete", "delete_all"})
"""Methods of sessions and queries that delete."""

EXECUTING_METHODS = frozenset(
    """
    execute exec scalar scalars stream stream_scalars execute_many fetch_one fetch_all fetch_val exec_driver_sql
    executemany executescript fetchrow fetchval
    """.split()
)
"""Methods that send the statement they are given first: those of SQLAlchemy, Databases, and drivers such as sqlite3,
Psycopg and asyncpg."""

SQL_TEXTS = frozenset(f"{owner}.text()" for owner in ("sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression"))
"""What makes a statement of a text."""

SQL_CHANGES = (
    ("create", re.compile(r"\s*insert\s+into\b(?!.*\b(?:select|on\s+conflict|on\s+duplicate)\b)", re.DOTALL | re.I)),
    ("update", re.compile(r"\s*update\s+\S+(?:\s+(?:as\s+)?\w+)?\s+set\b", re.I)),
    ("delete", re.compile(r"\s*delete\s+from\b", re.I)),
)
"""Texts of statements that change something; an INSERT that may insert nothing is none."""

INSERT_STATEMENTS = (
    "sqlalchemy.insert()",
    "sqlalchemy.Insert()",
    "sqlalchemy.Table().insert()",
    "sqlalchemy.dialects.postgresql.insert()",
    "sqlalchemy.dialects.sqlite.insert()",
    "sqlalchemy.dialects.mysql.insert()",
)
"""What makes an INSERT."""

DELETE_STATEMENTS = ("sqlalchemy.delete()", "sqlalchemy.Delete()", "sqlalchemy.Table().delete()")
"""What makes a DELETE."""

UPDATE_STATEMENTS = ("sqlalchemy.update()", "sqlalchemy.Update()", "sqlalchemy.Table().update()")
"""What makes an UPDATE."""

QUERY_UPDATES = frozenset({"sqlalchemy.orm.Query().update"})
"""Methods of queries that change what these find."""

UPSERTING_METHODS = frozenset(
    "on_conflict_do_nothing on_conflict_do_update on_duplicate_key_update prefix_with from_select".split()
)
"""Methods after which an INSERT may insert nothing."""

CONSTRUCTING_METHODS = frozenset(
    "model_validate parse_obj from_orm model_construct construct validate model_validate_json parse_raw".split()
)
"""Class methods of SQLModel and Pydantic that make a new object."""

RECORD_CLASSES = (
    "tortoise.models.Model",
    "tortoise.Model",
    "beanie.Document",
    "beanie.odm.documents.Document",
    "ormar.Model",
    "mongoengine.Document",
    "peewee.Model",
    "piccolo.table.Table",
)
"""Base classes whose objects store themselves."""

RECORD_READING_METHODS = frozenset(
    "all count exists filter find find_all find_one first first_or_none get get_or_none to_list values_list".split()
)
"""Methods by which such a class and its queries read what is stored, when they are awaited."""

RECORD_GIVING_METHODS = frozenset("create find_one get get_or_none".split())
"""Class methods of such a class that give one object."""

RECORD_SAVING_METHODS = frozenset({"save", "insert", "create"})
"""Methods by which a new object of such a class stores itself."""

RECORD_CREATING_METHODS = frozenset({"create", "bulk_create", "insert_one", "insert_many"})
"""Class methods of such a class that store new objects."""

RECORD_UPDATING_METHODS = frozenset({"update", "update_all"})
"""Methods by which objects and queries of such a class change what is stored."""

RECORD_DELETING_METHODS = frozenset({"delete", "delete_all", "delete_instance", "remove"})
"""Methods by which objects and queries of such a class delete."""

DOCUMENT_STORES = ("motor.", "pymongo.", "mongomock.", "mongomock_motor.")
"""What the names of clients of document stores begin with."""

DOCUMENT_CREATING_METHODS = frozenset({"insert_one", "insert_many"})
DOCUMENT_UPDATING_METHODS = frozenset(
    {"update_one", "update_many", "replace_one", "find_one_and_update", "find_one_and_replace"}
)
DOCUMENT_DELETING_METHODS = frozenset({"delete_one", "delete_many", "find_one_and_delete"})

REPOSITORIES = ("fastcrud.FastCRUD()", "fastcrud.crud.fast_crud.FastCRUD()")
"""Ready-made repositories; a project class that derives from one counts too."""

REPOSITORY_CREATING_METHODS = frozenset({"create"})
REPOSITORY_UPDATING_METHODS = frozenset({"update"})
REPOSITORY_DELETING_METHODS = frozenset({"delete", "db_delete"})

WRITING_WORDS = frozenset(
    {*ADDING_METHODS, *INSERTING_METHODS, *DELETING_METHODS, "insert", "Insert", "update", "Update", "Delete", "commit"}
    | RECORD_SAVING_METHODS
    | RECORD_CREATING_METHODS
    | RECORD_UPDATING_METHODS
    | RECORD_DELETING_METHODS
    | DOCUMENT_CREATING_METHODS
    | DOCUMENT_UPDATING_METHODS
    | DOCUMENT_DELETING_METHODS
    | REPOSITORY_DELETING_METHODS
)
"""The last words of all these callees."""

DUPLICATE_ERRORS = frozenset({"IntegrityError", "UniqueViolation", "UniqueViolationError", "DuplicateKeyError"})
"""Exceptions by which databases refuse what exists already."""

DEFERRING_CALLS = frozenset(
    """
    fastapi.BackgroundTasks().add_task starlette.background.BackgroundTasks().add_task
    starlette.background.BackgroundTask asyncio.create_task asyncio.ensure_future
    """.split()
)
DEFERRING_METHODS = frozenset("delay apply_async send_task enqueue enqueue_job kiq".split())
"""What hands work to somebody who does it later: FastAPI, asyncio, Celery, RQ, ARQ, Taskiq."""

SOFT_DELETE_COLUMNS = frozenset(
    "deleted_at is_deleted deleted deleted_on soft_deleted date_deleted deleted_date time_deleted removed_at".split()
)
"""Names of columns that mark a row as deleted."""

ERASING_WORDS = frozenset(
    """
    cleanup clean clear destroy erase expire expired force forever gc hard permanent permanently prune purge remove_all
    reset retention rollback truncate undo vacuum wipe
    """.split()
)
"""Words in the names of functions that mean to delete rows for good."""
