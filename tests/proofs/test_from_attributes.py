"""Which schemas read objects of mapped classes: the reason of FAL215 and of its silences."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlmodel import SQLModel


class Read(BaseModel):
    title: str


class Reading(Read):
    model_config = ConfigDict(from_attributes=True)


class OwnReading(Read):
    @model_validator(mode="before")
    @classmethod
    def read(cls, data: Any) -> Any:
        return {"title": data.title}


class SqlRead(SQLModel):
    title: str


def stored() -> Any:
    """An object of a freshly mapped class: other tests forget all mappers of the process."""

    class Base(DeclarativeBase):
        pass

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]

    return Book(id=1, title="Emma")


def test_a_schema_does_not_read_objects_by_itself() -> None:
    with pytest.raises(ValidationError, match="valid dictionary"):
        Read.model_validate(stored())


@pytest.mark.parametrize("schema", [Reading, OwnReading, SqlRead])
def test_a_schema_does_so_where_it_says_so(schema: Any) -> None:
    assert schema.model_validate(stored()).title == "Emma"


def test_the_call_may_say_it() -> None:
    assert Read.model_validate(stored(), from_attributes=True).title == "Emma"


def test_a_response_model_needs_no_configuration() -> None:
    app = FastAPI()
    app.get("/", response_model=Read)(lambda: SimpleNamespace(title="Emma"))
    assert TestClient(app).get("/").json() == {"title": "Emma"}
