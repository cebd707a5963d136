"""Schemas, held against what Pydantic makes of the same sources."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

import pydantic
import pytest
from pydantic import BaseModel
from pydantic.alias_generators import to_camel, to_pascal, to_snake
from running import Model, imported, linked

from fastapi_lint.facts.extract import parse_expression
from fastapi_lint.model.knowledge import pydantic as tables
from fastapi_lint.model.schemas.fields import written
from fastapi_lint.model.schemas.schemas import Schema
from fastapi_lint.model.types import render
from fastapi_lint.model.values import Literal, Unknown, external_name


def schema(project: Model, name: str) -> Schema:
    (found,) = project.schemas.named(name)
    return found


def agree(sources: Mapping[str, str], folder: Path) -> Model:
    """The project, after every schema was compared with Pydantic's model of the same name."""
    project = linked(sources)
    with imported(sources, folder) as modules:
        compared = 0
        for own in project.schemas:
            real = getattr(modules[own.cls.module.name], own.name)
            if own.kind == "model":
                assert issubclass(real, BaseModel)
                real.model_rebuild()
                compare(own, real)
                compared += 1
        assert compared
        models = {
            f"{name}.{value.__name__}"
            for name, module in modules.items()
            for value in vars(module).values()
            if isinstance(value, type) and issubclass(value, BaseModel) and value.__module__ == name
            if not value.model_config.get("table") and "[" not in value.__name__
        }
        assert {own.qualified_name for own in project.schemas if own.kind == "model"} == models
    return project


def compare(own: Schema, real: type[BaseModel]) -> None:
    fields = real.model_fields
    assert [field.name for field in own.fields] == list(fields), own
    for field in own.fields:
        info = fields[field.name]
        assert field.required == info.is_required(), (own, field)
        assert field.excluded == bool(info.exclude), (own, field)
        assert field.alias == info.alias, (own, field)
        assert field.serialization_alias == info.serialization_alias, (own, field)
        assert (field.default_factory is not None) == (info.default_factory is not None), (own, field)
        if isinstance(field.default, Literal):
            assert field.default.value == info.default, (own, field)
    assert [field.name for field in own.computed_fields] == list(real.model_computed_fields), own
    assert own.from_attributes == bool(real.model_config.get("from_attributes")), own
    assert own.extra == (real.model_config.get("extra") or "ignore"), own
    decorators = real.__pydantic_decorators__
    kinds = {
        "field_validator": decorators.field_validators,
        "validator": decorators.validators,
        "model_validator": decorators.model_validators,
        "root_validator": decorators.root_validators,
        "field_serializer": decorators.field_serializers,
        "model_serializer": decorators.model_serializers,
    }
    for kind, known in kinds.items():
        assert {v.name for v in own.validators if v.kind == kind} == set(known), (own, kind)


BASE = """
    from datetime import date, datetime
    from typing import Annotated, Any, ClassVar, Final, Optional
    from uuid import UUID, uuid4

    from pydantic import AliasChoices, BaseModel, ConfigDict, Field, PrivateAttr
    from pydantic.alias_generators import to_camel
"""


def test_defaults_and_requiredness(tmp_path: Path) -> None:
    project = agree(
        {
            "app1/__init__.py": "",
            "app1/schemas.py": BASE
            + """
    LIMIT = 10
    Name = Annotated[str, Field(min_length=1, max_length=20)]
    Named = Annotated[str, Field(default="x", alias="theName")]

    def default_tags(): return ["a"]

    class User(BaseModel):
        id: UUID = Field(default_factory=uuid4)
        name: Name
        nick: Named
        named: Named = "y"
        named_twice: Named = Field(description="mine")
        optional: Optional[int]
        nullable: int | None = None
        dots: int = ...
        field_dots: int = Field(...)
        field_positional: int = Field(3, gt=1)
        field_default: Annotated[int, Field(ge=0)] = LIMIT
        field_none: str | None = Field(None)
        field_only: str = Field(description="d")
        not_required_again: Annotated[int, Field(default=3)] = Field(...)
        dots_over_default: Annotated[int, Field(default=3)] = ...
        dots_after_default: Annotated[int, Field(default=3), Field(default=...)]
        later_default: Annotated[int, Field(default=3, alias="a1"), Field(default=4, alias="a2")]
        tags: list[str] = Field(default_factory=default_tags)
        mutable: list[str] = []
        secret: str = Field("s", exclude=True)
        kind: ClassVar[str] = "user"
        bare: ClassVar = 3
        constant: Final[int] = 3
        made: datetime = datetime(2020, 1, 1)
        _private: int = 3
        _hidden: str = PrivateAttr("x")
        anything: Any
        date: date
        choice: str = Field(validation_alias=AliasChoices("a", "b"))
        written: str = Field(serialization_alias="w")
        with_alias: str = Field(alias="withAlias", serialization_alias="with")
""",
        },
        tmp_path,
    )
    user = schema(project, "User")
    assert render(user.by_name["date"].type) == "datetime.date"
    assert render(user.by_name["name"].type) == "str"
    assert render(user.by_name["optional"].type) == "int | None"
    name = user.field("name")
    assert name is not None and isinstance(length := name.argument("max_length"), Literal) and length.value == 20
    assert user.by_name["optional"].accepts_none and not user.by_name["dots"].accepts_none
    assert str(user.by_name["secret"].location) == "app1/schemas.py:35"
    assert isinstance(user.by_name["choice"].validation_alias, Unknown)
    assert user.by_name["with_alias"].validation_alias == "withAlias"
    made = user.by_name["made"].default
    assert external_name(made) == "datetime.datetime()"
    assert user.field("kind") is None and user.field("_private") is None


