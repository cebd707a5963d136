"""A mapped class without a table: the reason of FAL417."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def test_a_class_without_table_is_refused():
    class Base(DeclarativeBase):
        pass

    with pytest.raises(InvalidRequestError, match="does not have a __table__ or __tablename__ specified"):
        type("Book", (Base,), {"__annotations__": {"id": Mapped[int]}, "id": mapped_column(primary_key=True)})


def test_an_abstract_class_needs_none():
    class Base(DeclarativeBase):
        pass

    made = type(
        "Book",
        (Base,),
        {"__abstract__": True, "__annotations__": {"id": Mapped[int]}, "id": mapped_column(primary_key=True)},
    )
    assert not hasattr(made, "__table__")
