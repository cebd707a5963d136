"""How what clients send is followed to where it does harm."""

from __future__ import annotations

import pytest
from linking import project_of

HEAD = """
import os
from pathlib import Path
from typing import Annotated
from fastapi import FastAPI, Query, Request, UploadFile
from pydantic import BaseModel, StringConstraints
from somewhere import unknown, validate

app = FastAPI()
class Inner(BaseModel):
    text: str
class Body(BaseModel):
    text: str
    number: int
    inner: Inner
def same(value): return value
def first(value, other): return other
def run(command): os.system(command)
def check(value):
    if value != "x": raise ValueError
def odd(value):
    if value: raise ValueError
class Runner:
    def __init__(self, text): self.text = text
    def run(self, command): os.system(command)
    @staticmethod
    def now(command): os.system(command)
"""


def harm(body: str) -> list[tuple[str, str]]:
    """The kinds of harm that an endpoint with this body does, and through which calls."""
    lines = "\n    ".join(body.split("\n"))
    project = project_of(
        f"{HEAD}\n@app.post('/')\ndef endpoint(x: str, n: int, b: Body, u: UploadFile, r: Request,\n"
        f"    c: Annotated[str, StringConstraints(max_length=3)], d: Annotated[str, Query(title='')]):\n    {lines}\n"
    )
    return [(flow.kind, flow.call) for flow in project.flows]


@pytest.mark.parametrize(
    "expression",
    [
        "x",
        "d",
        "x.strip()",
        "f'a {x}'",
        "'a ' + x",
        "'a %s' % x",
        "'a {}'.format(x)",
        "' '.join(['a', x])",
        "x or 'a'",
        "x[1:]",
        "x if n else 'a'",
        "str(x)",
        "same(x)",
        "first('a', x)",
        "first('a', other=x)",
        "[x][0]",
        "{'a': x}['a']",
        "(y := x)",
        "' '.join(each for each in [x])",
        "b.text",
        "b.inner.text",
        "u.filename",
        "r.headers['a']",
        "r.query_params.get('a')",
        "r.cookies.get('a')",
        "Runner(x).text",
        "Runner(Runner(x)).text.text",
        "same(Runner(x)).text",
    ],
)
def test_what_holds_what_a_client_sends(expression: str) -> None:
    assert harm(f"os.system({expression})") == [("command", "os.system")]


@pytest.mark.parametrize(
    "expression",
    [
        "'a'",
        "n",
        "c",
        "b.number",
        "b",
        "u",
        "r",
        "u.content_type",
        "r.method",
        "int(x)",
        "len(x)",
        "unknown(x)",
        "first(x, 'a')",
        "{x: 'a'}",
        "{'a': 'b'}[x]",
        "x == 'a'",
        "x if x in ('a', 'b') else 'a'",
        "Runner(x)",
        "Runner(x).other",
        "Runner(n).text",
        "f'{Runner(x)}'",
        "Runner(x).text.text",
    ],
)
def test_what_holds_nothing_of_it(expression: str) -> None:
    assert harm(f"os.system({expression})") == []


