"""Parameters, held against where FastAPI takes them from."""

from __future__ import annotations

import random
import textwrap
from pathlib import Path
from types import ModuleType

import pytest
from oracle import real_dependant
from running import imported, linked

from fastapi_lint.model.definitions import ClassDefinition
from fastapi_lint.model.dependencies.dependants import DependencyReader
from fastapi_lint.model.dependencies.parameters import RouteParameter, path_names
from fastapi_lint.model.interpreter.interpreter import Interpreter
from fastapi_lint.model.types import render

HEAD = """
import collections, datetime, decimal, enum, ipaddress, pathlib, re, typing, uuid
from collections.abc import Iterable, Mapping, MutableSequence, Sequence
from collections import OrderedDict, defaultdict, deque
from dataclasses import dataclass
from typing import Annotated, Any, Dict, FrozenSet, Generic, List, Literal, NamedTuple, NewType, Optional, Tuple
from typing import TypeVar, Union
from fastapi import (
    BackgroundTasks, Body, Cookie, Depends, File, Form, Header, Path, Query, Request, Response, Security, UploadFile,
    WebSocket,
)
from pydantic import (
    AnyUrl, BaseModel, ConfigDict, EmailStr, Field, HttpUrl, Json, PositiveInt, RootModel, SecretStr, UUID4, conint,
    conlist, constr, create_model,
)
from pydantic.dataclasses import dataclass as pydantic_dataclass
from sqlmodel import SQLModel

class Colour(enum.Enum):
    RED = "red"
class Size(str, enum.Enum):
    BIG = "big"
class Item(BaseModel):
    name: str
class Special(Item): ...
class Row(SQLModel):
    id: int
class Root(RootModel[list[int]]): ...
T = TypeVar("T")
class Page(BaseModel, Generic[T]):
    items: list[T]
@dataclass
class Point:
    x: int
class Derived(Point): ...
@pydantic_dataclass
class Checked:
    x: int
class Pair(NamedTuple):
    a: int
    b: int
class Text(str): ...
class Numbers(list): ...
class Table(dict): ...
class Own:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler): return handler(str)
class OwnGeneric(Generic[T]):
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler): return handler(str)
UserId = NewType("UserId", int)
Items = NewType("Items", list[int])
Made = create_model("Made", x=(int, ...))
Limit = Annotated[int, Query(ge=1, alias="max")]
"""

SCALARS = """
int str float bool bytes complex object Any None datetime.datetime datetime.timedelta uuid.UUID decimal.Decimal
pathlib.Path ipaddress.IPv4Address Colour Size Literal["a","b"] Literal[Colour.RED] EmailStr SecretStr HttpUrl AnyUrl
Json PositiveInt UUID4 conint(gt=1) constr(min_length=2) UserId UserId|None None|T Items T Text Own
Optional[int] Union[int,str] int|None
type[int] Annotated[int,"note"] Annotated[Optional[int],Field(gt=1)] "int" "Optional[Colour]" Iterable[int] re.Pattern
""".split()
OTHERS = """
Item Special Row Root Page[int] Page[Item] Point Derived Checked Pair Table Numbers Made dict Dict[str,int]
dict[str,Any] Mapping[str,int] OrderedDict defaultdict[str,int] list List[int] list[int] list[Item] Tuple[int,str]
tuple[int,...] set[str] FrozenSet[int] Sequence[int] MutableSequence[int] deque[int] bytearray conlist(int)
Optional[Item] Union[Item,int] Item|None list[int]|None Optional[List[str]] UploadFile list[UploadFile]
Optional[UploadFile] Annotated[Item,"note"] "Item" "list[Item]" Json[Item] OwnGeneric[int]
Union[list[int],dict[str,int]] list[list[int]] Sequence[Optional[int]] List[Union[int,Item]] list[Literal["a"]]
""".split()
MARKERS = [""] * 4 + [
    "Query()",
    "Query(alias='al-ias')",
    "Query(validation_alias='val')",
    "Header()",
    "Header(convert_underscores=False)",
    "Header(alias='X_Key')",
    "Cookie()",
    "Body()",
    "Body(embed=True)",
    "Body(alias='b')",
    "Form()",
    "File()",
    "Path()",
    "Path(alias='other')",
    "Field(alias='f')",
    "Field(gt=1)",
]
DEFAULTS = ["", "", "", "None", "3", "'x'", "...", "[]", "{}"]


