"""Which errors endpoints raise and return, with their statuses and messages."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.errors.raised import contradicted, is_failure
from fastapi_lint.model.errors.returned import returned_errors, returned_messages

HEAD = """
import http
from typing import Any
from fastapi import Depends, FastAPI, HTTPException, Response, status
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as Other
from somewhere import helper

app = FastAPI()
CONFLICT = status.HTTP_409_CONFLICT
READY = HTTPException(404, "made before")
class Fixed(HTTPException):
    code = 404
    def __init__(self, detail="by default"):
        super().__init__(status_code=self.code, detail=detail)
class Other409(Fixed):
    code = 409
class Named(Fixed):
    def __init__(self, what):
        super().__init__(f"{what} is missing")
class Plain(HTTPException): pass
class Silent(HTTPException):
    def __init__(self): self.status_code = 404
class Unrelated(Exception):
    status_code = 404
def made(code: int) -> HTTPException: return HTTPException(418, "a teapot")
"""


def errors(raised: str) -> list[tuple[str, object, object]]:
    """The names, statuses and messages of what an endpoint raises."""
    project = project_of(f"{HEAD}\n@app.get('/things/{{x}}')\ndef endpoint(x: int):\n    {raised}\n")
    return [(error.name, error.status, error.detail) for error in project.raised_errors]


@pytest.mark.parametrize(
    "raised, expected",
    [
        ("raise HTTPException(400)", [("HTTPException", 400, None)]),
        ("raise HTTPException(CONFLICT, 'a' 'b')", [("HTTPException", 409, "ab")]),
        ("raise HTTPException(detail='x', status_code=http.HTTPStatus.GONE)", [("HTTPException", 410, "x")]),
        ("raise HTTPException(400, f'{x!r} of {x}')", [("HTTPException", 400, "{} of {}")]),
        ("raise HTTPException(400, {'message': 'm', 'x': 1})", [("HTTPException", 400, "m")]),
        ("raise HTTPException(400, [{'msg': f'{x} m'}])", [("HTTPException", 400, "{} m")]),
        ("raise HTTPException(400, [1, 2])", [("HTTPException", 400, None)]),
        ("raise HTTPException(400, helper())", [("HTTPException", 400, None)]),
        ("raise HTTPException(x)", [("HTTPException", None, None)]),
        ("raise HTTPException(**helper())", [("HTTPException", None, None)]),
        ("raise Other(404)", [("HTTPException", 404, None)]),
        ("error = Other(404); raise error", [("HTTPException", 404, None)]),
        ("raise READY", [("HTTPException", 404, "made before")]),
        ("raise made(1)", [("HTTPException", 418, "a teapot")]),
        ("raise Fixed", [("Fixed", 404, "by default")]),
        ("raise Fixed('x')", [("Fixed", 404, "x")]),
        ("raise Fixed(f'no {x}')", [("Fixed", 404, "no {}")]),
        ("raise Other409(detail='x')", [("Other409", 409, "x")]),
        ("raise Named(x)", [("Named", 404, "{} is missing")]),
        ("raise Named('cup')", [("Named", 404, "cup is missing")]),
        ("raise Plain(400)", [("Plain", 400, None)]),
        ("raise Silent()", []),
        ("raise Unrelated()", []),
        ("raise ValueError('x')", []),
        ("raise helper()", []),
    ],
)
def test_what_an_endpoint_raises(raised: str, expected: list[tuple[str, object, object]]) -> None:
    assert errors(raised) == expected


def test_errors_are_found_behind_endpoints_and_dependencies_each_place_once() -> None:
    project = project_of(
        HEAD
        + """
def check(x: int = 0):
    raise HTTPException(401)
def look_up():
    raise HTTPException(404)
def unused():
    raise HTTPException(410)
@app.exception_handler(KeyError)
def on_key_error(request, error):
    raise HTTPException(500)
