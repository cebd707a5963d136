"""FAL424: one AsyncSession in several tasks."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.concurrency.shared_sessions import shared_sessions
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class SessionSharedByTasks(Rule):
    """Several tasks use one `AsyncSession` at the same time.

    ## What it does
    Reports `asyncio.gather(…)` and `TaskGroup` whose coroutines are given the same `AsyncSession`, or are methods of
    it.

    ## Why is this bad?
    A session has one connection and one transaction. While one task waits for its answer another one uses the session:
    SQLAlchemy raises `InvalidRequestError` or `IllegalStateChangeError`, the driver "another operation is in progress",
    depending on how fast the database answers.

    ## Bad
    ```python
    import asyncio

    from fastapi import Depends, FastAPI
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

    app = FastAPI()
    make_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"), expire_on_commit=False)


    async def get_session():
        async with make_session() as session:
            yield session


    async def count(session: AsyncSession, number: int):
        return await session.scalar(text("select :n"), {"n": number})


    @app.get("/counts")
    async def read_counts(session: AsyncSession = Depends(get_session)):
        return await asyncio.gather(count(session, 1), count(session, 2))
    ```

    ## Good
    ```python
    import asyncio

    from fastapi import FastAPI
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    app = FastAPI()
    make_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"), expire_on_commit=False)


    async def count(number: int):
        async with make_session() as session:
            return await session.scalar(text("select :n"), {"n": number})


    @app.get("/counts")
    async def read_counts():
        return await asyncio.gather(count(1), count(2))
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: sessions that can't be resolved; sessions inside objects whose methods use them through further ones; tasks
    that are started one by one with `asyncio.create_task`.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/session_basics.html#is-the-session-thread-safe-is-asyncsession-safe-to-share-in-concurrent-tasks
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL424"
    name = "session-shared-by-tasks"
    severity = Severity.ERROR
    standards = ("DB-1",)
    messages = {
        "shared": "several tasks use the same AsyncSession at once, which it refuses or garbles: give each a session "
        "of its own, or await one after the other",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function in project.functions:
            if project.is_test(function.module) or not function.is_async:
                continue
            if not function.fact.body.may_hold("gather", "TaskGroup"):
                continue
            for found in shared_sessions(project.bodies.of(function), project.bodies):
                yield self.finding(
                    "shared",
                    found.second.site.location,
                    related=[Related("the first task gets the session here", found.first.site.location)],
                )
