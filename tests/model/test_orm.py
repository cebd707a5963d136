"""Mapped classes, held against what SQLAlchemy and SQLModel make of the same sources."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

import pytest
import sqlalchemy
from running import Model, imported, linked
from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint, inspect
from sqlalchemy.orm import Mapper, configure_mappers

from fastapi_lint.model.knowledge import sqlalchemy as tables
from fastapi_lint.model.orm.models import OrmColumn, OrmModel, OrmRelationship
from fastapi_lint.model.values import Unknown

STRATEGIES = {True: "select", False: "joined", None: "noload"}


@pytest.fixture(autouse=True)
def forget_tables() -> Iterator[None]:
    """SQLModel keeps the tables of the process in one place."""
    yield
    from sqlmodel import SQLModel

    SQLModel.metadata.clear()


def model(project: Model, name: str) -> OrmModel:
    (found,) = project.orm_models.named(name)
    return found


def relationship(project: Model, name: str, attribute: str) -> OrmRelationship:
    found = model(project, name).relationship(attribute)
    assert found is not None
    return found


def agree(sources: Mapping[str, str], folder: Path) -> Model:
    """The project, after every mapped class was compared with SQLAlchemy's mapper of the same name."""
    project = linked(sources)
    with imported(sources, folder) as modules:
        configure_mappers()
        mappers = mappers_of(modules)
        assert {own.qualified_name for own in project.orm_models} == set(mappers)
        for own in project.orm_models:
            compare(own, mappers[own.qualified_name])
        for registry in {mapper.registry for mapper in mappers.values()}:
            registry.dispose(cascade=True)
    return project


def mappers_of(modules: Mapping[str, ModuleType]) -> dict[str, Mapper]:
    return {
        f"{name}.{value.__qualname__}": mapper
        for name, module in modules.items()
        for value in vars(module).values()
        if isinstance(value, type) and value.__module__ == name
        if isinstance(mapper := inspect(value, raiseerr=False), Mapper)
    }


def compare(own: OrmModel, mapper: Mapper) -> None:
    table = mapper.local_table
    assert isinstance(table, Table)
    assert own.table_name == table.name, own
    assert own.schema == table.schema, own
    assert (own.parent.cls.name if own.parent else None) == (mapper.inherits and mapper.inherits.class_.__name__)
    if own.parent is not None:
        assert (own.own_table_name is None) is mapper.single
    assert {column.name for column in own.columns} == set(mapper.columns.keys()), own
    for column in own.columns:
        columns = mapper.get_property(column.name).columns
        compare_column(own, column, next((real for real in columns if real.table is table), columns[0]))
    assert {found.name for found in own.relationships} == set(mapper.relationships.keys()), own
    for found in own.relationships:
        real = mapper.relationships[found.name]
        assert isinstance(found.target, OrmModel), (found, found.target)
        assert found.target.name == real.mapper.class_.__name__, found
        assert found.direction == real.direction.name.lower().replace("manyto", "many-to-").replace(
            "oneto", "one-to-"
        ), found
        assert found.uselist == real.uselist, found
        assert found.lazy == (real.lazy if isinstance(real.lazy, str) else STRATEGIES[real.lazy]), found
        assert found.back_populates == real.back_populates, found


def compare_column(own: OrmModel, column: OrmColumn, real: Column) -> None:
    assert column.column_name == real.name, (own, column)
    assert column.primary_key == real.primary_key, (own, column)
    assert column.nullable == real.nullable, (own, column)
    assert bool(column.unique) == bool(real.unique), (own, column)
    assert bool(column.index) == bool(real.index), (own, column)
    assert (column.default is not None) == (real.default is not None), (own, column)
    assert (column.server_default is not None) == (real.server_default is not None), (own, column)
    if all(isinstance(key.target, str) for key in column.foreign_keys):
        table_level = {t for index in own.indexes if index.kind == "foreign key" for t in index.foreign}
        own_targets = {key.target for key in column.foreign_keys}
        assert own_targets == {key.target_fullname for key in real.foreign_keys} - table_level, (own, column)
    assert own.is_indexed(column) == is_indexed(real), (own, column)


def is_indexed(column: Column) -> bool:
    table = column.table
    first = [list(index.columns)[0] for index in table.indexes if len(index.columns)]
    for constraint in table.constraints:
        if isinstance(constraint, (PrimaryKeyConstraint, UniqueConstraint)) and len(constraint.columns):
            first.append(list(constraint.columns)[0])
    return any(candidate is column for candidate in first)