def generated(seed: int, count: int) -> list[tuple[str, str]]:
    """Random parameters, each a function of its own: the parameter and its route's path.

    No forward references inside ``Annotated``: FastAPI leaves them unresolved, and so takes them for scalars.
    """
    source = random.Random(seed)
    made = []
    for _ in range(count):
        annotation = source.choice(source.choice((SCALARS, OTHERS, [""])))
        marker, default = source.choice(MARKERS), source.choice(DEFAULTS)
        extra = source.choice(["", "", "", ", Field(alias='second')", ", Header()"])
        style = source.choice(("default", "annotated", "both"))
        if not marker or '"' in annotation[:1]:
            text = f"p_a: {annotation}" if annotation else "p_a"
            text += f" = {default}" if default else ""
        elif style == "default" or not annotation:
            inside = f"{default}, " if default and not marker.startswith("Path") else ""
            text = (f"p_a: {annotation}" if annotation else "p_a") + f" = {marker.replace('(', '(' + inside, 1)}"
        else:
            text = f"p_a: Annotated[{annotation}, {marker}{extra}]"
            text += f" = {default}" if default and style == "both" else ""
        made.append((text, source.choice(("/", "/", "/", "/{p_a}", "/{p_a:path}", "/{other}"))))
    return made


def real(module: ModuleType, name: str, path: str) -> list[tuple[str, str, str | None, bool]] | None:
    """Where FastAPI takes the parameters of a function from; None where it refuses them."""
    try:
        dependant = real_dependant(getattr(module, name), path.replace(":path", ""))
    except Exception:  # noqa: BLE001 - whatever Pydantic or FastAPI raise, the application would not start
        return None
    return [
        (
            type(field.field_info).__name__.lower(),
            field.alias,
            field.field_info.validation_alias or field.alias,
            field.field_info.is_required(),
        )
        for place in ("path", "query", "header", "cookie", "body")
        for field in getattr(dependant, f"{place}_params")
    ]


def ours(parameters: tuple[RouteParameter, ...]) -> list[tuple[str, str, str | None, bool | None]]:
    return [(p.place, p.alias, p.wire_name, p.required) for p in parameters]


def names_of(interpreter: Interpreter) -> dict[str, object]:
    return next(iter(interpreter.linker.modules.values())).scope.names


@pytest.mark.parametrize("seed", range(6))
def test_generated_parameters(seed: int, tmp_path: Path) -> None:
    parameters = generated(seed, 150)
    functions = "".join(f"def f{number}({text}): ...\n" for number, (text, _) in enumerate(parameters))
    sources = {"app.py": HEAD + functions}
    interpreter = linked(sources).interpreter
    reader = DependencyReader(interpreter)
    names = names_of(interpreter)
    compared = 0
    with imported(sources, tmp_path) as modules:
        for number, (text, path) in enumerate(parameters):
            theirs = real(modules["app"], f"f{number}", path)
            if theirs is not None:
                found = reader.build(names[f"f{number}"], path).parameters
                assert ours(found) == theirs, f"def f({text}) on {path}"
                compared += 1
    assert compared > 60


EVERY = [(annotation, path) for annotation in SCALARS + OTHERS for path in ("/", "/{p}")]


def test_every_type_without_a_marker(tmp_path: Path) -> None:
    functions = "".join(f"def f{number}(p: {annotation}): ...\n" for number, (annotation, _) in enumerate(EVERY))
    sources = {"app.py": HEAD + functions}
    interpreter = linked(sources).interpreter
    reader = DependencyReader(interpreter)
    differing = {}
    with imported(sources, tmp_path) as modules:
        for number, (annotation, path) in enumerate(EVERY):
            theirs = real(modules["app"], f"f{number}", path)
            found = ours(reader.build(names_of(interpreter)[f"f{number}"], path).parameters)
            if theirs is not None and found != theirs:
                differing[annotation] = (theirs, found)
    assert differing == {}


# what FastAPI does not say


def parameter(text: str, path: str | None = "/", before: str = "") -> RouteParameter:
    source = HEAD + textwrap.dedent(before) + f"def f({text}): ...\n"
    interpreter = linked({"app.py": source}).interpreter
    dependant = DependencyReader(interpreter).build(names_of(interpreter)["f"], path)
    (found,) = (*dependant.parameters, *dependant.injected)
    return found


def test_path_names() -> None:
    assert path_names("/{year}/x-{month}/{rest:path}") == {"year", "month", "rest"}
    assert path_names("/plain") == frozenset()


