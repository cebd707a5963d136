"""What endpoints answer."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.answers import (
    answers_of,
    defers_work,
    is_acknowledgement_type,
    is_redirect,
    own_status,
    sets_status,
    success_answers,
)
from fastapi_lint.model.values import possibilities

HEAD = """
from typing import Any
from fastapi import BackgroundTasks, Depends, FastAPI, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import BaseModel
from somewhere import helper

app = FastAPI()
class Item(BaseModel):
    name: str
class Message(BaseModel):
    message: str
class Tally(BaseModel):
    message: str
    count: int
def get_item() -> Item: ...
def store(x): pass
def reply(x): return JSONResponse(x, status_code=x)
def mislabelled() -> Item: return reply(1)
def set_status(response: Response): response.status_code = 201
"""


def kinds(endpoint: str, decorator: str = "") -> list[str]:
    """The kinds of answers of one endpoint, whose text is its parameters and body."""
    project = project_of(f"{HEAD}\n@app.get('/x'{decorator})\nasync def endpoint{endpoint}\n")
    return [answer.kind for answer in success_answers(route_of(project, "GET /x"), project)]


@pytest.mark.parametrize(
    "endpoint, expected",
    [
        ("(): pass", ["nothing"]),
        ("(): return None", ["nothing"]),
        ("(): return store(1)", ["nothing"]),
        ("(): return True", ["acknowledgement"]),
        ("(): return 'done'", ["acknowledgement"]),
        ("(x): return f'{x} is gone'", ["acknowledgement"]),
        ("(x): return {'ok': True, 'message': f'{x} is gone'}", ["acknowledgement"]),
        ("(x): n = store(x); return f'{n} are gone'", ["data"]),
        ("(): return {'message': f'{len([])} are gone'}", ["data"]),
        ("(): return {}", ["acknowledgement"]),
        ("(x): return {'id': x}", ["data"]),
        ("(): return {'name': 'constant'}", ["data"]),
        ("(): return 3", ["data"]),
        ("(): return []", ["data"]),
        ("(): return Message(message='x')", ["acknowledgement"]),
        ("(): return Tally(message='x', count=1)", ["data"]),
        ("(): return get_item()", ["data"]),
        ("(): return helper()", ["unknown"]),
        ("(): return reply(1)", ["response"]),
        ("(): return mislabelled()", ["response"]),
        ("(): yield 1", ["unknown"]),
        ("(): raise ValueError", []),
        ("(x): return 1 if x else None", ["data", "nothing"]),
        ("():\n    if helper(): return 1", ["data", "nothing"]),
        ("(): return Response(status_code=204)", ["response"]),
        ("():\n    if helper(): return JSONResponse({}, status_code=404)\n    return True", ["acknowledgement"]),
        ("() -> Message: return helper()", ["acknowledgement"]),
        ("() -> Item: return helper()", ["data"]),
        ("() -> dict: return {'ok': True}", ["acknowledgement"]),
    ],
)
def test_kinds_of_answers(endpoint: str, expected: list[str]) -> None:
    assert kinds(endpoint) == expected


def test_the_response_model_says_what_is_data() -> None:
    assert kinds("(): return None", ", response_model=Item") == ["data"]
    assert kinds("(): return helper()", ", response_model=Message") == ["acknowledgement"]
    assert kinds("(): return ''", ", response_class=HTMLResponse") == ["unknown"]
    assert kinds("(): return ''", ", response_class=JSONResponse") == ["acknowledgement"]


def test_own_status_of_responses() -> None:
    project = project_of(
        HEAD
        + """
@app.get('/x')
def endpoint(x: int):
    if x == 1: return Response()
    if x == 2: return JSONResponse({}, 404)
    if x == 3: return Response(status_code=x)
    return RedirectResponse('/')
"""
    )
    found = [answer.value for answer in answers_of(route_of(project, "GET /x"), project)]
    assert [own_status(value) for value in found] == [200, 404, None, None]
    assert [is_redirect(value) for value in found] == [False, False, False, True]


@pytest.mark.parametrize(
    "parameters, body, expected",
    [
        ("response: Response", "response.status_code = 201", True),
        ("response: Response", "set_status(response)", True),
        ("response: Response", "response.headers['a'] = 'b'", False),
        ("x=Depends(set_status)", "pass", True),
        ("item: Item", "item.status_code = 1", False),
    ],
)
def test_statuses_that_are_set(parameters: str, body: str, expected: bool) -> None:
    project = project_of(f"{HEAD}\n@app.post('/x')\ndef endpoint({parameters}):\n    {body}\n")
    assert sets_status(route_of(project, "POST /x"), project) is expected


@pytest.mark.parametrize(
    "body, expected",
    [("tasks.add_task(store, 1)", True), ("helper.delay(1)", True), ("store(1)", False)],
)
def test_work_that_is_deferred(body: str, expected: bool) -> None:
    project = project_of(f"{HEAD}\n@app.post('/x')\ndef endpoint(tasks: BackgroundTasks):\n    {body}\n")
    assert defers_work(route_of(project, "POST /x"), project) is expected


def test_types_that_only_acknowledge() -> None:
    project = project_of(HEAD)
    found = {
        schema.name: is_acknowledgement_type(option, project.schemas)
        for schema in project.schemas
        for option in possibilities(schema.type)
    }
    assert found == {"Item": False, "Message": True, "Tally": False}