BASE2 = """
    from __future__ import annotations
    from datetime import datetime
    from typing import Annotated, List, Optional
    from sqlalchemy import (Boolean, Column, DateTime, ForeignKey, ForeignKeyConstraint, Index, Integer, MetaData,
                            PrimaryKeyConstraint, String, Table, Text, UniqueConstraint, func, text)
    from sqlalchemy.orm import (DeclarativeBase, DynamicMapped, Mapped, WriteOnlyMapped, backref, declared_attr,
                                deferred, mapped_column, relationship)
"""


def test_annotated_columns(tmp_path: Path) -> None:
    project = agree(
        {
            "orm1/__init__.py": "",
            "orm1/models.py": BASE2.replace("    from __future__ import annotations\n", "")
            + """
    import sqlalchemy as sa
    import sqlalchemy.orm as orm

    class Base(DeclarativeBase):
        pass

    key = Annotated[int, mapped_column(primary_key=True)]
    short = Annotated[str, mapped_column(String(30))]
    short_or_none = Annotated[Optional[str], mapped_column(String(30))]
    loose = Annotated[str, mapped_column(String(30), nullable=True, index=True)]

    def now(): return datetime.now()

    class Thing(Base):
        __tablename__ = "thing"
        __table_args__ = (
            UniqueConstraint("a", "b"),
            Index("ix_thing_c_d", "c", "d", unique=True),
            Index("ix_lower", func.lower("e")),
            {"schema": "core", "comment": "x"},
        )
        id: Mapped[key]
        a: Mapped[short]
        b: Mapped[short_or_none]
        c: Mapped[Optional[short]]
        d: Mapped[loose]
        e: Mapped[loose] = mapped_column(nullable=False)
        f: Mapped[int | None]
        g: Mapped["Optional[str]"] = mapped_column("gee", unique=True)
        h = mapped_column(Integer, index=True)
        i: Mapped[int] = Column(Integer)
        j: Mapped[str] = deferred(mapped_column(Text))
        k: Mapped[datetime] = mapped_column(default=now, server_default=func.now())
        l: orm.Mapped[bool] = orm.mapped_column(sa.Boolean, server_default=sa.text("false"))
        m: Mapped[int] = mapped_column(default=None)
        not_mapped = 3

        @property
        def n(self) -> int:
            return 3

    Index("ix_thing_f", Thing.f)
    after = Index("ix_thing_k", Thing.k, Thing.l)

    class Odd(Base):
        __tablename__ = "odd"
        id: Mapped[Optional[int]] = mapped_column(primary_key=True)
        other: Mapped[int] = mapped_column(primary_key=True)

    class Keyed(Base):
        __tablename__ = "keyed"
        __table_args__ = (PrimaryKeyConstraint("x", "y"),)
        x: Mapped[int] = mapped_column(ForeignKey("odd.id", ondelete="CASCADE"))
        y: Mapped[int]

    class Pair(Base):
        __tablename__ = "pair"
        __table_args__ = (ForeignKeyConstraint(["a", "b"], ["odd.id", "odd.other"]),)
        id: Mapped[key]
        a: Mapped[int]
        b: Mapped[int]
        odd: Mapped[Odd] = relationship()
""",
        },
        tmp_path,
    )
    thing = model(project, "Thing")
    assert thing.full_table_name == "core.thing" and thing.is_complete
    assert thing.column("gee") is thing.column("g")
    (reference,) = model(project, "Keyed").column("x").foreign_keys
    assert reference.ondelete == "CASCADE" and reference.table == "odd"
    assert model(project, "Keyed").referenced(reference) is model(project, "Odd")
    assert str(thing.column("a").location) == "orm1/models.py:31"


