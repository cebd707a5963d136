"""Types taken apart, and what kind of type they are, held against FastAPI's own answers."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from fastapi._compat import shared
from running import imported, linked

from fastapi_lint.facts.extract import parse_expression
from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.types import (
    accepts_none,
    arguments_of,
    classes,
    contains_unknown,
    element,
    is_dataclass,
    is_ellipsis,
    is_model,
    is_none,
    is_same,
    is_scalar,
    is_scalar_sequence,
    is_sequence,
    is_union,
    is_upload,
    mapping_items,
    members,
    origin_name,
    render,
    split_annotated,
    split_qualifiers,
    strip,
    without_none,
)
from fastapi_lint.model.values import Value

HEAD = """
import array, collections, datetime, decimal, enum, pathlib, typing, uuid
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from typing import (
    Annotated, Any, ClassVar, Dict, Final, Generic, List, Literal, NamedTuple, NewType, Optional, Protocol, Tuple, Type,
    TypeVar, Union,
)
from typing_extensions import NotRequired, TypedDict
from fastapi import UploadFile
from pydantic import BaseModel, Json, RootModel, conint, conlist, constr, create_model
from sqlmodel import SQLModel

class Colour(str, enum.Enum):
    RED = "red"
class Item(BaseModel): ...
class Special(Item): ...
class Row(SQLModel): ...
T = TypeVar("T")
class Page(BaseModel, Generic[T]): ...
class ItemPage(Page[Item]): ...
@dataclass
class Point: ...
class Derived(Point): ...
class Typed(TypedDict): ...
class Pair(NamedTuple): ...
Old = namedtuple("Old", "a b")
class Text(str): ...
class Numbers(list): ...
class Table(dict): ...
class Plain: ...
class Shape(Protocol): ...
UserId = NewType("UserId", int)
Items = NewType("Items", List[Item])
Made = create_model("Made")
Short = Annotated[str, "short"]
"""

TYPES = """
int str float bool bytes bytearray complex object Any None list dict tuple set frozenset type deque OrderedDict
Counter defaultdict[str,int] array.array memoryview range Colour Item Special Row Page[Item] Page[int] ItemPage Point
Derived Typed Pair Old Text Numbers Table Plain Shape UserId Items Made Short T UploadFile list[UploadFile]
List[int] List[Item] List[Optional[int]] Dict[str,int] Tuple[int,str] tuple[int,...] Sequence[int] Iterable[int]
Mapping[str,Item] MutableMapping[str,int] Optional[int] Optional[Item] Union[int,str] Union[int,List[int]] int|None
list[int]|None Literal["a"] Type[Item] Callable[[int],str] conint(gt=1) constr(min_length=1) conlist(int) Json
Json[Item] Annotated[List[int],"x"] Annotated[Item,"x"] Optional[Annotated[int,"x"]] list[list[int]] list[Literal["a"]]
datetime.datetime uuid.UUID decimal.Decimal pathlib.Path Union[UploadFile,None] RootModel[int] deque[int] Sequence[Item]
""".split()


def value_of(text: str, head: str = HEAD) -> Value:
    """The value of a type that is written in a module with the usual names."""
    interpreter = linked({"app.py": textwrap.dedent(head)}).interpreter
    module = next(iter(interpreter.linker.modules.values()))
    expression = parse_expression(text)
    assert expression is not None
    return interpreter.annotation(expression, module.scope)


def test_kinds_are_those_of_fastapi(tmp_path: Path) -> None:
    sources = {"app.py": HEAD + "TYPES = [" + ", ".join(TYPES) + "]\n"}
    questions = {
        "scalar": (is_scalar, shared.field_annotation_is_scalar),
        "sequence": (is_sequence, shared.field_annotation_is_sequence),
        "scalar sequence": (is_scalar_sequence, shared.field_annotation_is_scalar_sequence),
        "upload": (
            is_upload,
            lambda type_: (
                shared.is_uploadfile_or_nonable_uploadfile_annotation(type_)
                or shared.is_uploadfile_sequence_annotation(type_)
            ),
        ),
    }
    interpreter = linked(sources).interpreter
    values = next(iter(interpreter.linker.modules.values())).scope.names["TYPES"].items
    differing = {}
    with imported(sources, tmp_path) as modules:
        for text, value, real in zip(TYPES, values, modules["app"].TYPES, strict=True):
            for name, (ours, theirs) in questions.items():
                if text.startswith("Annotated[") and name == "upload":
                    continue  # FastAPI asks this of the type inside
                if ours(value) is not theirs(real):
                    differing[text, name] = (ours(value), theirs(real))
    assert differing == {}


@pytest.mark.parametrize("text", ["Thing", "list[Thing]", "Optional[Thing]", "Half", "missing", "Union[int, Thing]"])
def test_unfamiliar_classes_leave_it_open(text: str) -> None:
    head = "from typing import Optional, Union\nfrom somewhere import Base, Thing\nclass Half(Base): ...\n"
    type_ = value_of(text, head)
    assert is_scalar(type_) is (False if text.startswith("list") else None)
    assert is_model(type_) is (None if text in ("Thing", "Half", "missing") else False)


def test_an_unfamiliar_base_beside_a_known_one() -> None:
    head = "from pydantic import BaseModel\nfrom x import Mixin\nclass Both(Mixin, BaseModel): ...\n"
    assert is_model(value_of("Both", head)) is True
    assert is_scalar(value_of("Both", head)) is False


@pytest.mark.parametrize(
    ("text", "type_", "metadata"),
    [
        ("Annotated[int, 'a', 'b']", "int", 2),
        ("Annotated[Annotated[int, 'a'], 'b']", "int", 2),
        ("Annotated[Optional[int], 'a']", "int | None", 1),
        ("Optional[Annotated[int, 'a']]", "int | None", 0),
        ("Json[Item]", "app.Item", 1),
        ("Short", "str", 1),
        ("int", "int", 0),
    ],
)
def test_annotated(text: str, type_: str, metadata: int) -> None:
    bare, found = split_annotated(value_of(text))
    assert (render(bare), len(found)) == (type_, metadata)


@pytest.mark.parametrize(
    ("text", "names", "type_"),
    [
        ("ClassVar[int]", {"typing.ClassVar"}, "int"),
        ("ClassVar[Final[int]]", {"typing.ClassVar", "typing.Final"}, "int"),
        ("ClassVar", {"typing.ClassVar"}, "typing.Any"),
        ("NotRequired[str]", {"typing.NotRequired"}, "str"),
        ("int", set(), "int"),
    ],
)
def test_qualifiers(text: str, names: set[str], type_: str) -> None:
    found, bare = split_qualifiers(value_of(text))
    assert (set(found), render(bare)) == (names, type_)


@pytest.mark.parametrize(
    ("text", "parts", "none", "rest", "bare"),
    [
        ("int", ["int"], False, "int", "int"),
        ("Optional[int]", ["int", "None"], True, "int", "int"),
        ("Union[int, str, None]", ["int", "str", "None"], True, "int | str", "int | str"),
        ("Union[int, Union[str, None]]", ["int", "str", "None"], True, "int | str", "int | str"),
        ("Annotated[Optional[int], 'x']", ["int | None"], True, "int | None", "int"),
        ("Optional[Annotated[int, 'x']]", ["int", "None"], True, "int", "int"),
        ("Optional[Annotated[Optional[int], 'x']]", ["int | None", "None"], True, "int | None", "int"),
        ("None", ["None"], True, "None", "None"),
    ],
)
def test_unions(text: str, parts: list[str], none: bool, rest: str, bare: str) -> None:
    type_ = value_of(text)
    assert [render(member) for member in members(type_)] == parts
    assert accepts_none(type_) is none
    assert render(without_none(type_)) == rest
    assert render(strip(type_)) == bare
    assert is_union(type_) is (len(parts) > 1)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("list[int]", "int"),
        ("List[Item]", "app.Item"),
        ("tuple[int, ...]", "int"),
        ("tuple[int, str]", "int | str"),
        ("Sequence[Optional[int]]", "int | None"),
        ("Iterable[int]", "int"),
        ("Annotated[list[int], 'x']", "int"),
        ("conlist(Item, min_length=1)", "app.Item"),
        ("list", None),
        ("dict[str, int]", None),
        ("int", None),
    ],
)
def test_elements(text: str, inner: str | None) -> None:
    found = element(value_of(text))
    assert (render(found) if found is not None else None) == inner


def test_mappings() -> None:
    pair = mapping_items(value_of("Dict[str, Item]"))
    assert pair is not None and [render(part) for part in pair] == ["str", "app.Item"]
    assert mapping_items(value_of("dict")) is None
    assert mapping_items(value_of("list[int]")) is None


def test_arguments_and_origins() -> None:
    assert [render(part) for part in arguments_of(value_of("Type[Item]"), "typing.Type") or ()] == ["app.Item"]
    assert arguments_of(value_of("list"), "list") == ()
    assert arguments_of(value_of("int"), "list") is None
    assert origin_name(value_of("List[int]")) == "list"
    assert origin_name(value_of("Annotated[conint(gt=1), 'x']")) == "int"
    assert origin_name(value_of("Item")) == ""


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Item", ["Item"]),
        ("Dict[str, List[Item]]", ["Item"]),
        ("Union[Item, Special, Item]", ["Item", "Special"]),
        ("Page[Item]", ["Page", "Item"]),
        ("Annotated[Item, Special]", ["Item"]),
        ("Callable[[Item], Special]", ["Item", "Special"]),
        ("Items", ["Item"]),
        ("Literal['Item']", []),
        ("conlist(Item)", ["Item"]),
        ("'List[Item]'", ["Item"]),
    ],
)
def test_classes(text: str, names: list[str]) -> None:
    assert [cls.name for cls in classes(value_of(text))] == names


def test_unknown_parts() -> None:
    assert contains_unknown(value_of("Optional[List[missing]]"))
    assert not contains_unknown(value_of("Optional[List[int]]"))


def test_kinds_of_classes() -> None:
    assert is_dataclass(value_of("Derived")) and not is_dataclass(value_of("Item"))
    assert is_model(value_of("ItemPage")) and is_model(value_of("Page[int]")) and is_model(value_of("Made"))
    assert is_model(value_of("Plain")) is False and is_model(value_of("int")) is False
    assert is_none(value_of("None")) and not is_none(value_of("int"))
    assert is_ellipsis(value_of("..."))
    assert isinstance(value_of("'Item'"), ClassDefinition)


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("int", "int"),
        ("Optional[List[Item]]", "list[app.Item] | None"),
        ("Dict[str, Any]", "dict[str, typing.Any]"),
        ("Page[Item]", "app.Page[app.Item]"),
        ("Annotated[Item, 'x']", "app.Item"),
        ("tuple[int, ...]", "tuple[int, Ellipsis]"),
        ("Literal['a', 1]", "typing.Literal['a', 1]"),
        ("Callable[[int], None]", "collections.abc.Callable[[int], None]"),
        ("UserId", "UserId"),
        ("T", "~T"),
        ("Made", "Made"),
        ("conlist(Item)", "list[app.Item]"),
        ("conint(gt=1)", "int"),
        ("datetime.datetime", "datetime.datetime"),
        ("missing", "?"),
        ("'Item'", "app.Item"),
    ],
)
def test_text(text: str, rendered: str) -> None:
    assert render(value_of(text)) == rendered


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Item", "'Item'", True),
        ("List[Item]", "list[Item]", True),
        ("Optional[Item]", "Item | None", True),
        ("Page[Item]", "Page[Item]", True),
        ("Literal['a', 1]", "Literal['a', 1]", True),
        ("Page[Item]", "Page[int]", False),
        ("Item", "list[Item]", False),
        ("Literal[1]", "Literal[True]", False),
        ("Any", "int", False),
        ("missing", "missing", False),
        ("conint(gt=1)", "conint(gt=2)", False),
    ],
)
def test_same_types(first: str, second: str, same: bool) -> None:
    both = arguments_of(value_of(f"tuple[{first}, {second}]"), "tuple")
    assert both is not None
    assert is_same(*both) is same
