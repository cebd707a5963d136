"""What queries give, and what they load."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.orm.queries import QueryOrigin, latest, statements
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import Collection, ExternalResult, Instance, Unknown, Value

MODELS = """
from sqlalchemy import Column, ForeignKey, create_engine, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import (DeclarativeBase, Mapped, Session, aliased, joinedload, lazyload, mapped_column,
    relationship, selectinload, sessionmaker, undefer)

engine = create_engine("sqlite://")

class Base(DeclarativeBase):
    pass

class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    items: Mapped[list["Item"]] = relationship(back_populates="owner")

class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    owner: Mapped[User] = relationship(back_populates="items")
"""


def project_with(body: str) -> Project:
    """The models and a function ``read`` whose body is given."""
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    signature = "async def read(session: Session, other: AsyncSession, flag, options):"
    return project_of(f"{MODELS}\n{signature}\n{lines}")


def function(project: Project, name: str) -> FunctionDefinition:
    return next(function for function in project.functions if function.name == name)


def given(expression: str) -> Value:
    """What an expression is in a body with a ``session``."""
    project = project_with(f"return {expression}")
    (event,) = project.bodies.of(function(project, "read")).returns
    return event.value


def described(value: Value) -> object:
    """A value, readable: the class of an instance and whether it is one of several; lists, tuples."""
    if isinstance(value, Instance):
        several = isinstance(value.origin, QueryOrigin) and value.origin.several
        return f"{value.cls.name}{' of several' if several else ''}"
    if isinstance(value, Collection) and value.element is not None:
        return [described(value.element)]
    if isinstance(value, Collection):
        return tuple(described(item) for item in value.items)
    return None


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("session.query(User).all()", ["User of several"]),
        ("session.query(User).filter(User.id == 1).first()", "User"),
        ("session.query(User).get(1)", "User"),
        ("session.query(User, Item).all()", [("User of several", "Item of several")]),
        ("session.query(User.id).all()", None),
        ("session.query(User).with_entities(User.id).all()", None),
        ("session.query(User).count()", None),
        ("session.execute(select(User)).scalars().all()", ["User of several"]),
        ("session.execute(select(User)).unique().scalars().one()", "User"),
        ("session.execute(select(User)).all()", [("User of several",)]),
        ("session.execute(select(User)).scalar_one_or_none()", "User"),
        ("session.execute(select(User, func.count())).first()", ("User", None)),
        ("session.scalars(select(User)).all()", ["User of several"]),
        ("session.scalar(select(User))", "User"),
        ("session.get(User, 1)", "User"),
        ("list(session.scalars(select(User)))", ["User of several"]),
        ("[user for user in session.scalars(select(User))]", ["User of several"]),
        ("session.scalars(select(aliased(User))).all()", None),
        ("session.scalars(select(func.count(User.id))).all()", None),
        ("session.execute(flag).scalars().all()", None),
        ("(await other.execute(select(User))).scalars().all()", ["User of several"]),
        ("await other.get(User, 1)", "User"),
        ("sessionmaker(engine)().query(User).all()", ["User of several"]),
        ("sessionmaker(class_=AsyncSession)().scalars(select(User)).all()", ["User of several"]),
        ("session.get(User, 1).items", ["Item of several"]),
        ("session.scalars(select(Item)).first().owner.items", ["Item of several"]),
        ("session.scalars(select(Item)).all()[0].owner", "User of several"),
        ("session.scalars(select(User)).all()[:3]", ["User of several"]),
    ],
)
def test_what_queries_give(expression: str, expected: object) -> None:
    assert described(given(expression)) == expected


def test_an_instance_remembers_the_query_and_the_path() -> None:
    value = given("session.get(User, 1).items")
    assert isinstance(value, Collection) and isinstance(value.element, Instance)
    origin = value.element.origin
    assert isinstance(origin, QueryOrigin) and origin.path == ("items",)
    assert origin.query.callee.name == "sqlalchemy.orm.Session().get"


def test_a_statement_is_its_entities_and_the_calls_that_built_it() -> None:
    value = given("session.scalars(select(User).where(User.id == 1).options(selectinload(User.items))).first()")
    assert isinstance(value, Instance) and isinstance(value.origin, QueryOrigin)
    (statement,) = statements(value.origin.query) or []
    assert [call.callee.name.rpartition(".")[2] for call in statement.calls] == ["select", "where", "options"]
    assert statement.entities == (value.cls,)
    assert statement.session == "sqlalchemy.orm.Session()"


def test_statements_depend_on_conditions() -> None:
    project = project_with(
        """
statement = select(User)
if flag:
    statement = statement.options(selectinload(User.items))
return session.scalars(statement).all()
"""
    )
    (event,) = project.bodies.of(function(project, "read")).returns
    assert isinstance(event.value, Collection) and isinstance(event.value.element, Instance)
    origin = event.value.element.origin
    assert isinstance(origin, QueryOrigin) and len(statements(origin.query) or []) == 2


def test_optional_filters_leave_one_statement() -> None:
    filters = "\n".join(f"if flag == {number}:\n    query = query.filter(User.id == {number})" for number in range(12))
    project = project_with(f"query = session.query(User)\n{filters}\nreturn query.all()")
    (event,) = project.bodies.of(function(project, "read")).returns
    assert described(event.value) == ["User of several"]


def test_latest_keeps_what_is_not_extended() -> None:
    unknown = Unknown("anything")
    assert latest([unknown]) == [unknown]


LOOP = """
for item in session.scalars({statement}){all}:
    item.{attribute}
"""


@pytest.mark.parametrize(
    ("statement", "attribute", "found"),
    [
        ("select(User)", "items", ["selectinload(User.items)"]),
        ("select(Item)", "owner", ["joinedload(Item.owner)"]),
        ("select(Item)", "owner.items", ["joinedload(Item.owner)", "joinedload(Item.owner).selectinload(User.items)"]),
        (
            "select(Item).options(joinedload(Item.owner))",
            "owner.items",
            ["joinedload(Item.owner).selectinload(User.items)"],
        ),
        ("select(User).options(selectinload(User.items))", "items", []),
        ("select(User).options(selectinload(User.items), lazyload(User.items))", "items", ["selectinload(User.items)"]),
        ("select(User).options(undefer(User.id))", "items", ["selectinload(User.items)"]),
        ("select(User).options(*options)", "items", []),
        ("select(User).options(options)", "items", []),
        ("select(Item).where(Item.owner_id == 3)", "owner.items", []),
        ("select(Item).where(Item.owner_id != 3)", "owner", ["joinedload(Item.owner)"]),
        ("select(Item).filter_by(owner_id=3)", "owner", []),
        ("select(Item).join(User).where(User.id == 3)", "owner", []),
        ("select(User)", "id", []),
    ],
)
def test_lazy_reads(statement: str, attribute: str, found: list[str]) -> None:
    project = project_with(LOOP.format(statement=statement, all=".all()", attribute=attribute))
    reads = project.loading.lazy_reads(function(project, "read"))
    assert [project.loading.option(read.origin, read.relationship) for read in reads] == found


def test_a_lazy_read_knows_an_async_session() -> None:
    project = project_with("for user in await other.scalars(select(User)):\n    user.items")
    (read,) = project.loading.lazy_reads(function(project, "read"))
    assert read.origin.is_async
    assert isinstance(read.origin.query, ExternalResult)
