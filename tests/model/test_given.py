"""What returns give, through the functions that make it."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.endpoints.answers import is_made_response, own_status
from fastapi_lint.model.endpoints.given import given
from fastapi_lint.model.project import Project

HEAD = """
from fastapi import Response
from fastapi.responses import JSONResponse
from somewhere import helper

def made(status): return JSONResponse({}, status_code=status)
def declared(status: int) -> Response: return made(status)
async def later(status): return declared(status)
def either(status, plain=False):
    if plain:
        return {"a": 1}
    return Response(status_code=status)
def raising(status) -> Response: raise LookupError(status)
def yielding(status): yield Response(status_code=status)
def itself(status) -> Response: return itself(status)
class Maker:
    def __init__(self, status): self.status = status
    def make(self, status): return made(status)
    @classmethod
    def by_class(cls, status): return cls(status).make(status)
maker = Maker(1)
"""


def _endpoint(project: Project) -> FunctionDefinition:
    return next(function for function in project.functions if function.name == "endpoint")


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("return Response(status_code=404)", [404]),
        ("return made(404)", [404]),
        ("return declared(404)", [404]),
        ("return await later(404)", [404]),
        ("return maker.make(404)", [404]),
        ("return Maker.by_class(404)", [404]),
        ("return made(404) if x else made(500)", [404, 500]),
        ("found = made(404)\nreturn found", [404]),
        ("found = made(404)\nif x:\n    found = made(500)\nreturn found", [404, 500]),
        ("if x:\n    return made(404)\nreturn made(500)", [404, 500]),
        ("return either(404)", [404]),
        ("return either(404, plain=True)", [None]),
        ("return either(404, plain=x)", [None, 404]),
        ("return made(x)", [None]),
        ("return raising(404)", [None]),
        ("return yielding(404)", [None]),
        ("return itself(404)", [None]),
        ("return helper(404)", [None]),
        ("return None", [None]),
    ],
)
def test_statuses_of_responses_that_functions_make(body: str, statuses: list[int | None]) -> None:
    lines = "\n    ".join(body.split("\n"))
    project = project_of(f"{HEAD}\nasync def endpoint(x):\n    {lines}\n")
    inside = project.bodies.of(_endpoint(project))
    found = [each for event in inside.returns for each in given(event, inside, project.bodies, is_made_response)]
    assert [own_status(each.value) if is_made_response(each.value) else None for each in found] == statuses


def test_a_value_is_said_with_the_return_that_makes_it() -> None:
    project = project_of(f"{HEAD}\ndef endpoint(): return declared(404)\n")
    inside = project.bodies.of(_endpoint(project))
    (found,) = (each for event in inside.returns for each in given(event, inside, project.bodies, is_made_response))
    assert (found.function.name, found.event.site.location.start.line) == ("made", 6)
