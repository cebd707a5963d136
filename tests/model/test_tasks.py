"""Which tasks nobody keeps."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.concurrency.tasks import dropped_tasks

HEAD = """
from asyncio import create_task
async def work(): ...
kept = []
"""


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["create_task(work())"], 1),
        (["_ = create_task(work())"], 1),
        (["task = create_task(work())"], 1),
        (["task: object = create_task(work())"], 1),
        (["one = other = create_task(work())"], 1),
        (["await work()", "task = create_task(work())"], 1),
        (["for _ in range(3):", "    task = create_task(work())"], 1),
        (["task = create_task(work())", "return task"], 0),
        (["task = create_task(work())", "kept.append(lambda: task)"], 0),
        (["task = create_task(work())", "await work()"], 0),
        (["task = create_task(work())", "async with work() as x:", "    pass"], 0),
        (["task = create_task(work())", "yield"], 0),
        (["while True:", "    await work()", "    task = create_task(work())"], 0),
        (["task = await create_task(work())"], 0),
        (["kept[:] = [create_task(work())]"], 0),
        (["global task", "task = create_task(work())"], 0),
    ],
)
def test_dropped_tasks(lines: list[str], count: int) -> None:
    project = project_of(f"{HEAD}async def start():\n" + "".join(f"    {line}\n" for line in lines))
    start = next(function for function in project.functions if function.name == "start")
    assert len(list(dropped_tasks(project.bodies.of(start)))) == count