def test_inheritance_keeps_the_place_of_an_overridden_field(tmp_path: Path) -> None:
    project = agree(
        {
            "app2/__init__.py": "",
            "app2/base.py": BASE
            + """
    class Base(BaseModel):
        model_config = ConfigDict(from_attributes=True, extra="forbid")
        first: int
        second: int = 2
        third: str | None = None

    class Mixin:
        mixed: int
        mixed_default: int = 4

    class Other(BaseModel):
        model_config = ConfigDict(extra="allow")
        other: int
        second: str
""",
            "app2/schemas.py": """
    from app2.base import Base, Mixin, Other as Another
    import app2.base as base

    class Child(Base):
        fourth: int
        second: int

    class Grandchild(Child):
        first: str = "x"

    class Mixed(Mixin, base.Base):
        own: int

    class Both(Base, Another):
        pass

    class Loose(Base, extra="ignore"):
        pass

    class Plain:
        x: int
""",
        },
        tmp_path,
    )
    child = schema(project, "Child")
    assert child.by_name["second"].owner is child.cls
    assert child.by_name["first"].owner is schema(project, "Base").cls
    assert child.is_complete
    assert project.schemas.named("Plain") == []


def test_aliases_by_generator(tmp_path: Path) -> None:
    project = agree(
        {
            "app3/__init__.py": "",
            "app3/schemas.py": BASE
            + """
    def shout(name: str) -> str:
        return name.upper()

    class Camel(BaseModel):
        model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
        first_name: str
        x: int
        line_2_text: str
        alreadyCamel: str
        explicit_one: str = Field(alias="mine")

    class Child(Camel):
        last_name: str

    class Loud(BaseModel):
        model_config = ConfigDict(alias_generator=shout)
        first_name: str

    class Lambda(BaseModel):
        model_config = {"alias_generator": lambda name: f"x-{name}", "extra": "allow"}
        first_name: str
""",
        },
        tmp_path,
    )
    assert [field.alias for field in schema(project, "Child").fields][-1] == "lastName"


@pytest.mark.parametrize(
    "name", ["a", "user_id", "userId", "HTTPServer", "line_2_text", "x2y", "ab_C", "_private", "A"]
)
def test_alias_styles(name: str) -> None:
    for style, function in {"camel": to_camel, "pascal": to_pascal, "snake": to_snake}.items():
        assert written(style, name) == function(name)