def test_relationships_across_modules(tmp_path: Path) -> None:
    project = agree(
        {
            "orm2/__init__.py": "from orm2 import user, item, tag, node",
            "orm2/base.py": """
    from sqlalchemy.orm import DeclarativeBase
    class Base(DeclarativeBase): ...
""",
            "orm2/user.py": BASE2
            + """
    from typing import TYPE_CHECKING
    from orm2.base import Base
    if TYPE_CHECKING:
        from orm2.item import Item
        from orm2.tag import Tag

    class User(Base):
        __tablename__ = "user"
        id: Mapped[int] = mapped_column(primary_key=True)
        items: Mapped[list["Item"]] = relationship(
            foreign_keys="Item.owner_id", back_populates="owner", lazy="selectin"
        )
        first_items: Mapped[List["Item"]] = relationship(
            "Item", foreign_keys="[Item.owner_id]", viewonly=True, lazy=True
        )
        profile: Mapped[Profile | None] = relationship(back_populates="user", lazy="joined")
        dynamic: DynamicMapped["Item"] = relationship(foreign_keys="Item.owner_id", viewonly=True)
        written: WriteOnlyMapped["Item"] = relationship(foreign_keys="Item.owner_id", viewonly=True)
        raised: Mapped[set[Item]] = relationship(
            "orm2.item.Item", foreign_keys="Item.owner_id", viewonly=True, lazy="raise"
        )
        edited = relationship("Item", foreign_keys="Item.editor_id", back_populates="editor")

    class Profile(Base):
        __tablename__ = "profile"
        id: Mapped[int] = mapped_column(primary_key=True)
        user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
        user: Mapped[User] = relationship(back_populates="profile", lazy=False)
""",
            "orm2/item.py": BASE2
            + """
    from orm2.base import Base
    from orm2.user import User

    class Item(Base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
        editor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
        owner: Mapped[User] = relationship(User, back_populates="items", foreign_keys=[owner_id])
        editor: Mapped[Optional["User"]] = relationship(foreign_keys=[editor_id], back_populates="edited")
        watchers = relationship("User", secondary="watch", backref="watched")
        tags: Mapped[list[Tag]] = relationship("Tag", secondary=lambda: item_tags, back_populates="items")

    item_tags = Table(
        "item_tags", Base.metadata,
        Column("item_id", ForeignKey("item.id"), primary_key=True),
        Column("tag_id", ForeignKey("tag.id"), primary_key=True),
    )
    watch = Table("watch", Base.metadata, Column("item", ForeignKey("item.id")), Column("user", ForeignKey("user.id")))
""",
            "orm2/tag.py": BASE2
            + """
    from orm2 import item
    from orm2.base import Base

    class Tag(Base):
        __tablename__ = "tag"
        id: Mapped[int] = mapped_column(primary_key=True)
        items: Mapped[list["item.Item"]] = relationship("Item", secondary=item.item_tags, back_populates="tags")
""",
            "orm2/node.py": BASE2
            + """
    from orm2.base import Base

    class Node(Base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id = mapped_column(ForeignKey("node.id"))
        children: Mapped[list["Node"]] = relationship(back_populates="parent", cascade="all")
        parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])
        again = relationship("Node", remote_side="Node.id", viewonly=True, overlaps="parent,children")
        twins = relationship("Node", remote_side=lambda: Node.parent_id, viewonly=True)
        owner_id = mapped_column(ForeignKey("user.id"))
        owner = relationship("User", backref=backref("nodes", lazy="subquery", cascade="all"))
        user = relationship("User", backref=backref("only_node", uselist=False), overlaps="owner,nodes")
        tag_id = mapped_column(Integer)
        tag = relationship("Tag", foreign_keys=[tag_id], primaryjoin="Tag.id == Node.tag_id", backref="nodes")
        marked = relationship("Tag", primaryjoin="foreign(Node.tag_id) == Tag.id", viewonly=True)
""",
        },
        tmp_path,
    )
    nodes = relationship(project, "User", "nodes")
    assert nodes.backref_of is relationship(project, "Node", "owner") and nodes.lazy == "subquery"
    assert str(nodes.location) == "orm2/node.py:21"
    items = relationship(project, "User", "items")
    assert items.is_lazy_explicit and not relationship(project, "Node", "children").is_lazy_explicit
    assert items.lazy == "selectin" and relationship(project, "User", "raised").lazy == "raise"
    assert relationship(project, "User", "first_items").lazy == "select"


