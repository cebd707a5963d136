"""Which dependencies are called where they are declared."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.dependencies.called import called_dependencies

HEAD = """
from typing import Annotated
from fastapi import APIRouter, Depends, FastAPI, Security
class Callable:
    def __call__(self): ...
class Plain: ...
async def coroutine(): ...
def generator(): yield 1
def nothing(number=1): ...
def plain(): return Plain()
def several(number=1): return {} if number else []
def factory():
    def made(): ...
    return made
def callables(): return Callable()
def either(number=1): return Callable() if number else 3
def unknown(): return missing()
def refuses(): raise ValueError
app = FastAPI()
"""


def found(source: str) -> list[tuple[str, str, bool]]:
    project = project_of(HEAD + source)
    calls = called_dependencies(project.routes, project.interpreter)
    return [(call.function.name, call.gives, call.takes_annotation) for call in calls]


def parameter(declaration: str) -> list[tuple[str, str, bool]]:
    return found(f'@app.get("/")\ndef read({declaration}): ...\n')


@pytest.mark.parametrize(
    ("call", "result"),
    [
        ("coroutine()", ("coroutine", "a coroutine", False)),
        ("generator()", ("generator", "a generator", False)),
        ("nothing()", ("nothing", "None", True)),
        ("nothing(number=2)", ("nothing", "None", True)),
        ("plain()", ("plain", "an instance of Plain", False)),
        ("several()", ("several", "a dict", False)),
        ("factory()", None),
        ("callables()", None),
        ("either()", None),
        ("unknown()", None),
        ("refuses()", None),
        ("Plain()", None),
        ("coroutine", None),
    ],
)
def test_what_the_call_gives(call: str, result: tuple[str, str, bool] | None) -> None:
    wanted = [result] if result is not None else []
    assert parameter(f"x: int = Depends({call})") == wanted
    assert parameter(f"x: int = Security(dependency={call})") == wanted
    assert parameter(f"x: Annotated[int, Depends({call})]") == wanted


@pytest.mark.parametrize(
    "source",
    [
        'app = FastAPI(dependencies=[Depends(nothing())])\n@app.get("/")\ndef read(): ...\n',
        '@app.get("/", dependencies=[Depends(nothing())])\ndef read(): ...\n',
        'r = APIRouter(dependencies=[Depends(nothing())])\n@r.get("/")\ndef read(): ...\napp.include_router(r)\n',
        'r = APIRouter()\n@r.get("/")\ndef read(): ...\napp.include_router(r, dependencies=[Depends(nothing())])\n',
        'given = Depends(nothing())\n@app.get("/", dependencies=[given])\ndef read(): ...\n',
    ],
)
def test_lists_of_dependencies_want_something_to_call(source: str) -> None:
    assert found(source) == [("nothing", "None", False)]


def test_a_dependency_of_a_dependency_is_said_once() -> None:
    below = "def below(x: int = Depends(nothing())): ...\n"
    routes = "".join(f'@app.get("/{n}")\ndef read{n}(x=Depends(below)): ...\n' for n in range(3))
    assert found(below + routes) == [("nothing", "None", True)]


def test_a_local_name_is_another_one() -> None:
    route = '    @app.get("/", dependencies=[Depends(nothing())])\n    def read(): ...\n'
    assert found(f"def add(nothing):\n{route}add(factory)\n") == []