def test_generics_and_nesting(tmp_path: Path) -> None:
    project = agree(
        {
            "app4/__init__.py": "",
            "app4/schemas.py": """
    from __future__ import annotations
    from typing import Annotated, Dict, Generic, List, Literal, Optional, TypeVar, Union
    from pydantic import BaseModel, Field, RootModel, computed_field

    T = TypeVar("T")
    K = TypeVar("K")

    class Page(BaseModel, Generic[T]):
        items: list[T]
        total: int
        next: Optional[Page[T]] = None

    class Profile(BaseModel):
        bio: str
        friend: User | None = None

    class Secret(BaseModel):
        key: str

    class Extra(BaseModel):
        note: str

    class User(BaseModel):
        name: str
        profile: "Profile"
        hidden: Secret = Field(Secret(key="x"), exclude=True)

        @computed_field
        @property
        def extra(self) -> Extra:
            return Extra(note="")

    class UserPage(Page[User]):
        pass

    class Pair(BaseModel, Generic[K, T]):
        left: K
        right: dict[str, T]

    class Half(Pair[int, T], Generic[T]):
        pass

    class Cat(BaseModel):
        kind: Literal["cat"]

    class Dog(BaseModel):
        kind: Literal["dog"]

    class Owner(BaseModel):
        pet: Annotated[Union[Cat, Dog], Field(discriminator="kind")]
        more: Dict[str, List[Optional[Cat]]]

    class Names(RootModel[list[User]]):
        pass

    class Tree(RootModel):
        root: dict[str, "Tree"]
""",
        },
        tmp_path,
    )
    schemas = project.schemas
    user, page = schema(project, "User"), schema(project, "UserPage")
    assert render(page.by_name["items"].type) == "list[app4.schemas.User]"
    assert [inner.name for inner in user.nested()] == ["Profile", "Secret"]
    assert [inner.name for inner in user.nested(written=True)] == ["Profile", "Extra"]
    assert [inner.name for inner in schema(project, "Owner").nested()] == ["Cat", "Dog"]
    paths = [".".join(field.name for field in path) for path in page.paths()]
    assert "items.profile.bio" in paths and "items.hidden.key" in paths
    assert schema(project, "Names").is_root and schema(project, "Tree").is_root and not user.is_root
    assert [inner.name for inner in schema(project, "Names").nested()] == ["User", "Profile", "Secret"]

    module = user.cls.module
    evaluate = project.interpreter.annotation

    def type_of(text: str):
        expression = parse_expression(text)
        assert expression is not None
        return evaluate(expression, module.scope)

    users = schemas.of(type_of("Annotated[Page[User], 1]"))
    assert users is not None and users is schemas.of(type_of("Page[User]"))
    assert render(users.by_name["items"].type) == "list[app4.schemas.User]"
    half = schemas.of(type_of("Half[Cat]"))
    assert half is not None
    assert [render(field.type) for field in half.fields] == ["int", "dict[str, app4.schemas.Cat]"]
    assert schemas.of(type_of("list[User]")) is None
    names = [cls.name for cls in schemas.response_classes(type_of("dict[str, Page[Owner] | None]"))]
    assert names == ["Page", "Owner", "Cat", "Dog"]
    assert [cls.name for cls in schemas.response_classes(type_of("List[User]"))] == ["User", "Profile", "Extra"]


def test_generic_classes_of_python_3_12() -> None:
    project = linked(
        {
            "schemas.py": """
    from pydantic import BaseModel

    class Item(BaseModel):
        name: str

    class Page[T](BaseModel):
        items: list[T]

    class Items(Page[Item]):
        total: int
"""
        }
    )
    assert render(schema(project, "Items").by_name["items"].type) == "list[schemas.Item]"


def test_validators_and_configuration(tmp_path: Path) -> None:
    project = agree(
        {
            "app5/__init__.py": "",
            "app5/schemas.py": """
    from pydantic import (BaseModel, field_validator, model_validator, field_serializer, model_serializer, validator,
                          root_validator, computed_field)

    def strip(value):
        return value

    class Base(BaseModel):
        name: str
        mail: str

        @field_validator("name", "mail", mode="before")
        @classmethod
        def clean(cls, value):
            return value

        @model_validator(mode="after")
        def check(self):
            return self

        @computed_field(alias="full")
        def full_name(self) -> str:
            return self.name

    class Child(Base):
        model_config = {"extra": "allow"}
        _strip = field_validator("name")(strip)

        @field_validator("name")
        @classmethod
        def clean(cls, value):
            return value

        @field_serializer("mail")
        def hide(self, value):
            return "x"

    class Old(BaseModel):
        name: str

        class Config:
            orm_mode = True
            extra = "forbid"

        @validator("name", pre=True)
        def clean(cls, value):
            return value

        @root_validator(skip_on_failure=True)
        def check(cls, values):
            return values
""",
        },
        tmp_path,
    )
    child, old = schema(project, "Child"), schema(project, "Old")
    clean = {v.function.name: v for v in child.validators}["clean"]
    assert (clean.kind, clean.mode, clean.fields, clean.version) == ("field_validator", "after", ("name",), 2)
    assert clean.function.owner is child.cls
    assert [(v.kind, v.mode, v.version) for v in old.validators] == [
        ("validator", "before", 1),
        ("root_validator", "after", 1),
    ]
    assert old.own_config is not None and str(old.own_config.location) == "app5/schemas.py:41"
    assert "orm_mode" in old.config
    assert child.computed_fields[0].alias == "full"


