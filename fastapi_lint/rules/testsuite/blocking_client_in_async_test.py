"""FAL802: a blocking test client in a coroutine test."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.clients import blocking_request
from fastapi_lint.rules.api import Rule


class BlockingClientInAsyncTest(Rule):
    """An `async def` test sends its requests by `TestClient`.

    ## What it does
    Reports coroutine tests that send a request by FastAPI's `TestClient`. One finding for a test.

    ## Why is this bad?
    `TestClient` is made for plain tests: it runs the application on an event loop of its own, in another thread, and
    waits for it. In a coroutine test it stops the loop of the test meanwhile, and whatever the test has made on that
    loop (a session, a connection, a lock) fails or hangs when the application uses it: "attached to a different loop".

    ## Bad
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_main.py
    import pytest
    from fastapi.testclient import TestClient
    from main import app


    @pytest.mark.anyio
    async def test_read_items():
        client = TestClient(app)
        assert client.get("/items").status_code == 404
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_main.py
    import pytest
    from fastapi.testclient import TestClient
    from httpx import ASGITransport, AsyncClient
    from main import app


    def test_read_items():
        client = TestClient(app)
        assert client.get("/items").status_code == 404


    @pytest.mark.anyio
    async def test_read_items_from_coroutine():
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            assert (await client.get("/items")).status_code == 404
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Silent: clients that fixtures give without an annotation, subclasses of `TestClient`, websocket sessions.

    ## References
    - https://fastapi.tiangolo.com/advanced/async-tests/
    - tests/proofs/test_proof_async_tests.py
    """

    code = "FAL802"
    name = "blocking-client-in-async-test"
    standards = ("TST-2",)
    messages = {
        "awaiting": "TestClient stops the loop of {test} and runs the application on another one; use AsyncClient with "
        "ASGITransport",
        "plain": "TestClient runs the application on a loop of its own, and {test} awaits nothing: make it a plain def",
    }

    def check_function(self, function: FunctionDefinition, project: Project) -> Iterator[Diagnostic]:
        request = blocking_request(function, project.bodies)
        if request is not None:
            awaits = any(event.awaited for event in project.bodies.of(function).calls)
            yield self.finding("awaiting" if awaits else "plain", request.site.location, test=function.name)
