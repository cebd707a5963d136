"""Coroutines that nobody awaits."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.concurrency.awaits import dropped_coroutines, used_coroutines


@pytest.mark.parametrize(
    ("body", "dropped", "used"),
    [
        ("work()", 1, 0),
        ("await work()", 0, 0),
        ("x = work()", 0, 0),
        ("print(work())", 0, 0),
        ("if work(): work()", 1, 1),
        ("x = not work()", 0, 1),
        ("x = work() or work()", 0, 1),
        ("x = work() + work()", 0, 2),
        ("x = work() == 1", 0, 1),
        ("x = work().name", 0, 1),
        ("work().close()", 0, 0),
        ("x = work()[0]", 0, 1),
        ("for x in work(): pass", 0, 1),
        ("return work()", 0, 1),
        ("def inner(): work()", 0, 0),
        ("plain()", 0, 0),
        ("x = work(); return x", 0, 1),
        ("x = work(); return {'a': x}", 0, 1),
        ("x = work(); y = len(x)", 0, 1),
        ("x = work(); y = x[0]; z = await x", 0, 0),
        ("x = work(); x = x.name", 0, 0),
        ("x = work(); plain(x)", 0, 0),
        ("asyncio.sleep(1)", 1, 0),
        ("asyncio.create_task(work())", 0, 0),
    ],
)
def test_coroutines_without_await(body: str, dropped: int, used: int) -> None:
    project = project_of(f"import asyncio\nasync def work(): pass\ndef plain(): pass\nasync def f():\n    {body}\n")
    function = next(function for function in project.functions if function.name == "f")
    found = project.bodies.of(function)
    assert len(list(dropped_coroutines(found))) == dropped
    assert len(list(used_coroutines(found, returned=True))) == used
