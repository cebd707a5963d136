"""FAL512: a coroutine function that serves requests computes for long."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class CpuBoundInAsync(Rule):
    """An `async def` on the request path computes for long.

    ## What it does
    Reports calls that are known to keep the processor busy (hashes of passwords, keys, images, whole tables, documents,
    models) in an `async def` that the event loop runs for requests, and calls there of plain project functions that
    lead to one, at any depth; the chain is shown.

    ## Why is this bad?
    The event loop runs one thing at a time. A password hash takes a quarter of a second on purpose: for so long no
    other request of the process makes progress, and ten logins at a time stop the server for seconds. A plain `def`
    endpoint runs in a thread, and these libraries let other threads run meanwhile.

    ## Bad
    ```python
    import bcrypt
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/login")
    async def log_in(password: str):
        return bcrypt.checkpw(password.encode(), b"$2b$12$...")
    ```

    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app.security import hash_password

    app = FastAPI()


    @app.post("/users")
    async def create_user(name: str, password: str):
        return {"name": name, "password": hash_password(password)}

    # file: app/security.py
    from passlib.context import CryptContext

    context = CryptContext(schemes=["bcrypt"])


    def hash_password(password):
        return context.hash(password)
    ```

    ## Good
    ```python
    import bcrypt
    from fastapi import FastAPI
    from fastapi.concurrency import run_in_threadpool

    app = FastAPI()


    @app.post("/login")
    async def log_in(password: str):
        return await run_in_threadpool(bcrypt.checkpw, password.encode(), b"$2b$12$...")
    ```

    ```python
    import bcrypt
    from fastapi import FastAPI

    app = FastAPI()


    @app.post("/login")
    def log_in(password: str):
        return bcrypt.checkpw(password.encode(), b"$2b$12$...")
    ```

    ## When not to use it
    In a service that never serves two requests at once.

    ## Known limitations
    It knows the calls of its table. What takes long only for much data (JSON, compression, loops of the project's own)
    is not in it. Not followed: what `blocking-call-in-async` and `transitive-blocking-call` do not follow either.

    ## References
    - https://fastapi.tiangolo.com/async/#concurrency-parallelism-web-machine-learning
    - https://docs.python.org/3/library/asyncio-dev.html#running-blocking-code
    - tests/proofs/test_computation.py
    """

    code = "FAL512"
    name = "cpu-bound-in-async"
    standards = ("ASY-1",)
    messages = {
        "direct": "{call} is busy with {work} and stops the event loop: {function} is async and serves {entry}; use "
        "{instead}",
        "behind": "{callee}() ends in {call}, which is busy with {work} and stops the event loop: {function} is async "
        "and serves {entry}; use {instead}",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.on_loop.items():
            if project.is_test(function.module):
                continue
            behind = (project.computing.behind(event, function) for event in project.bodies.of(function).calls)
            for found in (*project.computing.direct(function), *filter(None, behind)):
                chain = found.chain
                last = [Related(f"{found.call} computes here", found.event.site.location)] if chain else []
                yield self.finding(
                    "behind" if chain else "direct",
                    (chain[0][0] if chain else found.event).site.location,
                    related=[*reach.evidence(chain), *last],
                    flow=True,
                    callee=chain[0][1].call_name if chain else "",
                    call=found.call,
                    work=found.row.waits_for,
                    instead=found.row.instead,
                    function=function.name,
                    entry=reach.entry.label,
                )
