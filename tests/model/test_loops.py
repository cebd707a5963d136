"""Event loops, tasks, computations and streams: what the rules about them ask."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.concurrency.loops import nested_loops, second_loops
from fastapi_lint.model.concurrency.sequences import independent_requests
from fastapi_lint.model.knowledge.computation import COMPUTATIONS, ITERATIONS
from fastapi_lint.model.knowledge.results import RESULT_TYPES

APP = """
    import asyncio, hashlib
    from fastapi import FastAPI
    from fastapi.responses import StreamingResponse

    app = FastAPI()

    async def fetch(): pass

    def plain(): return asyncio.run(fetch())

    def other(): return plain()

    def generator():
        yield b""

    async def async_generator():
        yield b""

    @app.get("/a")
    async def a():
        return other()

    @app.get("/b")
    def b():
        hashlib.scrypt(b"", salt=b"", n=2, r=8, p=1)
        return asyncio.run(fetch())

    @app.get("/c")
    def c():
        stream = async_generator()
        if stream:
            return StreamingResponse(generator())
        return StreamingResponse(content=stream)

    @app.get("/d")
    def d():
        yield 1
    """


def test_plain_functions_to_which_the_loop_is_lent() -> None:
    project = project_of(APP)
    lent = {function.name: reach for function, reach in project.request_path.lent.items()}
    assert set(lent) == {"other", "plain"}
    assert [function.name for _, function in lent["plain"].steps] == ["other", "plain"]


def test_loops_within_loops() -> None:
    project = project_of(APP)
    nested = [reach.function.name for reach, _ in nested_loops(project.request_path, project.bodies)]
    second = [reach.function.name for reach, _ in second_loops(project.request_path, project.bodies)]
    assert (nested, second) == (["plain"], ["b"])


def test_computations() -> None:
    project = project_of(APP)
    found = {
        function.name: [each.call for each in project.computing.direct(function)] for function in project.functions
    }
    assert {name: calls for name, calls in found.items() if calls} == {"b": ["hashlib.scrypt"]}


@pytest.mark.parametrize("name", [*COMPUTATIONS, *ITERATIONS])
def test_tables_use_canonical_names(name: str) -> None:
    parts = name.split(".")
    owners = {".".join(parts[: count + 1]) for count in range(len(parts))}
    assert not owners & RESULT_TYPES.keys(), "it is never looked up: a result in it has another name"


def test_streamed_generators() -> None:
    streams = {function.name: where.message for function, where in project_of(APP).streams.items()}
    assert streams == {
        "generator": "the response sends its items one by one",
        "async_generator": "the response sends its items one by one",
        "d": "GET /d sends what it yields",
    }


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        ("a = await c.get(1); b = await c.get(2)", 1),
        ("a = await c.get(1); x = a.text; b = await c.get(2); d = await c.get(3)", 1),
        ("a = await c.get(1); b = await c.get(a)", 0),
        ("a = await c.get(1); x = a.text; b = await c.get(x)", 0),
        ("a = await c.get(1); a.raise_for_status(); b = await c.get(2)", 0),
        ("a = await c.post(1); b = await c.get(2)", 0),
        ("a = await c.get(1); await other(); b = await c.get(2)", 0),
    ],
)
def test_requests_that_do_not_need_each_other(body: str, pairs: int) -> None:
    source = f"import httpx\nc = httpx.AsyncClient()\nasync def other(): pass\nasync def f():\n    {body}\n"
    project = project_of(source)
    function = next(function for function in project.functions if function.name == "f")
    assert len(list(independent_requests(project.bodies.of(function)))) == pairs
