"""Bodies that no schema validates: which types say nothing, and what is taken of what."""

from __future__ import annotations

import pytest
from linking import project_of, route_of

from fastapi_lint.model.endpoints.open_bodies import is_open, open_bodies

TYPES = """
from typing import Annotated, Any, Dict, List, Mapping, Optional, Union
from fastapi import Body, FastAPI
from typing_extensions import TypedDict
app = FastAPI()
class Typed(TypedDict):
    name: str
@app.post("/")
def endpoint(value: Annotated[{}, Body()]): ...
"""


@pytest.mark.parametrize(
    ("text", "says_nothing"),
    [
        ("dict", True),
        ("Any", True),
        ("object", True),
        ("Dict", True),
        ("dict[str, Any]", True),
        ("Mapping[str, object]", True),
        ("Optional[Dict[str, Any]]", True),
        ("List[dict]", True),
        ("list[dict[str, Any]] | None", True),
        ("dict[str, dict]", True),
        ("Union[int, dict]", True),
        ("dict[str, int]", False),
        ("list[str]", False),
        ("list", False),
        ("Typed", False),
        ("str", False),
        ("Missing", False),
    ],
)
def test_types_that_say_nothing(text: str, says_nothing: bool) -> None:
    (parameter,) = route_of(project_of(TYPES.format(text)), "POST /").parameters
    assert is_open(parameter.type) == says_nothing


SOURCE = """
from fastapi import FastAPI, Request
from pydantic import BaseModel

app = FastAPI()

class Order(BaseModel):
    price: float

def helper(values, other=None):
    return values["price"], other

@app.post("/")
async def endpoint(data: dict, request: Request):
"""


def found(*lines: str) -> list[tuple[str, list[str], int]]:
    """What is found in an endpoint of these lines: which body, its keys, and through how many calls the first is."""
    project = project_of(SOURCE + "".join(f"    {line}\n" for line in lines))
    return [(body.label, body.keys, len(body.uses[0].chain)) for body in open_bodies(project)]


@pytest.mark.parametrize(
    ("lines", "keys", "calls"),
    [
        (["data['a'], data.get('b'), data.pop('c'), data['a']"], ["a", "b", "c"], 0),
        (["helper(data)"], ["price"], 1),
        (["helper(other=1, values=data)"], ["price"], 1),
        (["helper(*[], data)"], None, 0),
        (["helper(1, data)"], None, 0),
        (["copied = data.copy() if data else {}", "copied['a']"], ["a"], 0),
        (["data['a'] = 1", "data[0]", "data.update(a=1)", "del data['b']"], None, 0),
        (["data['a']", "Order(**data)"], None, 0),
        (["data['a']", "isinstance(data, dict)"], None, 0),
        (["data['a']", "data['b']", "isinstance(data['a'], str)"], ["b"], 0),
        (["a = data['a']", "Order.model_validate(a)", "data['b']"], ["b"], 0),
        (["try:", "    data['a']", "except KeyError: ...", "data['b']"], ["b"], 0),
        (["try:", "    data['a']", "except ValueError: ..."], ["a"], 0),
        (["try:", "    data['a']", "except Exception: pass"], None, 0),
        (["try:", "    data['a']", "except Exception as error: raise OSError from error"], ["a"], 0),
    ],
)
def test_what_is_read_of_a_body(lines: list[str], keys: list[str] | None, calls: int) -> None:
    assert found(*lines) == ([] if keys is None else [("the body `data`", keys, calls)])


def test_what_is_read_of_parsed_json() -> None:
    assert found("parsed = await request.json()", "parsed['a']") == [("the JSON of the request", ["a"], 0)]
    assert found("import json", "parsed = json.loads(await request.body())", "parsed['a']") == [
        ("the JSON of the request", ["a"], 0)
    ]
    assert found("import json", "parsed = json.loads('{}')", "await request.body()", "parsed['a']") == []
    assert found("parsed = await request.json()", "return parsed") == []
