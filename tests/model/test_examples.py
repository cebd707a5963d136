"""Which bodies of requests have no example."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.schemas.examples import bodies_without_example

SOURCE = """
from typing import Annotated, Any
from fastapi import Body, FastAPI
from pydantic import BaseModel, Field
app = FastAPI()
extra: dict[str, Any] = {{"requestBody": {{}}}}
from elsewhere import unknown
class Inner(BaseModel):
    {inner}
class A(BaseModel):
    inner: Inner
@app.post("/"{route})
def endpoint(body: {body}) -> None: ...
"""


@pytest.mark.parametrize(
    ("inner", "body", "route", "found"),
    [
        ("x: int", "A", "", ["A"]),
        ("x: int", "dict[str, A | None]", "", ["A"]),
        ("x: int", "Annotated[A, Body(embed=True)]", "", ["A"]),
        ("x: int = Field(examples=[1])", "A", "", []),
        ("x: int = Field(**unknown())", "A", "", []),
        ("x: int", "Annotated[A, Body(examples=[{}])]", "", []),
        ("x: int", "Annotated[A, Body(**unknown())]", "", []),
        ("x: int", "A", ", include_in_schema=False", []),
        ("x: int", "A", ", openapi_extra=extra", []),
        ("x: int", "A", ", openapi_extra=unknown()", []),
        ("x: int", "A", ", openapi_extra={'x-name': 1}", ["A"]),
        ("x: int", "A", ", openapi_extra=None", ["A"]),
        ("x: int", "int", "", []),
    ],
)
def test_bodies_without_example(inner: str, body: str, route: str, found: list[str]) -> None:
    project = project_of(SOURCE.format(inner=inner, body=body, route=route))
    (only,) = project.routes
    assert [schema.name for schema in bodies_without_example(only, project.schemas)] == found