@app.get('/a', dependencies=[Depends(check)])
def a(): look_up()
@app.get('/b', dependencies=[Depends(check)])
def b(): look_up()
"""
    )
    found = [
        (error.status, error.entry.kind, error.entry.label, error.function.name) for error in project.raised_errors
    ]
    assert sorted(found) == [
        (401, "dependency", "the dependency check of GET /a", "check"),
        (404, "endpoint", "GET /a", "look_up"),
    ]


@pytest.mark.parametrize(
    "made, expected",
    [
        ("HTTPException(400)", True),
        ("HTTPException(200)", False),
        ("HTTPException(301, 'x')", False),
        ("HTTPException(307, headers={'Location': '/'})", None),
        ("HTTPException(304)", None),
        ("HTTPException(304, 'nothing')", False),
        ("HTTPException(x)", None),
    ],
)
def test_whether_an_exception_is_a_failure(made: str, expected: bool | None) -> None:
    project = project_of(f"{HEAD}\n@app.get('/things/{{x}}')\ndef endpoint(x: int):\n    raise {made}\n")
    assert [is_failure(error) for error in project.raised_errors] == [expected]


@pytest.mark.parametrize(
    "made, expected",
    [
        ("(400, 'Thing not found')", 404),
        ("(422, f'The thing with id {x} does not exist.')", 404),
        ("(400, 'Other thing not found')", None),
        ("(400, 'Not found')", None),
        ("(404, 'Thing not found')", None),
        ("(401, 'Thing not found')", None),
        ("(400, 'It already exists')", 409),
        ("(409, 'It already exists')", None),
        ("(403, 'Invalid credentials')", 401),
        ("(401, 'Invalid credentials')", None),
        ("(401, 'Insufficient permissions')", 403),
        ("(404, 'Insufficient permissions')", None),
        ("(403, 'Too many requests')", 429),
        ("(x, 'Too many requests')", None),
        ("(400, 'Bad')", None),
    ],
)
def test_messages_that_contradict_their_status(made: str, expected: int | None) -> None:
    project = project_of(f"{HEAD}\n@app.get('/things/{{x}}')\ndef endpoint(x: int):\n    raise HTTPException{made}\n")
    claims = [contradicted(error.detail, error.status, error.entry.route) for error in project.raised_errors]
    assert [claim.status if claim is not None else None for claim in claims] == [expected]


@pytest.mark.parametrize(
    "returned, expected",
    [
        ("{'error': 'x'}", [("success", 200, '"error": …')]),
        ("{'error': f'{x}'}", [("success", 200, '"error": …')]),
        ("{'error': str(x), 'data': None}", [("success", 200, '"error": …')]),
        ("{'ok': False, 'message': 'x'}", [("success", 200, '"ok": False')]),
        ("{'status': 'error', 'detail': 'x'}", [("success", 200, '"status": "error"')]),
        ("{'status': 'failed', 'detail': 'x'}", []),
        ("{'error': ''}", []),
        ("{'error': 'x', 'code': 404, 'status': 404}", [("success", 200, '"error": …')]),
        ("{'error': 'x', 'code': x}", []),
        ("{'error': x}", []),
        ("{'error': 'x', 'data': [1]}", []),
        ("{'error': 'x', 'name': 'y'}", []),
        ("{'ok': False}", []),
        ("{**x, 'error': 'y'}", []),
        ("JSONResponse({'error': 'x'})", [("success", 200, '"error": …')]),
        ("JSONResponse({'error': f'{x}'}, status_code=201)", [("success", 201, '"error": …')]),
        ("JSONResponse({'error': 'x'}, 400)", []),
        ("JSONResponse({'error': 'x'}, x)", []),
        ("({'detail': 'x'}, 404)", [("list", 404, "")]),
        ("'x', http.HTTPStatus.NOT_FOUND", [("list", 404, "")]),
        ("({'detail': 'x'}, 7)", []),
        ("({'detail': 'x'}, True)", []),
        ("([1], 404)", []),
        ("['x', 404]", []),
    ],
)
def test_errors_that_are_returned(returned: str, expected: list[tuple[str, int, str]]) -> None:
    project = project_of(f"{HEAD}\n@app.get('/x')\ndef endpoint(x: int):\n    return {returned}\n")
    found = returned_errors(route_of(project, "GET /x"), project)
    assert [(error.kind, error.status, error.what) for error in found] == expected


def test_an_error_of_a_route_with_the_status_of_an_error_is_none_of_success() -> None:
    for options in ("status_code=503", "status_code=helper()"):
        project = project_of(f"{HEAD}\n@app.get('/x', {options})\ndef endpoint(): return {{'error': 'x'}}\n")
        assert list(returned_errors(route_of(project, "GET /x"), project)) == []


@pytest.mark.parametrize(
    ("returned", "expected"),
    [
        ('JSONResponse({"detail": "a"}, 404)', [(404, "a")]),
        ('JSONResponse(status_code=404, content={"id": 1, "message": f"b {x}"})', [(404, "b {}")]),
        ('JSONResponse("c", status_code=400)', [(400, "c")]),
        ('JSONResponse({"detail": x}, 404)', []),
        ('JSONResponse({"id": "a"}, 404)', []),
        ('JSONResponse({"detail": "a"})', []),
        ('JSONResponse({"detail": "a"}, x)', []),
        ("JSONResponse(status_code=404)", []),
        ('{"detail": "a"}', []),
    ],
)
def test_messages_of_responses(returned: str, expected: list[tuple[int, str]]) -> None:
    project = project_of(
        "from fastapi import FastAPI\nfrom fastapi.responses import JSONResponse\napp = FastAPI()\n"
        f"@app.get('/')\ndef read(x):\n    return {returned}\n"
    )
    (route,) = project.registered_routes
    assert [found[1:] for found in returned_messages(route, project)] == expected
