"""FAL506: a coroutine that nobody awaits."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.concurrency.awaits import dropped_coroutines, used_coroutines
from fastapi_lint.model.editing.expressions import await_call
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.rejections import called_word
from fastapi_lint.rules.api import Rule


class MissingAwait(Rule):
    """A coroutine is made and not awaited.

    ## What it does
    Reports calls of coroutine functions, the project's own and those of well-known libraries (`asyncio.sleep`,
    `request.json`, `file.read`), without `await`, in whatever runs while a request is served: those that stand as a
    statement; those that are tested, compared, calculated with, or whose attributes are read; and those that an
    endpoint returns.

    ## Why is this bad?
    Calling a coroutine function runs nothing of it. The mail is not sent and the row not written, and the endpoint
    answers as if they were. A coroutine that is tested is always true: `if not is_admin(user)` lets everybody in. All
    that is left is a `RuntimeWarning: coroutine was never awaited` in some log.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    async def send_mail(address: str) -> None: ...


    @app.post("/orders", status_code=201)
    async def place_order(address: str):
        send_mail(address)
        return {"ordered": True}
    ```

    ```python
    from fastapi import FastAPI, HTTPException

    app = FastAPI()


    async def is_admin(name: str) -> bool: ...


    @app.delete("/orders/{order_id}")
    async def delete_order(order_id: int, name: str):
        if not is_admin(name):
            raise HTTPException(403)
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    async def send_mail(address: str) -> None: ...


    @app.post("/orders", status_code=201)
    async def place_order(address: str):
        await send_mail(address)
        return {"ordered": True}
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: coroutines that are passed on, or returned by functions other than endpoints, and variables that hold one
    and are used in any other way; functions under decorators that may run them; code that no request reaches;
    libraries that are not listed (asyncio, anyio, Starlette, httpx, aiofiles, Beanie and Redis are). Methods of
    an AsyncSession are the matter of `missing-await-on-session`.

    ## Fix safety
    The fix writes `await`. It is unsafe: what has never run runs then, and what was taken for true is looked at. There
    is none in plain functions, lambdas and generator expressions.

    ## References
    - https://fastapi.tiangolo.com/async/
    - https://docs.python.org/3/library/asyncio-dev.html#detect-never-awaited-coroutines
    - tests/proofs/test_event_loops.py
    """

    code = "FAL506"
    name = "missing-await"
    severity = Severity.ERROR
    fix = "unsafe"
    standards = ("ASY-1",)
    messages = {
        "dropped": "the coroutine of {called} is never awaited, so nothing of it runs: {function} serves {entry}; "
        "{remedy}",
        "used": "this uses the coroutine of {called} and not what it gives: {function} serves {entry}; {remedy}",
        "await": "await it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            is_endpoint = reach.entry.kind == "endpoint" and reach.entry.function is function
            body = project.bodies.of(function)
            found = [
                *(("dropped", event) for event in dropped_coroutines(body)),
                *(("used", event) for event in used_coroutines(body, returned=is_endpoint)),
            ]
            for message, event in found:
                definition = next(iter(event.functions), None)
                called = definition.name if definition is not None else called_word(event)
                write = f"write await {called}(...)"
                related = reach.evidence()
                if definition is not None:
                    related = [*related, Related(f"{called} is a coroutine function", definition.location)]
                yield self.finding(
                    message,
                    event.site.location,
                    related=related,
                    fix=await_call(project, event.site, function, self.messages["await"]),
                    called=called,
                    function=function.name,
                    entry=reach.entry.label,
                    remedy=write if function.is_async else f"make it async def and {write}",
                )
