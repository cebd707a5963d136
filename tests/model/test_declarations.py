"""How parameters are declared: the two styles, and what FastAPI refuses."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.dependencies.conflicts import conflict, conflict_with_path
from fastapi_lint.model.dependencies.dependants import reader_of
from fastapi_lint.model.dependencies.styles import styles_of

HEAD = """
from typing import Annotated
from fastapi import Body, Depends, FastAPI, Header, Path, Query
from pydantic import Field
app = FastAPI()
def user(): ...
"""


def test_styles() -> None:
    project = project_of(
        f"{HEAD}\ndef f(a: Annotated[int, Query()], b=Depends(user), c=Body(), d: Annotated[int, Depends(user)] = 1,"
        " e: int = 3, g: int = Field(3)): ...\ndef h(a: int): ...\n"
    )
    (styles,) = styles_of([*project.functions, *project.functions], project.interpreter)
    assert (styles.function.name, tuple(styles.by_default), styles.annotated) == ("f", ("b", "c"), ("a", "d"))


@pytest.mark.parametrize(
    "declared, expected",
    [
        ("a: Annotated[int, Query(1)]", ("inner-default", "Query")),
        ("a: Annotated[int, Header(default=None)] = 1", ("inner-default", "Header")),
        ("a: Annotated[int, Query(1), Body()] = 2", ("inner-default", "Query")),
        ("a: Annotated[int, Query(...)]", None),
        ("a: Annotated[int, Query(**x)]", None),
        ("a: Annotated[int, Field(1)]", None),
        ("a: Annotated[int, Query()] = 1", None),
        ("a: int = Query(1)", None),
        ("a: Annotated[int, Query()] = Query(1)", ("two-places", "Query")),
        ("a: Annotated[int, Query()] = Depends(user)", ("two-places", "Query")),
        ("a: Annotated[int, Depends(user)] = Depends(user)", ("two-places", "Depends")),
        ("a: Annotated[int, Depends(user)] = Query(1)", None),
        ("a: Annotated[int, Depends(user)] = 1", None),
    ],
)
def test_conflicts(declared: str, expected: tuple[str, str] | None) -> None:
    project = project_of(f"{HEAD}\ndef f({declared}): ...\n")
    function = next(function for function in project.functions if function.name == "f")
    (parameter,) = reader_of(project.interpreter).signatures.read(function).parameters
    assert conflict(parameter) == expected


@pytest.mark.parametrize(
    "declared, expected",
    [
        ("a: int = Query()", ("no-path", "Query")),
        ("a: Annotated[int, Body()]", ("no-path", "Body")),
        ("a: int = Path()", None),
        ("a: int = Path(...)", None),
        ("a: int = Path(1)", ("path-default", "Path")),
        ("a: Annotated[int, Path()] = 1", ("path-default", "Path")),
        ("a: Annotated[int, Path()]", None),
        ("a: int = Path(**x)", None),
        ("a: int = 1", None),
        ("a: Annotated[int, Field()]", None),
        ("a: int", None),
    ],
)
def test_conflicts_with_the_path(declared: str, expected: tuple[str, str] | None) -> None:
    project = project_of(f"{HEAD}\n@app.get('/{{a}}')\ndef f({declared}): ...\n")
    (parameter,) = route_of(project, "GET /{a}").parameters
    assert conflict_with_path(parameter, frozenset({"a"})) == expected
    assert conflict_with_path(parameter, frozenset()) is None