def test_classical_declarative_with_mixins(tmp_path: Path) -> None:
    project = agree(
        {
            "orm3/__init__.py": "",
            "orm3/base.py": """
    import re
    from sqlalchemy import Column, DateTime, ForeignKey, Integer, String
    from sqlalchemy.ext.declarative import declared_attr
    from sqlalchemy.orm import declarative_base, relationship

    class CustomBase:
        @declared_attr
        def __tablename__(cls):
            return cls.__name__.lower() + "s"

        id = Column(Integer, primary_key=True, index=True)

    Base = declarative_base(cls=CustomBase)

    class Stamped:
        created_at = Column(DateTime, nullable=False)
        updated_at = Column(DateTime)

    class Owned(object):
        @declared_attr
        def owner_id(cls):
            return Column(Integer, ForeignKey("users.id"), nullable=False)

        @declared_attr
        def owner(cls):
            return relationship("User", foreign_keys=[cls.owner_id], lazy="joined")

    class Abstract(Base, Stamped):
        __abstract__ = True
        note = Column(String)
""",
            "orm3/models.py": """
    from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, UniqueConstraint
    from sqlalchemy.orm import column_property, deferred, relationship, synonym
    from sqlalchemy.ext.associationproxy import association_proxy
    from orm3.base import Abstract, Base, Owned, Stamped

    class User(Base, Stamped):
        name = Column("user_name", String(30), unique=True)
        active = Column(Boolean, default=True, server_default="1")
        big = deferred(Column(String))
        login = synonym("name")
        team_id = Column(ForeignKey("teams.id"))
        team = relationship("Team", back_populates="members", foreign_keys=[team_id])
        team_name = association_proxy("team", "name")

        def greet(self): ...

    class Team(Abstract, Owned):
        name = Column(String, nullable=False)
        members = relationship("User", back_populates="team", foreign_keys=[User.team_id])
        captain_id = Column(Integer, ForeignKey(User.id))
        captain = relationship(User, foreign_keys="Team.captain_id")

    class Override(Abstract):
        __tablename__ = "over"
        __table_args__ = {"schema": "s"}
        note = Column(String, nullable=False)

    class Plain:
        id = Column(Integer, primary_key=True)
""",
        },
        tmp_path,
    )
    user = model(project, "User")
    proxies = {proxy.name: (proxy.through, proxy.target) for proxy in user.proxies}
    assert proxies == {"login": (None, "name"), "team_name": ("team", "name")}
    assert model(project, "Override").full_table_name == "s.over"
    assert model(project, "Team").column("created_at").owner.name == "Stamped"
    assert project.orm_models.with_table("users") == [user]
    assert project.orm_models.of(user.cls) is user


def test_inheritance(tmp_path: Path) -> None:
    agree(
        {
            "orm4/__init__.py": "",
            "orm4/models.py": BASE2
            + """
    from sqlalchemy.orm import registry, MappedAsDataclass, declarative_base, DeclarativeMeta, as_declarative

    class Base(DeclarativeBase):
        pass

    class Mixin:
        @declared_attr.directive
        def __tablename__(cls) -> str:
            return "prefix_" + cls.__name__.lower()
        __mapper_args__ = {"eager_defaults": True}

    class Employee(Base):
        __tablename__ = "employee"
        id: Mapped[int] = mapped_column(primary_key=True)
        type: Mapped[str]
        company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
        company: Mapped[Company] = relationship(back_populates="employees")
        __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}

    class Manager(Employee):
        grade: Mapped[Optional[int]]
        __mapper_args__ = {"polymorphic_identity": "manager"}

    class Engineer(Employee):
        __tablename__ = "engineer"
        id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
        skill: Mapped[str]
        __mapper_args__ = {"polymorphic_identity": "engineer"}

    class Company(Mixin, Base):
        __tablename__ = "company"
        id: Mapped[int] = mapped_column(primary_key=True)
        employees: Mapped[List[Employee]] = relationship(back_populates="company")

    class Named(Mixin, Base):
        id: Mapped[int] = mapped_column(primary_key=True)

    class Sub(Named):
        id: Mapped[int] = mapped_column(ForeignKey("prefix_named.id"), primary_key=True)

    mapper_registry = registry()

    @mapper_registry.mapped
    class Decorated:
        __tablename__ = "decorated"
        id = Column(Integer, primary_key=True)

    @mapper_registry.mapped_as_dataclass(kw_only=True)
    class Data:
        __tablename__ = "data"
        id: Mapped[int] = mapped_column(primary_key=True, init=False)
        name: Mapped[str] = mapped_column()

    Generated = mapper_registry.generate_base()

    class Made(Generated):
        __table__ = Table("made", Generated.metadata, Column("id", Integer, primary_key=True), Column("x", String))

    class DataBase(MappedAsDataclass, DeclarativeBase):
        pass

    class Row(DataBase):
        __tablename__ = "row"
        id: Mapped[int] = mapped_column(init=False, primary_key=True)
        name: Mapped[Optional[str]] = mapped_column(default=None)

    @as_declarative()
    class OldBase:
        @declared_attr
        def __tablename__(cls):
            return f"old_{cls.__name__.lower()}"

    class Old(OldBase):
        id = Column(Integer, primary_key=True)

    class InSchema(DeclarativeBase):
        metadata = MetaData(schema="apart")

    class Apart(InSchema):
        __tablename__ = "apart"
        id: Mapped[int] = mapped_column(primary_key=True)
        other_id: Mapped[int] = mapped_column(ForeignKey("apart.beside.id"))
        other: Mapped["Beside"] = relationship()

    class Beside(InSchema):
        __tablename__ = "beside"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Meta(metaclass=DeclarativeMeta):
        __abstract__ = True
        registry = mapper_registry
        metadata = mapper_registry.metadata

    class WithMeta(Meta):
        __tablename__ = "with_meta"
        id = Column(Integer, primary_key=True)
""",
        },
        tmp_path,
    )


