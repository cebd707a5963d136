"""FAL404: a synchronous session that blocks the event loop."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.concurrency.blocking import Blockage
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SyncSessionInAsyncEndpoint(Rule):
    """A synchronous session talks to the database on the event loop.

    ## What it does
    Reports coroutine functions on the request path (endpoints, dependencies, middlewares, background tasks and the
    coroutine functions that they call) which send statements through a synchronous `Session`, connection or engine of
    SQLAlchemy or SQLModel, themselves or through plain functions of the project. Each function is reported once, at its
    first such call.

    ## Why is this bad?
    While the database works the event loop stands still: no other request of the process is answered, however many
    wait. In a plain `def` FastAPI would run the same code in a thread.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import Session

    app = FastAPI()
    engine = create_engine("sqlite://")


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/total")
    async def read_total(session: Session = Depends(get_session)):
        return session.scalar(text("select 1"))
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

    app = FastAPI()
    engine = create_async_engine("sqlite+aiosqlite://")


    async def get_session():
        async with AsyncSession(engine) as session:
            yield session


    @app.get("/total")
    async def read_total(session: AsyncSession = Depends(get_session)):
        return await session.scalar(text("select 1"))
    ```

    An endpoint that awaits nothing else may keep its session and become a plain `def`:

    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import create_engine, text
    from sqlalchemy.orm import Session

    app = FastAPI()
    engine = create_engine("sqlite://")


    def get_session():
        with Session(engine) as session:
            yield session


    @app.get("/total")
    def read_total(session: Session = Depends(get_session)):
        return session.scalar(text("select 1"))
    ```

    ## When not to use it
    In a service that never serves two requests at once.

    ## Known limitations
    Silent: sessions that can't be resolved; functions handed to `run_sync`, `run_in_threadpool`, `asyncio.to_thread` or
    an executor; what only takes a note (`session.add`) without sending anything; code that runs once, at start-up or
    behind a cache.

    ## References
    - https://fastapi.tiangolo.com/async/
    - https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL404"
    name = "sync-session-in-async-endpoint"
    standards = ("DB-1", "ASY-1")
    messages = {
        "direct": "{call} waits for the database and blocks the event loop: {function} is async and serves {entry}; "
        "await an AsyncSession, or make {function} a plain def",
        "behind": "{callee}() leads to {call}, which waits for the database and blocks the event loop: {function} is "
        "async and serves {entry}; await an AsyncSession, or call it in a thread",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.request_path.on_loop.items():
            found = None if project.is_test(function.module) else _first(function, project)
            if found is None:
                continue
            event, callee = found.chain[0] if found.chain else (found.event, None)
            last = [Related(f"{found.call} waits here", found.event.site.location)] if callee is not None else []
            yield self.finding(
                "direct" if callee is None else "behind",
                event.site.location,
                related=[*reach.evidence(found.chain), *last],
                flow=True,
                call=found.call,
                callee=callee.call_name if callee is not None else "",
                function=function.name,
                entry=reach.entry.label,
            )


def _first(function: FunctionDefinition, project: Project) -> Blockage | None:
    """The first call of a function that waits for the database, its own calls before what other functions do."""
    direct = project.database_calls.direct(function)
    if direct:
        return direct[0]
    events = project.bodies.of(function).calls
    return next(filter(None, (project.database_calls.behind(event, function) for event in events)), None)
