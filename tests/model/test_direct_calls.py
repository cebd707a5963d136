"""Which calls leave parameters to FastAPI."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.dependencies.direct_calls import assigned_markers, by_function, direct_calls
from fastapi_lint.model.dependencies.styles import styles_of

HEAD = """
from fastapi import Depends, FastAPI, Query
app = FastAPI()
def session(): return 1
def user(name: str, db=Depends(session), *, limit: int = Query(3), plain: int = 4): return name, db, limit
def guarded(name: str, allowed=Depends(user), unread=Depends(session)): return allowed
@app.get("/", dependencies=[Depends(user), Depends(guarded)])
def endpoint(values: dict):
    """


def missing(call: str) -> list[tuple[str, ...]]:
    project = project_of(HEAD + call)
    styles = by_function(styles_of(project.dependencies, project.interpreter))
    endpoint = next(function for function in project.functions if function.name == "endpoint")
    return [found.missing for found in direct_calls(endpoint, styles, project.bodies)]


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("user('x')", [("db", "limit")]),
        ("user('x', 1)", [("limit",)]),
        ("user('x', limit=1)", [("db",)]),
        ("user('x', db=1, limit=2)", []),
        ("user(*values)", []),
        ("user(**values)", []),
        ("session()", []),
        ("guarded('x')", [("allowed",)]),
        ("guarded('x', 1)", []),
    ],
)
def test_parameters_that_keep_their_markers(call: str, names: list[tuple[str, ...]]) -> None:
    assert missing(call) == names


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("x = Depends(session)", 1),
        ("x: int = Depends(session)", 1),
        ("return Depends(session)", 0),
        ("print(Depends(session))", 0),
        ("x = [Depends(session)]", 0),
        ("x = session()", 0),
    ],
)
def test_markers_that_a_body_assigns(statement: str, number: int) -> None:
    project = project_of(HEAD + statement)
    endpoint = next(function for function in project.functions if function.name == "endpoint")
    assert len(list(assigned_markers(endpoint, project.bodies))) == number