def test_sqlmodel_schemas_without_tables(tmp_path: Path) -> None:
    project = agree(
        {
            "app6/__init__.py": "",
            "app6/models.py": """
    from sqlmodel import Field, Relationship, SQLModel

    class HeroBase6(SQLModel):
        name: str = Field(index=True)
        age: int | None = None

    class Hero6(HeroBase6, table=True):
        id: int | None = Field(default=None, primary_key=True)
        secret: str

    class HeroCreate6(HeroBase6):
        password: str

    class HeroPublic6(HeroBase6):
        id: int
""",
        },
        tmp_path,
    )
    assert [own.name for own in project.schemas] == ["HeroBase6", "HeroCreate6", "HeroPublic6"]
    assert schema(project, "HeroPublic6").from_attributes


def test_what_is_no_schema() -> None:
    project = linked(
        {
            "app/__init__.py": "",
            "app/things.py": """
    from dataclasses import dataclass, field
    from typing import NamedTuple, TypedDict
    from pydantic.dataclasses import dataclass as checked
    from pydantic_settings import BaseSettings
    from pydantic import BaseModel
    from beanie import Document
    from elsewhere import Unfamiliar

    class Settings(BaseSettings):
        key: str

    class Stored(Document):
        key: str

    class Strange(Unfamiliar):
        key: str

    class Half(Unfamiliar, BaseModel):
        key: str

    @dataclass
    class Point:
        x: int
        y: int = field(default=3)
        z: list[int] = field(default_factory=list)

    @checked
    class Checked:
        x: int
        point: Point

    class Named(NamedTuple):
        x: int

    class Typed(TypedDict):
        x: int

    class Plain:
        x: int

    def all_optional(cls):
        return cls

    class AllOptional(type(BaseModel)):
        pass

    @all_optional
    class Decorated(BaseModel):
        x: int

    class Patched(BaseModel, metaclass=AllOptional):
        x: int
""",
        }
    )
    assert [own.name for own in project.schemas] == ["Half", "Checked", "Decorated", "Patched"]
    for name in ("Half", "Decorated", "Patched"):
        assert not schema(project, name).is_complete
    for name in ("Decorated", "Patched"):
        assert not schema(project, name).by_name["x"].required
    checked = schema(project, "Checked")
    assert checked.kind == "dataclass"
    (point,) = checked.nested()
    assert [(field.name, field.required) for field in point.fields] == [("x", True), ("y", False), ("z", False)]


def test_fields_of_external_models() -> None:
    project = linked(
        {
            "app/__init__.py": "",
            "app/schemas.py": """
    from uuid import UUID
    from fastapi_users import schemas

    class UserRead(schemas.BaseUser[UUID]):
        nick: str

    class UserUpdate(schemas.BaseUserUpdate):
        nick: str | None = None
""",
        }
    )
    read, update = schema(project, "UserRead"), schema(project, "UserUpdate")
    assert [field.name for field in read.fields if field.required] == ["id", "email", "nick"]
    assert not any(field.required for field in update.fields)
    assert read.is_complete and read.by_name["email"].location == read.location


@pytest.mark.parametrize("version", [(1, 10, 2), (2, 0)])
def test_the_version_decides_what_is_required(version: tuple[int, ...]) -> None:
    """Checked by hand against Pydantic 1.10.27, which cannot be installed beside 2."""
    project = linked(
        {
            "schemas.py": """
    from typing import Any, Optional
    from pydantic import BaseModel, Field

    class User(BaseModel):
        a: Optional[int]
        b: Optional[int] = Field(...)
        c: Any
        d: int
        e: Optional[str] = Field(description="x")
        f: Optional[int] = ...
        g = 3
        orm_mode = True

    class Child(User):
        d = 4

    class Names(BaseModel):
        __root__: list[str]
"""
        },
        pydantic=version,
    )
    user, child = schema(project, "User"), schema(project, "Child")
    required = [field.name for field in user.fields if field.required]
    if version[0] == 1:
        assert required == ["b", "d", "f"]
        assert [field.name for field in user.fields] == ["a", "b", "c", "d", "e", "f", "g", "orm_mode"]
        assert not child.by_name["d"].required and render(child.by_name["d"].type) == "int"
        assert schema(project, "Names").is_root
    else:
        assert required == ["a", "b", "c", "d", "e", "f"]
        assert child.by_name["d"].required


def test_the_tables_name_what_exists() -> None:
    for option in tables.CONFIG_V1_NAMES.values():
        assert option in pydantic.ConfigDict.__annotations__
    for method in tables.V1_METHODS.values():
        assert hasattr(BaseModel, method)
    for name in (*tables.VALIDATORS, *tables.FIELD_FACTORIES, *tables.CONFIG_FACTORIES, *tables.SECRET_TYPES):
        module, _, attribute = name.removesuffix("()").rpartition(".")
        if module in ("pydantic", "fastapi", "sqlmodel") and attribute != "SQLModelConfig":
            assert hasattr(importlib.import_module(module), attribute), name
