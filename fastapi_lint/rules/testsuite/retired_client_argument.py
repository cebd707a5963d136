"""FAL807: an argument that httpx no longer takes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.imports import reference
from fastapi_lint.model.interpreter.bodies import CallEvent
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule

_ASYNC_CLIENT = "httpx.AsyncClient"
_CLIENTS = frozenset({_ASYNC_CLIENT, "httpx.Client"})
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

    ## Fix safety
    The fix passes the transport that the client of an older httpx makes of the application by itself. There is none for
    `httpx.Client`, which never served an application of FastAPI, and where a transport is passed already.

    ## References
    - https://github.com/encode/httpx/blob/master/CHANGELOG.md#0280-28th-november-2024
    - https://fastapi.tiangolo.com/advanced/async-tests/
    - tests/proofs/test_proof_async_tests.py
    """

    code = "FAL807"
    name = "retired-client-argument"
    severity = Severity.ERROR
    fix = "safe"
    standards = ("TST-3",)
    messages = {
        "removed": "{client} no longer takes app=: it raises TypeError since httpx 0.28; {instead}",
        "deprecated": "{client}(app=...) is deprecated, and gone in httpx 0.28; {instead}",
        "asynchronous": "pass transport=ASGITransport(app=...)",
        "synchronous": "take the TestClient of FastAPI, or pass transport=WSGITransport(app=...) for an application of "
        "WSGI",
        "pass": "pass a transport",
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
                    fix=self._fix(event, project),
                    client=event.names[0],
                    instead=self.messages["asynchronous" if _ASYNC_CLIENT in event.names else "synchronous"],
                )

    def _fix(self, event: CallEvent, project: Project) -> Fix | None:
        editing = project.call_to_edit(event.site)
        if editing is None or event.names != (_ASYNC_CLIENT,) or "transport" in event.arguments.keywords:
            return None
        editor, call = editing
        given = next((argument for argument in call.arguments if argument.keyword == _ARGUMENT), None)
        transport = reference(editor, "httpx.ASGITransport")
        if given is None or transport is None:
            return None
        edit = editor.replace(given, f"transport={transport.text}({editor.written(given)})")
        return editor.fix(self.messages["pass"], [*transport.edits, edit])