@pytest.mark.parametrize(
    ("text", "place", "likely"),
    [
        ("p: Thing", "unknown", "body"),
        ("p: Optional[Thing] = None", "unknown", "body"),
        ("p: list[Thing]", "body", "body"),
        ("p: ThingId", "unknown", "query"),
        ("p: Thing = 3", "unknown", "query"),
        ("p: missing", "unknown", "query"),
        ("p: Thing = Query()", "query", "query"),
        ("p: Annotated[missing, Header()]", "header", "header"),
        ("p: Half", "unknown", "body"),
    ],
)
def test_what_is_not_known_is_said(text: str, place: str, likely: str) -> None:
    before = """
    from somewhere import Base, Thing, ThingId
    class Half(Base): ...
    """
    found = parameter(text, before=before)
    assert (found.place, found.likely) == (place, likely)


def test_a_path_that_is_not_known() -> None:
    assert (parameter("p: int", None).place, parameter("p: int", None).likely) == ("unknown", "query")
    assert parameter("p: Item", None).place == "body"
    assert parameter("p: int = Query()", None).place == "query"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("p: Request", "request"),
        ("p: 'Request'", "request"),
        ("p: WebSocket", "websocket"),
        ("p: Response", "response"),
        ("p: BackgroundTasks", "background_tasks"),
        ("p: OwnRequest", "request"),
        ("p: FromDishka[Item]", "container"),
    ],
)
def test_injected(text: str, kind: str) -> None:
    before = """
    from dishka.integrations.fastapi import FromDishka
    class OwnRequest(Request): ...
    """
    found = parameter(text, before=before)
    assert (found.place, found.injected) == ("injected", kind)


def test_a_request_with_a_marker_is_a_dependency_all_the_same() -> None:
    source = HEAD + "def dep(): ...\ndef f(p: Request = Depends(dep)): ...\n"
    interpreter = linked({"app.py": source}).interpreter
    dependant = DependencyReader(interpreter).build(names_of(interpreter)["f"], "/")
    assert [below.qualified_name for below in dependant.dependencies] == ["app.dep"]


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("p: Annotated[Item, Query()]", "Item"),
        ("p: Annotated[Optional[Item], Header()] = None", "Item"),
        ("p: Annotated[Page[int], Form()]", "Page"),
        ("p: Item", None),
        ("p: Annotated[list[int], Query()]", None),
    ],
)
def test_parameter_models(text: str, model: str | None) -> None:
    found = parameter(text).model
    name = render(found).partition("[")[0] if found is not None else None
    assert name == (f"app.{model}" if model is not None else None)


def test_a_parameter_knows_where_it_stands_and_what_describes_it() -> None:
    found = parameter("p: Annotated[int, 'note', Query(ge=1, alias='page')] = 1")
    assert (found.name, found.alias, found.wire_name, found.required) == ("p", "page", "page", False)
    assert found.type_text == "int"
    assert found.marker is not None and found.marker.text("alias") == "page"
    assert len(found.metadata) == 2
    assert found.location is not None and found.location.path == "app.py"
    assert not found.in_body and parameter("p: Item").in_body


def test_annotated_aliases_of_other_modules() -> None:
    sources = {
        "types_.py": """
            from typing import Annotated
            from fastapi import Query
            Limit = Annotated[int, Query(alias='max')]
            """,
        "app.py": "from types_ import Limit\ndef f(p: Limit = 3, q: 'Limit' = 4): ...\n",
    }
    interpreter = linked(sources).interpreter
    names = interpreter.linker.modules["app.py"].scope.names
    found = DependencyReader(interpreter).build(names["f"], "/").parameters
    assert [(p.place, p.alias) for p in found] == [("query", "max"), ("query", "max")]


def test_type_statements() -> None:
    source = "from typing import Annotated\nfrom fastapi import Header\ntype Key = Annotated[str, Header()]\n"
    interpreter = linked({"app.py": source + "def f(x_key: Key): ...\n"}).interpreter
    (found,) = DependencyReader(interpreter).build(names_of(interpreter)["f"], "/").parameters
    assert (found.place, found.alias) == ("header", "x-key")


def test_markers_of_the_project() -> None:
    before = """
    from fastapi import params
    class Sorted(params.Query): ...
    """
    found = parameter("p: Annotated[int, Sorted(alias='sort')] = 1", before=before)
    assert (found.place, found.alias) == ("query", "sort")


def test_names_of_classes() -> None:
    assert isinstance(parameter("p: Item").type, ClassDefinition)
