"""FAL511: the package aioredis, which is retired."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import around, is_name, walk
from fastapi_lint.model.definitions import Module
from fastapi_lint.model.editing.imports import moved_import
from fastapi_lint.model.knowledge.aioredis import AIOREDIS, AIOREDIS_NAMES, AIOREDIS_SUCCESSORS
from fastapi_lint.model.project import Project
from fastapi_lint.model.structure.imports import imports_of
from fastapi_lint.rules.api import Rule


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

    ## Fix safety
    The fix imports the same from `redis`. It is unsafe: `redis` 4.2 or newer must be installed. There is none for names
    of aioredis 1, which have no successor, for an import that an `except` guards, and for one that shares its line with
    others.

    ## References
    - https://github.com/aio-libs-abandoned/aioredis-py
    - https://redis.readthedocs.io/en/stable/examples/asyncio_examples.html
    """

    code = "FAL511"
    name = "retired-aioredis"
    fix = "unsafe"
    standards = ("ASY-4",)
    messages = {
        "retired": "aioredis is retired: install redis and import redis.asyncio, which has the same functions",
        "import": "import it from redis",
    }

    def check_module(self, module: Module, project: Project) -> Iterator[Diagnostic]:
        for node in imports_of(module, AIOREDIS):
            if not any(other.name == AIOREDIS for other in project.modules):
                fix = self._fix(node, module, project)
                yield self.finding("retired", module.location(node.start, node.end), fix=fix)

    def _fix(self, statement: st.Import | st.ImportFrom, module: Module, project: Project) -> Fix | None:
        editor, successor = project.editor(module), AIOREDIS_SUCCESSORS.get(statement.module)
        is_guarded = any(isinstance(node, st.Try) for node in around(module.facts.body, statement.start, statement.end))
        if editor is None or successor is None or is_guarded or not _is_of_both(statement, module):
            return None
        return editor.fix(self.messages["import"], [moved_import(editor, statement, successor)], safe=False)


def _is_of_both(statement: st.Import | st.ImportFrom, module: Module) -> bool:
    """Whether all that a module uses by an import of aioredis is there in redis, too."""
    if statement.module != AIOREDIS:
        return True
    if isinstance(statement, st.ImportFrom):
        return AIOREDIS_NAMES.issuperset(name for name, _ in statement.names)
    local = statement.alias or AIOREDIS
    used = [node for node in walk(module.facts.body) if isinstance(node, ex.Attribute) and is_name(node.value, local)]
    mentioned = [node for node in walk(module.facts.body) if is_name(node, local)]
    return len(used) == len(mentioned) and AIOREDIS_NAMES.issuperset(node.attr for node in used)