def test_sqlmodel_tables(tmp_path: Path) -> None:
    project = agree(
        {
            "orm5/__init__.py": "",
            "orm5/models.py": """
    from datetime import datetime, timezone
    from typing import List, Optional
    from uuid import UUID, uuid4
    from pydantic import EmailStr
    from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer, String, UniqueConstraint, text
    from sqlalchemy.orm import relationship
    from sqlmodel import Field, Relationship, SQLModel

    class Link5(SQLModel, table=True):
        team_id: int | None = Field(default=None, foreign_key="team5.id", primary_key=True)
        hero_id: int | None = Field(default=None, foreign_key="hero5.id", primary_key=True)

    class Stamps5(SQLModel):
        made: datetime = Field(default_factory=lambda: datetime.now(timezone.utc), nullable=False)
        changed: Optional[datetime] = Field(default=None, sa_type=DateTime(timezone=True))

    class HeroBase5(SQLModel):
        name: str = Field(index=True, max_length=20)
        mail: EmailStr = Field(unique=True)
        age: int | None = None

    class Hero5(HeroBase5, Stamps5, table=True):
        __table_args__ = (UniqueConstraint("mail", "age"), Index("ix_x", "age"))
        id: Optional[int] = Field(default=None, primary_key=True)
        odd: int = None
        strict: int | None = Field(default=None, nullable=False)
        column: Optional[int] = Field(sa_column=Column("col", Integer, nullable=False, index=True))
        served: str = Field(default="a", sa_column_kwargs={"server_default": "x", "unique": True})
        team_id: int | None = Field(default=None, foreign_key="team5.id", ondelete="SET NULL")
        arg_id: int | None = Field(sa_column_args=[ForeignKey("team5.id")])
        team: Optional["Team5"] = Relationship(
            back_populates="heroes", sa_relationship_kwargs={"foreign_keys": "Hero5.team_id", "lazy": "joined"}
        )
        teams: list["Team5"] = Relationship(back_populates="members", link_model=Link5)
        raw: Optional["Team5"] = Relationship(
            sa_relationship=relationship("Team5", foreign_keys="Hero5.arg_id", lazy="selectin")
        )
        boss_id: Optional[int] = Field(default=None, foreign_key="hero5.id")
        boss: Optional["Hero5"] = Relationship(
            back_populates="minions", sa_relationship_kwargs=dict(remote_side="Hero5.id")
        )
        minions: List["Hero5"] = Relationship(back_populates="boss")

    class Team5(SQLModel, table=True):
        __tablename__ = "team5"
        id: UUID = Field(default_factory=uuid4, primary_key=True)
        heroes: list[Hero5] = Relationship(
            back_populates="team", cascade_delete=True, sa_relationship_kwargs={"foreign_keys": "Hero5.team_id"}
        )
        members: list[Hero5] = Relationship(back_populates="teams", link_model=Link5)

    class Plain5(SQLModel, table=True):
        model_config = {"from_attributes": True}
        id: int | None = Field(default=None, primary_key=True)

    class PlainRead5(Plain5):
        extra: int

    class HeroCreate5(HeroBase5):
        password: str
""",
        },
        tmp_path,
    )
    assert relationship(project, "Hero5", "team").lazy == "joined"
    assert [schema.name for schema in project.schemas] == ["Stamps5", "HeroBase5", "PlainRead5", "HeroCreate5"]