@pytest.mark.parametrize(
    ("body", "harmful"),
    [
        ("y = x\nos.system(y)", True),
        ("y, z = x, 'a'\nos.system(z)", False),
        ("y, z = x, 'a'\nos.system(y)", True),
        ("y: str = x\nos.system(y)", True),
        ("y = 'a'\ny += x\nos.system(y)", True),
        ("for y in [x]: os.system(y)", True),
        ("if x: os.system(x)", True),
        ("if x is not None: os.system(x)", True),
        ("try: pass\nexcept ValueError: os.system(x)", True),
        ("with open('a'): os.system(x)", True),
        ("run(x)", True),
        ("run(command=x)", True),
        ("Runner('a').run(x)", True),
        ("Runner.now(x)", True),
        ("if os.system(x) == 0: pass", True),
        ("odd(n)\nos.system(x)", True),
        ("x = 'a'\nos.system(x)", False),
        ("if x == 'a': os.system(x)", False),
        ("if not x.isalnum(): return\nos.system(x)", False),
        ("assert x in ('a',)\nos.system(x)", False),
        ("while x != 'a': x = 'a'\nos.system(x)", False),
        ("match x:\n    case 'a': os.system(x)", False),
        ("check(x)\nos.system(x)", False),
        ("odd(x)\nos.system(x)", False),
        ("unknown(x)\nos.system(x)", True),
        ("validate(x)\nos.system(x)", False),
        ("def inner(): os.system(x)", False),
        ("run(*[x])", False),
    ],
)
def test_statements(body: str, harmful: bool) -> None:
    assert bool(harm(body)) is harmful


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("open(x)", [("path", "open")]),
        ("(Path('a') / x).open()", [("path", "pathlib.Path.open")]),
        ("open(Path(x).name)", []),
        ("eval(x)", [("command", "eval")]),
        ("import subprocess; subprocess.run(x, shell=True)", [("command", "subprocess.run")]),
        ("import subprocess; subprocess.run(x)", []),
        ("import httpx; httpx.get(x)", [("url", "httpx.get")]),
        ("import httpx; httpx.get(f'https://{x}/a')", [("url", "httpx.get")]),
        ("import httpx; httpx.get(f'https://a.example.com.{x}')", [("url", "httpx.get")]),
        ("import httpx; httpx.get(f'https://a/{x}')", []),
        ("import httpx; httpx.get(f'{n}{x}')", []),
        ("import httpx; httpx.request('GET', x)", [("url", "httpx.request")]),
    ],
)
def test_calls(body: str, expected: list[tuple[str, str]]) -> None:
    assert harm(body) == expected


@pytest.mark.parametrize(
    ("dependency", "harmful"),
    [
        ("class Target:\n    def __init__(self, to: str): self.to = to", True),
        ("class Target:\n    def __init__(self, to: int): self.to = to", False),
        ("class Target:\n    def __init__(self, to: str):\n        self.to = to\n        self.to = ''", False),
        ("class Target:\n    def __init__(self, to: str):\n        assert to == ''\n        self.to = to", False),
        ("from dataclasses import dataclass\n@dataclass\nclass Target:\n    to: str", True),
        ("class Target(BaseModel):\n    to: str", True),
        ("class Target:\n    def __init__(self, x: str): self.x = x", False),
    ],
)
def test_attributes_of_dependencies(dependency: str, harmful: bool) -> None:
    project = project_of(
        "import os\nfrom fastapi import Depends, FastAPI\nfrom pydantic import BaseModel\napp = FastAPI()\n"
        f"{dependency}\n@app.get('/')\ndef endpoint(target: Target = Depends()): os.system(target.to)\n"
    )
    assert bool(project.flows) is harmful


@pytest.mark.parametrize(
    ("body", "harmful"),
    [
        ("return Response(status_code=302, headers={'Location': x})", True),
        ("h = {'location': x}\nreturn Response(None, 307, h)", True),
        ("raise HTTPException(303, headers={'Location': x})", True),
        ("s.status_code = 302\ns.headers['Location'] = x", True),
        ("a = Response(status_code=302)\na.headers['Location'] = x", True),
        ("s.headers['Location'] = x", False),
        ("a = Response(status_code=201)\na.headers['Location'] = x", False),
        ("return Response(status_code=201, headers={'Location': x})", False),
        ("return Response(headers={'Location': x})", False),
        ("return Response(status_code=302, headers={'Location': '/', 'A': x})", False),
        ("return Response(status_code=302, headers={'Location': f'/{x}'})", False),
        ("return Response(status_code=302, headers={**n})", False),
        ("return Response(status_code=n, headers={'Location': x})", False),
        ("s.status_code = 302\ns.headers['A'] = x", False),
        ("s.status_code = 302\n{}['Location'] = x", False),
    ],
)
def test_redirects_by_hand(body: str, harmful: bool) -> None:
    lines = "\n    ".join(body.split("\n"))
    project = project_of(
        "from fastapi import FastAPI, HTTPException, Response\napp = FastAPI()\n"
        f"@app.get('/')\ndef endpoint(x: str, n: int, s: Response):\n    {lines}\n"
    )
    assert [flow.kind for flow in project.flows] == (["redirect"] if harmful else [])
