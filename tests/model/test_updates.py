"""Which schemas an endpoint writes as a whole."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.stored_input import StoredInput, entered_bodies, stored_inputs
from fastapi_lint.model.endpoints.updates import copied_fields, uses_whole, whole_writes

SOURCE = """
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

app = FastAPI()

class Base(DeclarativeBase): ...

class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]

class Change(BaseModel):
    name: str | None = None

def store(session: Session, values):
    session.execute(update(Item).values(**values))

def keep_none(values):
    return {name: value for name, value in values.items() if value}

@app.patch("/")
def endpoint(change: Change, session: Session):
    item = session.get(Item, 1)
"""


def found(*lines: str) -> list[int]:
    """How many calls lead to each write that an endpoint of these lines makes."""
    project = project_of(SOURCE + "".join(f"    {line}\n" for line in lines))
    route = route_of(project, "PATCH /")
    (cls,) = (cls for cls in project.classes if cls.name == "Change")
    assert route.function is not None
    return [len(write.chain) for write in whole_writes(route.function, frozenset({cls}), project.bodies)]


@pytest.mark.parametrize(
    ("lines", "chains"),
    [
        (["session.query(Item).update(change.model_dump())"], [0]),
        (["data = change.dict()", "session.execute(update(Item).values(**data))"], [0]),
        (["data = change.dict()", "for name in data:", "    setattr(item, name, data[name])"], [0]),
        (["for name, value in change.dict().items():", "    setattr(item, name, value)"], [0]),
        (
            [
                "for name, value in change.dict().items():",
                "    if hasattr(item, name):",
                "        setattr(item, name, 1)",
            ],
            [0],
        ),
        (["for name, value in change.dict().items():", "    if value:", "        setattr(item, name, value)"], []),
        (
            [
                "for name, v in change.dict().items():",
                "    if not v:",
                "        continue",
                "    setattr(item, name, v)",
            ],
            [],
        ),
        (["item.__dict__.update(change.dict())"], [0]),
        (["store(session, change.model_dump())"], [1]),
        (["store(session, values=change.model_dump())"], [1]),
        (["store(session, change.model_dump(exclude_unset=True))"], []),
        (["store(session, keep_none(change.model_dump()))"], []),
        (["store(session, change.model_dump(include={'name'}))"], []),
        (["store(session, change.model_dump(**options))"], []),
        (["print(change.model_dump())"], []),
    ],
)
def test_whole_writes(lines: list[str], chains: list[int]) -> None:
    assert found(*lines) == chains


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("store(session, change)", True),
        ("change.model_dump()", True),
        ("return change", True),
        ("item.name = change.name", False),
        ("print(change.name)", False),
    ],
)
def test_uses_whole(line: str, whole: bool) -> None:
    project = project_of(SOURCE + f"    {line}\n")
    (cls,) = (cls for cls in project.classes if cls.name == "Change")
    function = route_of(project, "PATCH /").function
    assert function is not None
    assert uses_whole(function, cls, project.bodies) is whole


STORED = """
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): ...
class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
class Other: ...
class Taken(BaseModel):
    role: str
app = FastAPI()
def store(values): User(**values)
@app.post("/users")
def create(taken: Taken, names):
    {body}
"""


@pytest.mark.parametrize(
    ("body", "field", "left_out"),
    [
        ("User(**taken.model_dump())", None, set()),
        ("User(**taken.dict(exclude={'id', 'a'}))", None, {"id", "a"}),
        ("store(taken.model_dump())", None, set()),
        ("User(role=taken.role)", "role", set()),
        ("user = User(); user.role = taken.role", "role", set()),
    ],
)
def test_what_mapped_classes_get(body: str, field: str | None, left_out: set[str]) -> None:
    (stored,) = _stored(body)
    assert (stored.field, stored.left_out, stored.model.name) == (field, left_out, "User")
    assert stored.stores("role") and not (left_out and stored.stores("id"))


@pytest.mark.parametrize(
    "body",
    [
        "Other(**taken.model_dump())",
        "User(**taken.model_dump(exclude=names))",
        "User(**taken.model_dump(include={'role'}))",
        "User(**{**taken.model_dump(), 'role': ''})",
        "User(id=taken.role)",
        "User(role=taken.role.lower())",
    ],
)
def test_what_they_do_not_certainly_get(body: str) -> None:
    assert _stored(body) == []


def _stored(body: str) -> list[StoredInput]:
    project = project_of(STORED.format(body=body))
    (route,) = project.routes
    assert route.function is not None
    classes = frozenset(cls for cls in project.classes if cls.name == "Taken")
    return list(stored_inputs(entered_bodies(route.function, classes, project), classes, project))


@pytest.mark.parametrize(
    ("lines", "chains"),
    [
        (["item.name = change.name"], [0]),
        (["rename(item, change)"], [1]),
        (["if change.name:", "    item.name = change.name"], []),
        (["item.name = change.name or item.name"], []),
        (["print(change.name)", "item.name = change.name"], []),
        (["print(change.model_fields_set)", "item.name = change.name"], []),
        (["new = Item(id=1)", "new.name = change.name"], []),
        (["change.name = change.name"], []),
    ],
)
def test_fields_that_are_copied_one_by_one(lines: list[str], chains: list[int]) -> None:
    rename = "def rename(item: Item, change: Change):\n    item.name = change.name\n"
    head, endpoint = SOURCE.split("@app.patch")
    project = project_of(f"{head}{rename}@app.patch{endpoint}" + "".join(f"    {line}\n" for line in lines))
    route = route_of(project, "PATCH /")
    (cls,) = (cls for cls in project.classes if cls.name == "Change")
    assert route.function is not None
    copied = copied_fields(route.function, {cls: ["name"]}, project.bodies, project.orm_models)
    assert [len(field.chain) for field in copied] == chains
