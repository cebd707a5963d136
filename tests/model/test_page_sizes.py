"""Page sizes: which parameters are, and what bounds them."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.page_sizes import is_bounded_in, is_open, page_size, with_fields

HEAD = """
from typing import Annotated, Literal
from fastapi import FastAPI, Query
from annotated_types import Interval
app = FastAPI()
"""


@pytest.mark.parametrize(
    "parameters, expected",
    [
        ("limit: int = 10", ["limit"]),
        ("pageSize: int = 10, perPage: int = 3", ["pageSize", "perPage"]),
        ("size: int = 10", []),
        ("size: int = 10, page: int = 0", ["size"]),
        ("time_limit: int = 10", []),
    ],
)
def test_page_sizes(parameters: str, expected: list[str]) -> None:
    project = project_of(f"{HEAD}\n@app.get('/')\ndef f({parameters}): ...\n")
    assert [parameter.name for parameter in page_size(route_of(project, "GET /").parameters)] == expected


@pytest.mark.parametrize(
    "declared, expected",
    [
        ("int = 10", True),
        ("int | None = 10", True),
        ("int", True),
        ("int = Query(10, ge=1)", True),
        ("int = Query(10, le=1)", False),
        ("int = Query(10, **options)", False),
        ("int | None = None", False),
        ("int = 0", False),
        ("int = unknown()", False),
        ("float = 10", False),
        ("Literal[10, 20] = 10", False),
        ("Annotated[int, Interval(le=3)] = 10", False),
        ("Annotated[int, Query(lt=3)] = 10", False),
    ],
)
def test_open_declarations(declared: str, expected: bool) -> None:
    project = project_of(f"{HEAD}\n@app.get('/')\ndef f(limit: {declared}): ...\n")
    (parameter,) = page_size(route_of(project, "GET /").parameters)
    assert is_open(parameter) is expected


@pytest.mark.parametrize(
    "body, expected",
    [
        ("return min(limit, 3)", True),
        ("return min(3, self.limit)", True),
        ("return max(limit, 3)", False),
        ("return limit <= 100", True),
        ("return 100 < limit", True),
        ("return limit < 1", False),
        ("return 0 < limit", False),
        ("return 1 <= limit <= 100", True),
        ("return limit == 3", False),
        ("return other > 3", False),
        ("return cut(limit)", True),
    ],
)
def test_bounds(body: str, expected: bool) -> None:
    project = project_of(f"def f(self, limit, other):\n    {body}\ndef cut(limit):\n    return min(limit, 3)\n")
    function = next(function for function in project.functions if function.name == "f")
    assert is_bounded_in([function], project.bodies) is expected


@pytest.mark.parametrize(
    "field, expected",
    [
        ("limit: int = 10", True),
        ("limit: int = Field(10, ge=1)", True),
        ("limit: int = Field(10, le=100)", False),
        ("limit: Annotated[int, Field(le=100)] = 10", False),
        ("limit: Annotated[int, Interval(le=3)] = 10", False),
    ],
)
def test_the_fields_of_a_model_that_is_the_query(field: str, expected: bool) -> None:
    model = f"from pydantic import BaseModel, Field\nclass Page(BaseModel):\n    {field}\n"
    project = project_of(f"{HEAD}{model}\n@app.get('/')\ndef f(page: Annotated[Page, Query()]): ...\n")
    (parameter,) = page_size(with_fields(route_of(project, "GET /").parameters, project.schemas))
    assert is_open(parameter) is expected
