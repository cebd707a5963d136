"""Which mentions of dependencies are called and which come from the cache, held against what FastAPI calls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from linking import project_of, route_of
from running import imported

from fastapi_lint.model.dependencies.solving import Mention, solved

HEAD = """
from typing import Annotated
from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.security import APIKeyHeader, SecurityScopes
app = FastAPI()
calls = []
class Checker:
    def __init__(self, name): self.name = name
    def __call__(self): calls.append(self.name)
    def check(self): calls.append(f"{self.name}.check")
class Settings:
    def __init__(self): calls.append("Settings")
def base(): calls.append("base")
def left(x=Depends(base)): calls.append("left")
def right(x=Depends(base)): calls.append("right")
def generator(x=Depends(base)):
    calls.append("generator")
    yield
def fresh(): calls.append("fresh")
def uses_fresh(x=Depends(fresh, use_cache=False)): calls.append("uses_fresh")
def scoped(scopes: SecurityScopes): calls.append("scoped")
def below_scopes(x=Depends(scoped), y=Depends(base)): calls.append("below_scopes")
one, two = Checker("one"), Checker("two")
"""

CASES = {
    "shared": "def endpoint(a=Depends(left), b=Depends(right), c=Depends(base)): ...",
    "the same twice": "def endpoint(a=Depends(left), b=Depends(left)): ...",
    "called anew": "def endpoint(a=Depends(fresh), b=Depends(fresh, use_cache=False), c=Depends(fresh)): ...",
    "anew below what is cached": "def endpoint(a=Depends(uses_fresh), b=Depends(uses_fresh)): ...",
    "generators": "def endpoint(a=Depends(generator), b=Depends(generator), c=Depends(base)): ...",
    "other exits": "def endpoint(a=Depends(generator), b=Depends(generator, scope='function')): ...",
    "other scopes": "def endpoint(a=Security(scoped, scopes=['a']), b=Security(scoped, scopes=['b', 'b']),"
    " c=Security(scoped, scopes=['a', 'a'])): ...",
    "scopes that nobody asks for": "def endpoint(a=Security(below_scopes, scopes=['a']), b=Depends(base),"
    " c=Security(below_scopes, scopes=['b'])): ...",
    "instances and methods": "def endpoint(a=Depends(one), b=Depends(two), c=Depends(one), d=Depends(one.check),"
    " e=Depends(one.check), f=Depends(two.check)): ...",
    "classes": "def endpoint(a: Annotated[Settings, Depends()], b=Depends(Settings)): ...",
}
LISTS = """
router = APIRouter(dependencies=[Depends(base), Depends(fresh, use_cache=False)])
@router.get("/", dependencies=[Depends(fresh, use_cache=False), Depends(left)])
def endpoint(x=Depends(fresh), y=Depends(fresh, use_cache=False)): ...
app.include_router(router, dependencies=[Depends(fresh)])
"""


def called(mention: Mention) -> Iterator[str]:
    """The short names of the dependencies below a mention that are called, in order."""
    for below in mention.mentions:
        yield from called(below)
        if not below.cached:
            yield below.dependant.qualified_name.rpartition("main.")[2]


def assert_called_like_fastapi(source: str, folder: Path) -> None:
    with imported({"main.py": source}, folder) as modules:
        assert TestClient(modules["main"].app).get("/").status_code == 200
        theirs = list(modules["main"].calls)
    route = route_of(project_of(source), "GET /")
    ours = list(called(solved(route.dependant, (9999,))))
    named = {"one": "Checker", "two": "Checker", "one.check": "Checker.check", "two.check": "Checker.check"}
    assert ours == [named.get(name, name) for name in theirs]


@pytest.mark.parametrize("case", CASES)
def test_what_is_called(case: str, tmp_path: Path) -> None:
    assert_called_like_fastapi(HEAD + '@app.get("/")\n' + CASES[case], tmp_path)


def test_what_is_called_of_lists(tmp_path: Path) -> None:
    assert_called_like_fastapi(HEAD + LISTS, tmp_path)


def test_older_releases_tell_everything_apart_by_scopes() -> None:
    source = HEAD + '@app.get("/")\n' + CASES["scopes that nobody asks for"]
    dependant = route_of(project_of(source), "GET /").dependant
    assert list(called(solved(dependant, (0, 123)))).count("base") == 1
    assert list(called(solved(dependant, (0, 122, 1)))).count("base") == 3


def test_a_mention_knows_the_scopes_around_it() -> None:
    source = HEAD + '@app.get("/")\ndef endpoint(a=Security(below_scopes, scopes=["a"])): ...'
    (below,) = solved(route_of(project_of(source), "GET /").dependant, (9999,)).mentions
    assert below.scopes == ("a",) and [inner.scopes for inner in below.mentions] == [("a",), ("a",)]


def test_what_a_condition_decides_is_cached_as_a_whole() -> None:
    source = HEAD + (
        "import os\nchoice = Depends(left if os.getpid() else right)\n"
        '@app.get("/")\ndef endpoint(a=choice, b=choice, c=Depends(right)): ...'
    )
    first, second, third = solved(route_of(project_of(source), "GET /").dependant, (9999,)).mentions
    assert (first.cached, second.cached, third.cached) == (False, True, False)
    (other,) = first.alternatives
    assert other.dependant.qualified_name == "main.right" and not other.cached
    assert [below.cached for below in other.mentions] == [False]


def test_the_same_import_from_outside_is_one_callable() -> None:
    sources = {
        "main.py": "from fastapi import Depends, FastAPI\nfrom other import d\nfrom outside import thing\n"
        'app = FastAPI()\n@app.get("/")\ndef endpoint(a=Depends(thing), b=Depends(d)): ...',
        "other.py": "from fastapi import Depends\nfrom outside import thing\ndef d(x=Depends(thing)): ...",
    }
    mention = solved(route_of(project_of(sources), "GET /").dependant, (9999,))
    assert list(called(mention)) == ["outside.thing", "other.d"]
