"""FAL420: a method of an AsyncSession that nobody awaits."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.concurrency.awaits import dropped_session_calls
from fastapi_lint.model.editing.expressions import await_call
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class MissingAwaitOnSession(Rule):
    """A method of an `AsyncSession` is called and not awaited.

    ## What it does
    Reports calls of coroutine methods of SQLAlchemy's and SQLModel's `AsyncSession` (`commit`, `delete`, `flush`,
    `refresh`, `execute`, …) that stand as a statement without `await`, in whatever runs while a request is served.

    ## Why is this bad?
    Nothing happens: the transaction is not committed and is rolled back when the session is closed. The endpoint
    answers as if it were, and the data are gone.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

    app = FastAPI()
    make_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


    async def get_session():
        async with make_session() as session:
            yield session


    @app.put("/books/{book_id}")
    async def replace_book(book_id: int, session: AsyncSession = Depends(get_session)):
        session.commit()
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

    app = FastAPI()
    make_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


    async def get_session():
        async with make_session() as session:
            yield session


    @app.put("/books/{book_id}")
    async def replace_book(book_id: int, session: AsyncSession = Depends(get_session)):
        await session.commit()
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: sessions that can't be resolved, calls whose coroutine is assigned or passed on, code that no request
    reaches.

    ## Fix safety
    The fix writes `await`. It is unsafe: what has never been sent to the database is sent then. There is none in plain
    functions, lambdas and generator expressions.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL420"
    name = "missing-await-on-session"
    severity = Severity.ERROR
    fix = "unsafe"
    standards = ("DB-1",)
    messages = {
        "dropped": "{method} of the AsyncSession is never awaited, so it does nothing: {function} serves {entry}; "
        "write await before it",
        "await": "await it",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            for event in dropped_session_calls(project.bodies.of(function)):
                yield self.finding(
                    "dropped",
                    event.site.location,
                    related=reach.evidence(),
                    fix=await_call(project, event.site, function, self.messages["await"]),
                    flow=True,
                    method=event.names[0].rpartition(".")[2],
                    function=function.name,
                    entry=reach.entry.label,
                )
