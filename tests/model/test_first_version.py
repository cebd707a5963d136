"""What of Pydantic's first version a project uses, and defaults that are made at import."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.moments import momentary_call
from fastapi_lint.model.schemas.first_version import (
    is_of_second_version,
    old_bases,
    old_calls,
    old_functions,
    old_options,
)

MODEL = """
from pydantic import BaseModel, ConfigDict

class Book(BaseModel):
    title: str
    class Config:
        orm_mode = True
        frozen = True
"""


@pytest.mark.parametrize(
    ("line", "methods"),
    [
        ("book.dict()", ["dict"]),
        ("Book.parse_obj(book.json())", ["json", "parse_obj"]),
        ("[one.copy() for one in [book]]", ["copy"]),
        ("book.model_dump()", []),
        ("book.model_dump() or book.dict()", []),
        ("other.dict()", []),
        ("book.title.copy()", []),
    ],
)
def test_old_calls(line: str, methods: list[str]) -> None:
    project = project_of(f"{MODEL}\ndef use(book: Book, other):\n    {line}\n")
    (function,) = project.functions
    assert [call.method for call in old_calls(function, project.bodies, project.schemas)] == methods


def test_old_options_with_their_successors() -> None:
    (schema,) = project_of(MODEL).schemas
    assert old_options(schema) == {"orm_mode": "from_attributes"}


@pytest.mark.parametrize(
    ("line", "second"),
    [
        ("from pydantic import BaseModel", True),
        ("from pydantic.v1 import BaseModel", False),
        ("try:\n    from pydantic.v1 import BaseModel\nexcept ImportError:\n    from pydantic import BaseModel", False),
    ],
)
def test_models_of_the_second_version(line: str, second: bool) -> None:
    project = project_of(f"{line}\nclass Book(BaseModel): ...\n")
    (cls,) = project.classes
    assert is_of_second_version(cls, project.schemas) is second


@pytest.mark.parametrize(
    ("default", "called"),
    [
        ("uuid4()", "uuid.uuid4"),
        ("uuid4().hex", "uuid.uuid4"),
        ("datetime.now().date().isoformat()", "datetime.datetime.now"),
        ("Field(default=datetime.now())", "datetime.datetime.now"),
        ("MADE", None),
        ("Field(default_factory=uuid4)", None),
        ("datetime(1970, 1, 1)", None),
        ("1", None),
    ],
)
def test_momentary_calls(default: str, called: str | None) -> None:
    head = "from datetime import datetime\nfrom uuid import uuid4\nfrom pydantic import BaseModel, Field\n"
    project = project_of(f"{head}MADE = uuid4()\nclass Book(BaseModel):\n    key: object = {default}\n")
    (schema,) = project.schemas
    call = momentary_call(schema.by_name["key"].default, schema.cls)
    assert (call.callee.name if call is not None else None) == called


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("from pydantic import BaseSettings\nclass A(BaseSettings): ...", ["BaseSettings"]),
        ("from pydantic import BaseSettings as B\nclass A(B): ...", ["BaseSettings"]),
        ("import pydantic\nclass A(pydantic.ConstrainedStr): ...", ["ConstrainedStr"]),
        ("import pydantic as p\nclass A(p.ConstrainedInt): ...", ["ConstrainedInt"]),
        ("from pydantic.generics import GenericModel\nclass A(GenericModel): ...", ["GenericModel"]),
        ("import pydantic.generics\nclass A(pydantic.generics.GenericModel): ...", ["GenericModel"]),
        ("from pydantic_settings import BaseSettings\nclass A(BaseSettings): ...", []),
        ("from pydantic.v1 import BaseSettings\nclass A(BaseSettings): ...", []),
        ("try:\n    from pydantic import BaseSettings\nexcept ImportError: ...\nclass A(BaseSettings): ...", []),
        ("import pydantic\nclass A(pydantic.BaseModel): ...", []),
    ],
)
def test_base_classes_of_the_first_version(lines: str, names: list[str]) -> None:
    (module,) = project_of(lines).modules
    assert [found.name for found in old_bases(module)] == names


def test_functions_of_the_first_version() -> None:
    project = project_of("""
import pydantic
from pydantic import parse_obj_as, TypeAdapter
def one(x): return parse_obj_as(int, x)
def two(x): return pydantic.schema_of(int)
def both(x): return TypeAdapter(int).validate_python(x) or parse_obj_as(int, x)
def own(x): return x.parse_obj_as()
""")
    found = [each.name for function in project.functions for each in old_functions(function, project.bodies)]
    assert found == ["parse_obj_as()", "schema_of()"]
