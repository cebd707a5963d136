"""Which fields of schemas nothing bounds, and which class declares them."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.schemas.bounds import unbounded_fields
from fastapi_lint.model.schemas.usage import declared_fields, input_schemas

HEAD = """
from decimal import Decimal
from typing import Annotated
from annotated_types import Len
from fastapi import FastAPI
from pydantic import BaseModel, Field, PositiveInt, StrictStr, conint, conlist, constr
app = FastAPI()
"""


@pytest.mark.parametrize(
    ("field", "is_unbounded"),
    [
        ("x: str", True),
        ("x: str | None = None", True),
        ("x: str = Field('', min_length=1)", True),
        ("x: str = Field('', max_length=1)", False),
        ("x: str = Field('', regex='a')", False),
        ("x: Annotated[str, Field(description='a')]", True),
        ("x: Annotated[str, Field(max_length=1)]", False),
        ("x: Annotated[str, Len(0, 1)]", False),
        ("x: constr(max_length=1)", False),
        ("x: constr(strip_whitespace=True)", True),
        ("x: list[int]", True),
        ("x: conlist(int)", True),
        ("x: conlist(int, max_length=1)", False),
        ("x: dict[str, int]", False),
        ("x: int", True),
        ("x: Decimal = Field(max_digits=2)", False),
        ("x: conint(ge=1)", False),
        ("x: PositiveInt", False),
        ("x: bool", False),
        ("xId: int", False),
        ("xId: str", True),
        ("x: Missing", False),
    ],
)
def test_bounds_of_fields(field: str, is_unbounded: bool) -> None:
    project = project_of(f"{HEAD}\nclass A(BaseModel):\n    {field}\n")
    (schema,) = project.schemas.named("A")
    assert bool(list(unbounded_fields(schema))) == is_unbounded


def test_fields_are_declared_once() -> None:
    project = project_of(
        f"{HEAD}\n"
        "class A(BaseModel):\n    x: str\nclass B(A):\n    y: str\nclass C(A):\n    x: int\n"
        "@app.post('/b')\ndef b(body: B): ...\n"
        "@app.post('/c')\ndef c(body: C): ...\n"
        "@app.post('/a')\ndef a(body: A): ...\n"
    )
    used = input_schemas(project.routes, project.schemas)
    found = [
        (declared.owner.name, [field.name for field in declared.fields], declared.route.path)
        for declared in declared_fields(used, lambda schema: schema.fields)
    ]
    assert found == [("A", ["x"], "/b"), ("B", ["y"], "/b"), ("C", ["x"], "/c")]
