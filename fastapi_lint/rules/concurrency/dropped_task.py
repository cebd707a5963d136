"""FAL507: a task of which nobody keeps hold."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.concurrency.tasks import dropped_tasks
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class DroppedTask(Rule):
    """A task is started and dropped.

    ## What it does
    Reports `asyncio.create_task(...)`, `asyncio.ensure_future(...)` and `loop.create_task(...)` that stand as a
    statement or are assigned to `_`, in whatever runs while a request is served.

    ## Why is this bad?
    The event loop keeps weak references to tasks: one that nobody holds may be collected as garbage before it has
    finished, so that its work is lost without a trace. Nobody sees its error either.

    ## Bad
    ```python
    import asyncio

    from fastapi import FastAPI

    app = FastAPI()


    async def send_mail(address: str) -> None: ...


    @app.post("/orders", status_code=201)
    async def place_order(address: str):
        asyncio.create_task(send_mail(address))
        return {"ordered": True}
    ```

    ## Good
    ```python
    from fastapi import BackgroundTasks, FastAPI

    app = FastAPI()


    async def send_mail(address: str) -> None: ...


    @app.post("/orders", status_code=201)
    async def place_order(address: str, tasks: BackgroundTasks):
        tasks.add_task(send_mail, address)
        return {"ordered": True}
    ```

    ```python
    import asyncio

    from fastapi import FastAPI

    app = FastAPI()
    running: set[asyncio.Task] = set()


    async def send_mail(address: str) -> None: ...


    @app.post("/orders", status_code=201)
    async def place_order(address: str):
        task = asyncio.create_task(send_mail(address))
        running.add(task)
        task.add_done_callback(running.discard)
        return {"ordered": True}
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: tasks in a variable that is read, or whose function waits for something more and holds them so long; tasks
    of a `TaskGroup`, which holds them; code that no request reaches; coroutine functions of the project that hand the
    task on.

    ## References
    - https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
    - https://fastapi.tiangolo.com/tutorial/background-tasks/
    - tests/proofs/test_event_loops.py
    """

    code = "FAL507"
    name = "dropped-task"
    standards = ("ASY-8",)
    messages = {
        "dropped": "nobody keeps the task of {call}, so that it may vanish before it has finished, its error with it: "
        "{function} serves {entry}; keep it in a set until it is done, or use BackgroundTasks",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            for event in dropped_tasks(project.bodies.of(function)):
                yield self.finding(
                    "dropped",
                    event.site.location,
                    related=reach.evidence(),
                    flow=True,
                    call=event.names[0].replace("()", ""),
                    function=function.name,
                    entry=reach.entry.label,
                )
