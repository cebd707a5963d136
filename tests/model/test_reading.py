"""Which calls validate mapped objects into schemas that cannot read them."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.schemas.reading import unreadable_objects

SOURCE = """
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

class Base(DeclarativeBase): ...

class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)

class Other:
    id: int

class Read(BaseModel):
    id: int

class Reading(Read):
    model_config = ConfigDict(from_attributes=True)

class Not(Reading):
    model_config = ConfigDict(from_attributes=False)

def use(session: Session, book: Book, other: Other, unknown, flag: bool):
"""


@pytest.mark.parametrize(
    ("line", "schemas"),
    [
        ("Read.model_validate(book)", ["Read"]),
        ("Read.model_validate(session.get(Book, 1))", ["Read"]),
        ("Not.model_validate(book)", ["Not"]),
        ("Read.from_orm(book)", ["Read"]),
        ("Read.model_validate(book, from_attributes=False)", ["Read"]),
        ("Read.model_validate(book, from_attributes=True)", []),
        ("Read.model_validate(book, from_attributes=flag)", []),
        ("Read.model_validate(book, **unknown)", []),
        ("Reading.model_validate(book)", []),
        ("Read.model_validate(other)", []),
        ("Read.model_validate(unknown)", []),
        ("Read.model_validate({'id': book.id})", []),
        ("Read.model_validate(book if flag else unknown)", []),
    ],
)
def test_unreadable_objects(line: str, schemas: list[str]) -> None:
    project = project_of(f"{SOURCE}    {line}\n")
    (function,) = (function for function in project.functions if function.name == "use")
    found = unreadable_objects(function, project.bodies, project.schemas, project.orm_models)
    assert [call.schema.name for call in found] == schemas