def test_what_is_no_mapped_class() -> None:
    project = linked(
        {
            "things.py": """
    from dataclasses import dataclass
    from pydantic import BaseModel
    from sqlalchemy import Column, Integer
    from sqlalchemy.orm import DeclarativeBase, Mapped, relationship
    from sqlmodel import SQLModel
    from elsewhere import Model

    class Base(DeclarativeBase): ...
    class Mixin:
        id = Column(Integer, primary_key=True)
    @dataclass
    class Data:
        id: Mapped[int]
    class Plain:
        __tablename__ = "plain"
        id = Column(Integer)
    class Schema(SQLModel):
        id: int
    class Stranger(Model):
        id = Column(Integer)
    class Abstract(Base):
        __abstract__ = True
"""
        }
    )
    assert list(project.orm_models) == []


def test_what_is_not_known_stays_unknown() -> None:
    project = linked(
        {
            "models.py": """
    import os
    from elsewhere import NAME, STRATEGY, Mixin, OPTIONS, make_name, Target
    from sqlalchemy import Column, ForeignKey, Integer, Index
    from sqlalchemy.orm import DeclarativeBase, relationship, declared_attr

    class Base(DeclarativeBase): ...

    class Computed(Base):
        __tablename__ = make_name()
        id = Column(Integer, primary_key=True)

    class Declared(Base):
        @declared_attr
        def __tablename__(cls):
            return make_name(cls)

    class Strange(Base, Mixin):
        __table_args__ = make_name()
        id = Column(Integer, primary_key=True, unique=NAME)
        other = Column(Integer, **OPTIONS)
        key = Column(Integer, ForeignKey(NAME))
        lost = Column(Integer, ForeignKey("nowhere.id"))
        target = relationship(Target)
        missing = relationship("Missing")
        lazily = relationship("Computed", lazy=STRATEGY)

    class Nameless(Base):
        id = Column(Integer, primary_key=True)
"""
        }
    )
    assert isinstance(model(project, "Computed").table_name, Unknown)
    assert isinstance(model(project, "Declared").table_name, Unknown)
    strange, nameless = model(project, "Strange"), model(project, "Nameless")
    assert isinstance(strange.table_name, Unknown) and not strange.is_complete
    assert nameless.table_name is None and nameless.is_complete
    other = strange.column("other")
    assert (other.nullable, other.index, other.unique, other.primary_key) == (None, None, None, None)
    assert strange.column("id").unique is None
    assert strange.is_indexed(strange.column("key")) is None
    (key,), (lost,) = strange.column("key").foreign_keys, strange.column("lost").foreign_keys
    assert isinstance(key.target, Unknown)
    assert isinstance(strange.referenced(lost), Unknown)
    for name in ("target", "missing"):
        found = strange.relationship(name)
        assert isinstance(found.target, Unknown) and found.direction is None and found.uselist is None
    lazily = strange.relationship("lazily")
    assert isinstance(lazily.lazy, Unknown) and lazily.direction is None


def test_names_are_looked_up_under_the_same_base() -> None:
    """As in a project whose migrations declare the tables of their time once more."""
    project = linked(
        {
            "app/__init__.py": "",
            "app/models.py": """
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship
    Base = declarative_base()

    class User(Base):
        __tablename__ = "user"
        id = Column(Integer, primary_key=True)

    class Item(Base):
        __tablename__ = "item"
        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("user.id"))
        user = relationship("User")
""",
            "migrations/one.py": """
    from sqlalchemy import Column, ForeignKey, Integer
    from sqlalchemy.orm import declarative_base, relationship
    Base = declarative_base()

    class User(Base):
        __tablename__ = "user"
        id = Column(Integer, primary_key=True)

    class Alone(Base):
        __tablename__ = "alone"
        id = Column(Integer, primary_key=True)
        item_id = Column(ForeignKey("item.id"))
        user = relationship("User")
        item = relationship("Item")
""",
        }
    )
    user, old_user = project.orm_models.named("User")
    assert relationship(project, "Item", "user").target is user
    alone = model(project, "Alone")
    assert alone.relationship("user").target is old_user
    assert isinstance(alone.relationship("item").target, Unknown)
    assert isinstance(alone.referenced(alone.column("item_id").foreign_keys[0]), Unknown)


