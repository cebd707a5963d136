"""How the fields of a schema become a dict, and which calls write a dict to stored objects.

Sources: https://docs.pydantic.dev/latest/concepts/serialization/, https://docs.sqlalchemy.org/en/20/core/dml.html,
https://docs.sqlalchemy.org/en/20/orm/queryguide/query.html, https://sqlmodel.tiangolo.com/tutorial/fastapi/update/,
https://tortoise.github.io/models.html, https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html,
https://benavlabs.github.io/fastcrud/usage/crud/, https://beanie-odm.dev/tutorial/updating-%26-deleting/.
"""

from __future__ import annotations

DUMPS = frozenset(
    f"{base}.{method}" for base in ("pydantic.BaseModel()", "sqlmodel.SQLModel()") for method in ("model_dump", "dict")
)
"""Methods that make a dict of all fields unless they are told otherwise."""

ENCODER = "fastapi.encoders.jsonable_encoder"
"""What makes a dict of an object that it is called with (https://fastapi.tiangolo.com/tutorial/encoder/)."""

SELECTING_ARGUMENTS = ("exclude_unset", "exclude_none", "exclude_defaults", "include")
"""Arguments with which only some of them are in it."""

STATEMENT_WRITES = frozenset(
    {
        "sqlalchemy.Update().values",
        "sqlalchemy.orm.Query().update",
        "tortoise.queryset.QuerySet().update",
        "fastcrud.FastCRUD().update",
        "beanie.Document().set",
    }
)
"""Calls that put a dict, or keyword arguments, into an UPDATE."""

OBJECT_WRITES = frozenset({"sqlmodel_update", "update_from_dict", "model_copy"})
"""Methods of a stored object that give it the values of a dict."""

MODEL_WRITES = frozenset({"sqlmodel_update"})
"""Those of them that take a model as well, and then give the object all of its fields."""

DOCUMENT_WRITES = frozenset({"update_one", "update_many", "find_one_and_update"})
"""Methods of collections of documents that take ``{"$set": {…}}``."""

INSERTED_VALUES = frozenset({"sqlalchemy.Insert().values"})
"""Calls that put keyword arguments into an INSERT."""

OBJECT_READERS = frozenset({"sqlmodel.SQLModel.model_validate", "sqlmodel.SQLModel.from_orm"})
"""Methods of classes that make an object of the fields of another."""

SET_FIELDS = frozenset({"model_fields_set", "__fields_set__", "exclude_unset", "exclude_none"})
"""Names by which code asks what a client has set (https://docs.pydantic.dev/latest/concepts/models/)."""
