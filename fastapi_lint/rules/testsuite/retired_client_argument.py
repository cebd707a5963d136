"""FAL807: an argument that httpx no longer takes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_CLIENTS = frozenset({"httpx.AsyncClient", "httpx.Client"})
_ARGUMENT = "app"
_DEPRECATED, _REMOVED = (0, 27), (0, 28)


class RetiredClientArgument(Rule):
    """`AsyncClient(app=...)`: httpx no longer takes the application.

    ## What it does
    Reports `httpx.AsyncClient(app=...)` and `httpx.Client(app=...)`, in tests and elsewhere, in projects on httpx 0.27
    and newer.

    ## Why is this bad?
    The argument was deprecated in httpx 0.27 and removed in 0.28: there the client raises `TypeError`, so that all
    tests which use it fail on the next update.

    ## Bad
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_main.py
    import pytest
    from httpx import AsyncClient
    from main import app


    @pytest.mark.anyio
    async def test_read_items():
        async with AsyncClient(app=app, base_url="http://test") as client:
            await client.get("/items")
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_main.py
    import pytest
    from httpx import ASGITransport, AsyncClient
    from main import app


    @pytest.mark.anyio
    async def test_read_items():
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://test") as client:
            await client.get("/items")
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    The release of httpx is that of the lock file or the requirement, the newest where none is known. Silent: clients
    that are made in the body of a module, arguments that are passed as `**options`.

    ## References
    - https://github.com/encode/httpx/blob/master/CHANGELOG.md#0280-28th-november-2024
    - https://fastapi.tiangolo.com/advanced/async-tests/
    - tests/proofs/test_proof_async_tests.py
    """

    code = "FAL807"
    name = "retired-client-argument"
    severity = Severity.ERROR
    standards = ("TST-3",)
    messages = {
        "removed": "{client} no longer takes app=: it raises TypeError since httpx 0.28; pass "
        "transport=ASGITransport(app=...)",
        "deprecated": "{client}(app=...) is deprecated, and gone in httpx 0.28; pass transport=ASGITransport(app=...)",
    }

    def check_function(self, function: FunctionDefinition, project: Project) -> Iterator[Diagnostic]:
        release = project.version("httpx")
        if release < _DEPRECATED or "httpx" not in function.module.facts.imports:
            return
        if not (function.fact.body.may_hold(_ARGUMENT) and function.fact.body.may_hold("AsyncClient", "Client")):
            return
        for event in project.bodies.of(function).calls:
            if event.names and _CLIENTS.issuperset(event.names) and _ARGUMENT in event.arguments.keywords:
                yield self.finding(
                    "removed" if release >= _REMOVED else "deprecated",
                    event.site.location,
                    client=event.names[0],
                )