def test_columns_of_external_mixins() -> None:
    """Read from fastapi-users-db-sqlalchemy 4.0.4."""
    project = linked(
        {
            "models.py": """
    from fastapi_users.db import SQLAlchemyBaseOAuthAccountTableUUID, SQLAlchemyBaseUserTableUUID
    from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

    class Base(DeclarativeBase): ...

    class OAuthAccount(SQLAlchemyBaseOAuthAccountTableUUID, Base):
        pass

    class User(SQLAlchemyBaseUserTableUUID, Base):
        nick: Mapped[str]
        oauth_accounts: Mapped[list[OAuthAccount]] = relationship("OAuthAccount", lazy="joined")
"""
        }
    )
    user = model(project, "User")
    assert user.table_name == "user" and user.is_complete
    assert {column.name for column in user.columns} >= {"id", "email", "hashed_password", "is_superuser", "nick"}
    accounts = user.relationship("oauth_accounts")
    assert accounts.direction == "one-to-many" and accounts.uselist and accounts.lazy == "joined"


OLDER = {
    "from_self",
    "select_entity_from",
    "enable_assertions",
    "on_conflict_do_nothing",
    "on_conflict_do_update",
    "on_duplicate_key_update",
}
"""Methods that SQLAlchemy 1.4 had, or that only the statements of one dialect have."""
NEWER = {"using", "merge_all"}
"""Methods that came with SQLAlchemy 2.1, which needs Python 3.11."""


def test_the_methods_of_the_tables_exist() -> None:
    pytest.importorskip("greenlet", reason="sqlalchemy.ext.asyncio needs it")
    checked = 0
    for name in (*tables.RESULT_TYPES, *tables.BLOCKING_CALLS):
        parts = re.fullmatch(r"([\w.]+)\.(\w+)\(\)\.(\w+)(?:\(\))?", name)
        absent = OLDER if sqlalchemy.__version__ >= "2.1" else OLDER | NEWER
        if parts and parts[3] not in absent and parts[2] != "sessionmaker" and parts[2] != "async_sessionmaker":
            module, owner, method = parts.groups()
            found = getattr(importlib.import_module(module), owner)
            is_sqlmodels = method == "exec" and module.startswith("sqlalchemy")
            assert hasattr(found, method) or is_sqlmodels or name == "sqlalchemy.Engine().execute", name
            checked += 1
    assert checked > 150
    for name in tables.RESULT_TYPES.values():
        module, _, attribute = name.removesuffix("()").rpartition(".")
        assert hasattr(importlib.import_module(module), attribute), name


@pytest.mark.parametrize("name", sorted(tables.LOADER_OPTIONS))
def test_loader_options_exist(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    assert hasattr(importlib.import_module(module), attribute)


def test_the_base_class_of_older_templates() -> None:
    """The style of templates for SQLAlchemy 1.4: a base that names its tables by the class."""
    project = linked(
        {
            "app/db/base_class.py": """
    from typing import Any
    from sqlalchemy.ext.declarative import as_declarative, declared_attr

    @as_declarative()
    class Base:
        id: Any
        __name__: str
        # Generate __tablename__ automatically
        @declared_attr
        def __tablename__(cls) -> str:
            return cls.__name__.lower()
""",
            "app/models/item.py": """
    from typing import TYPE_CHECKING
    from sqlalchemy import Column, ForeignKey, Integer, String
    from sqlalchemy.orm import relationship
    from app.db.base_class import Base

    if TYPE_CHECKING:
        from .user import User  # noqa: F401

    class Item(Base):
        id = Column(Integer, primary_key=True, index=True)
        title = Column(String, index=True)
        owner_id = Column(Integer, ForeignKey("user.id"))
        owner = relationship("User", back_populates="items")
""",
            "app/models/user.py": """
    from typing import TYPE_CHECKING
    from sqlalchemy import Boolean, Column, Integer, String
    from sqlalchemy.orm import relationship
    from app.db.base_class import Base

    class User(Base):
        id = Column(Integer, primary_key=True, index=True)
        email = Column(String, unique=True, index=True, nullable=False)
        is_active = Column(Boolean(), default=True)
        items = relationship("Item", back_populates="owner")
""",
        }
    )
    assert [(own.name, own.table_name) for own in project.orm_models] == [("Item", "item"), ("User", "user")]
    owner, items = relationship(project, "Item", "owner"), relationship(project, "User", "items")
    assert (owner.target, owner.direction, owner.uselist) == (model(project, "User"), "many-to-one", False)
    assert (items.target, items.direction, items.uselist) == (model(project, "Item"), "one-to-many", True)
    assert [column.name for column in items.model.columns] == ["id", "email", "is_active"]
