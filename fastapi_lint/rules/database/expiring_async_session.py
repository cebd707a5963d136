"""FAL422: an asynchronous session whose objects expire at commit."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.model.knowledge.sessions import ASYNC_FACTORIES
from fastapi_lint.model.knowledge.sqlalchemy import ASYNC_SESSIONS
from fastapi_lint.model.orm.set_up import SetUp, set_ups
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import External, Site
from fastapi_lint.rules.api import Rule


class ExpiringAsyncSession(Rule):
    """The objects of an `AsyncSession` cannot be read after a commit.

    ## What it does
    Reports session factories for `AsyncSession` (`async_sessionmaker`, or `sessionmaker` with `class_=AsyncSession`)
    without `expire_on_commit=False`, and generators that yield an `AsyncSession(…)` made without it.

    ## Why is this bad?
    A commit expires all objects of its session, and the next attribute that is read is loaded anew. An `AsyncSession`
    cannot load at attribute access: `MissingGreenlet` is raised, as a rule while FastAPI makes the response of the
    object that was just stored.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

    app = FastAPI()
    make_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"))


    async def get_session():
        async with make_session() as session:
            yield session


    @app.get("/total")
    async def read_total(session: AsyncSession = Depends(get_session)):
        return await session.scalar(text("select 1"))
    ```

    ## Good
    ```python
    from fastapi import Depends, FastAPI
    from sqlalchemy import text
    from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

    app = FastAPI()
    make_session = async_sessionmaker(create_async_engine("sqlite+aiosqlite://"), expire_on_commit=False)


    async def get_session():
        async with make_session() as session:
            yield session


    @app.get("/total")
    async def read_total(session: AsyncSession = Depends(get_session)):
        return await session.scalar(text("select 1"))
    ```

    ## When not to use it
    Where each object is refreshed after each commit.

    ## Known limitations
    Silent: options that are unpacked from something unknown; a subclass of AsyncSession; sessions that live within one
    function.

    ## Fix safety
    The fix passes the argument. It is unsafe: an object that is read again after a commit keeps what it held, where it
    was loaded anew before. There is none where arguments are unpacked.

    ## References
    - https://docs.sqlalchemy.org/en/20/orm/extensions/asyncio.html#preventing-implicit-io-when-using-asyncsession
    - tests/proofs/test_proof_sessions.py
    """

    code = "FAL422"
    name = "expiring-async-session"
    fix = "unsafe"
    standards = ("DB-1",)
    messages = {
        "expiring": "a commit expires all objects of these sessions, and an AsyncSession raises MissingGreenlet when "
        "an expired attribute is read: pass expire_on_commit=False",
        "pass": "pass `expire_on_commit=False`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for made in set_ups(project, ASYNC_FACTORIES):
            options = made.arguments
            if _is_asynchronous(made) and options.complete and "expire_on_commit" not in options.keywords:
                yield self.finding("expiring", made.site.location, fix=self._fix(made.site, project))

    def _fix(self, site: Site, project: Project) -> Fix | None:
        editing = project.call_to_edit(site)
        if editing is None:
            return None
        editor, call = editing
        return editor.fix(self.messages["pass"], [editor.set_argument(call, "expire_on_commit", "False")], safe=False)


def _is_asynchronous(made: SetUp) -> bool:
    """Whether a call makes asynchronous sessions that outlive the function in which it stands."""
    if f"{made.name}()" in ASYNC_SESSIONS:
        return made.function is not None and made.function.fact.yields
    given = made.arguments.get("class_")
    if made.name == "sqlalchemy.orm.sessionmaker":
        return isinstance(given, External) and f"{given.name}()" in ASYNC_SESSIONS
    return given is None or isinstance(given, External)
