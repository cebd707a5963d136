"""FAL412: an engine whose pool nobody has thought of."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.knowledge.sessions import ENGINE_MAKERS, POOL_OPTIONS
from fastapi_lint.model.orm.set_up import SetUp, set_ups
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import possibilities, text_of
from fastapi_lint.rules.api import Rule


class DefaultPool(Rule):
    """An engine is made without any option of its pool.

    ## What it does
    Reports `create_engine` and `create_async_engine` calls without `pool_size`, `max_overflow`, `pool_pre_ping`,
    `pool_recycle`, `pool_timeout` or `poolclass`.

    ## Why is this bad?
    The default pool keeps five connections and opens ten more, per process, whatever the database allows and the
    traffic needs. Without `pool_pre_ping` the first request after a restart of the database fails on a dead connection.

    ## Bad
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine

    app = FastAPI()
    engine = create_engine("postgresql+psycopg://db/shop")
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from sqlalchemy import create_engine

    app = FastAPI()
    engine = create_engine("postgresql+psycopg://db/shop", pool_size=10, max_overflow=5, pool_pre_ping=True)
    ```

    ## When not to use it
    Where the defaults are known and meant. The rule is part of the strict profile.

    ## Known limitations
    Silent: SQLite; options that are unpacked from something unknown; migrations and tests.

    ## References
    - https://docs.sqlalchemy.org/en/20/core/pooling.html
    """

    code = "FAL412"
    name = "default-pool"
    profile = "strict"
    standards = ("DB-10",)
    messages = {
        "default": "this engine has the default pool, five connections and ten more per process without pre-ping: set "
        "pool_size, max_overflow and pool_pre_ping",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for made in set_ups(project, ENGINE_MAKERS):
            options = made.arguments
            if "alembic" in made.site.module.facts.imports or not options.complete or _is_sqlite(made):
                continue
            if not POOL_OPTIONS & options.keywords.keys():
                yield self.finding("default", made.site.location)


def _is_sqlite(made: SetUp) -> bool:
    """Whether an engine is made for SQLite, as far as its URL is known."""
    texts = [text_of(option) for option in possibilities(made.arguments.get("url", 0))]
    return any(text is not None and text.startswith("sqlite") for text in texts)
