"""Dependencies that need each other."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.dependencies.cycles import cycles
from fastapi_lint.model.dependencies.dependants import short_name

HEAD = """
from __future__ import annotations
from typing import Annotated
from fastapi import Depends, FastAPI
app = FastAPI()
"""


PAIR = """
class {0}:
    def __init__(self, {1}: {1} = Depends()): ...
class {1}:
    def __init__(self, {0}: {0} = Depends()): ...
a = {0}
"""


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def a(x: Annotated[str, Depends(a)]): ...", [["a"]]),
        (PAIR.format("A", "B"), [["A", "B"]]),
        (PAIR.format("B", "A") + "a = A", [["B", "A"]]),
        ("def b(): ...\ndef a(x=Depends(b), y=Depends(b)): ...", []),
        ("def a(): ...", []),
    ],
)
def test_each_cycle_once(source: str, names: list[list[str]]) -> None:
    routes = "@app.get('/')\ndef one(x=Depends(a)): ...\n@app.get('/2')\ndef two(x=Depends(a)): ...\n"
    found = cycles(project_of(f"{HEAD}\n{source}\n{routes}").routes)
    assert [[short_name(dependant.call) for dependant in (cycle[-1], *cycle[:-1])] for _, cycle in found] == names
