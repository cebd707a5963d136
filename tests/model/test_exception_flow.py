"""Which exceptions leave functions, and which come to an `except` clause."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.errors.catches import catches_in

HEAD = """
import builtins
from contextlib import suppress
from fastapi import FastAPI, HTTPException
from starlette.exceptions import HTTPException as Base
from somewhere import Other, decorate

app = FastAPI()
class Failure(Exception): ...
class Missing(Failure, LookupError): ...
class Odd(Other): ...
def missing(): raise Missing()
def caught():
    try: raise Missing
    except Failure: return 1
def generator():
    yield 1
    raise Missing
@decorate
def decorated(): raise Missing
def recursive(n):
    recursive(n - 1)
    raise Failure
def made(): return Missing("x")
"""


def leaving(body: str) -> set[str]:
    """The names of the exceptions that leave an endpoint with this body."""
    lines = "\n    ".join(body.split("\n"))
    project = project_of(f"{HEAD}\n@app.get('/')\ndef endpoint(x: int):\n    {lines}\n")
    function = project.routes[0].function
    assert function is not None
    return {escape.cls.name for escape in project.exception_flow.leaving(function)}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("raise Failure", {"Failure"}),
        ("raise Failure('x')", {"Failure"}),
        ("missing()", {"Missing"}),
        ("recursive(x)", {"Failure"}),
        ("caught()", set()),
        ("generator()", set()),
        ("decorated()", set()),
        ("raise ValueError", {"ValueError"}),
        ("try: missing()\nexcept Failure: pass", set()),
        ("try: missing()\nexcept LookupError: pass", set()),
        ("try: missing()\nexcept (KeyError, LookupError): pass", set()),
        ("try: missing()\nexcept Exception: pass", set()),
        ("try: missing()\nexcept: pass", set()),
        ("try: missing()\nexcept ValueError: pass", {"Missing"}),
        ("try: missing()\nexcept Other: pass", {"Missing"}),
        ("try: missing()\nexcept x: pass", set()),
        ("try: raise Odd\nexcept ValueError: pass", set()),
        ("try: raise Odd\nexcept Failure: pass", {"Odd"}),
        ("try: pass\nexcept Failure: missing()", {"Missing"}),
        ("try: pass\nexcept Failure: pass\nelse: missing()", {"Missing"}),
        ("try: raise HTTPException(404)\nexcept Base: pass", set()),
        ("try: raise Base(404)\nexcept HTTPException: pass", {"starlette.exceptions.HTTPException"}),
        ("with suppress(Failure): missing()", set()),
        ("with open('x'): missing()", {"Missing"}),
    ],
)
def test_leaving(body: str, expected: set[str]) -> None:
    assert leaving(body) == expected


def test_reaching_is_what_earlier_clauses_let_pass() -> None:
    project = project_of(
        f"{HEAD}\n@app.get('/')\ndef endpoint(x: int):\n"
        "    try:\n"
        "        missing()\n"
        "        recursive(x)\n"
        "        caught()\n"
        "    except LookupError: pass\n"
        "    except Exception: pass\n"
    )
    function = project.routes[0].function
    assert function is not None
    clauses = list(catches_in(function, project.bodies, project.interpreter))
    assert [clause.what for clause in clauses] == ["except LookupError", "except Exception"]
    found = [[escape.cls.name for escape in project.exception_flow.reaching(clause)] for clause in clauses]
    assert found == [["Missing"], ["Failure"]]
