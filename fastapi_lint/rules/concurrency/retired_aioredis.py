"""FAL511: the package aioredis, which is retired."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_RETIRED = "aioredis"


class RetiredAioredis(Rule):
    """`aioredis` is retired: it is now `redis.asyncio`.

    ## What it does
    Reports imports of `aioredis`.

    ## Why is this bad?
    The package was merged into `redis` in 2022 and has had no release since: no fix of a fault or a vulnerability
    reaches it. Its last release cannot even be imported on Python 3.11 and newer.

    ## Bad
    ```python
    import aioredis
    from fastapi import FastAPI

    app = FastAPI()
    redis = aioredis.from_url("redis://localhost")


    @app.get("/visits")
    async def read_visits():
        return await redis.get("visits")
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from redis import asyncio as aioredis

    app = FastAPI()
    redis = aioredis.from_url("redis://localhost")


    @app.get("/visits")
    async def read_visits():
        return await redis.get("visits")
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: imports under another name by `importlib`.

    ## References
    - https://github.com/aio-libs-abandoned/aioredis-py
    - https://redis.readthedocs.io/en/stable/examples/asyncio_examples.html
    """

    code = "FAL511"
    name = "retired-aioredis"
    standards = ("ASY-4",)
    messages = {
        "retired": "aioredis is retired: install redis and import redis.asyncio, which has the same functions",
    }

    def check_module(self, module: Module, project: Project) -> Iterator[Diagnostic]:
        if _RETIRED not in module.facts.imports or any(other.name == _RETIRED for other in project.modules):
            return
        for node in walk(module.facts.body):
            if isinstance(node, (st.Import, st.ImportFrom)) and not getattr(node, "level", 0):
                if node.module.partition(".")[0] == _RETIRED:
                    yield self.finding("retired", module.location(node.start, node.end))
