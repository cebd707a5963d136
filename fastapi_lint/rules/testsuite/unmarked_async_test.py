"""FAL803: a coroutine test that nothing runs."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Severity
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.functions import decorated
from fastapi_lint.model.editing.imports import reference_of_member
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.collection import (
    async_mark,
    has_collection_hooks,
    is_marked_async,
    is_test_function,
)
from fastapi_lint.rules.api import Rule


class UnmarkedAsyncTest(Rule):
    """An `async def` test has no mark, so that nothing runs it.

    ## What it does
    Reports coroutine functions that pytest collects as tests and that no mark (`asyncio`, `anyio`, `trio`) hands to a
    plugin, in a project whose pytest is not configured to run all of them (`asyncio_mode = "auto"`).

    ## Why is this bad?
    pytest itself runs no coroutines. Since release 8.4 such a test fails; before, it was skipped with a warning, so
    that what it should hold has never been tested.

    ## Bad
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_main.py
    from httpx import ASGITransport, AsyncClient
    from main import app


    async def test_read_items():
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            assert (await client.get("/items")).status_code == 404
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
        async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
            assert (await client.get("/items")).status_code == 404
    ```

    ## When not to use it
    Where tests are run by something else than pytest.

    ## Known limitations
    The configuration is read from the files of pytest in the root of the project and around it, which speak for all of
    it, and in its folders, each of which speaks for what is below. Silent: classes with bases
    (`IsolatedAsyncioTestCase`), decorators of the project's own, tests that their module runs by itself, and projects
    whose `conftest.py` has a hook that may mark or run tests.

    ## Fix safety
    The fix marks the test as most other tests of the project are marked. The application is not touched; the test runs,
    and may fail. There is none in a project without marked tests.

    ## References
    - https://docs.pytest.org/en/stable/changelog.html#pytest-8-4-0-2025-06-02
    - https://fastapi.tiangolo.com/advanced/async-tests/
    - tests/proofs/test_proof_async_tests.py
    """

    code = "FAL803"
    name = "unmarked-async-test"
    severity = Severity.ERROR
    fix = "safe"
    standards = ("TST-2",)
    messages = {
        "unmarked": "nothing runs {test}: pytest runs no coroutines by itself; mark it with pytest.mark.anyio or "
        'pytest.mark.asyncio, or set asyncio_mode = "auto"',
        "mark": "mark it with `{mark}`",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        configured = project.settings.async_test_folders
        if "" in configured or has_collection_hooks(project.modules):
            return
        unmarked = [
            function
            for function in project.functions
            if function.is_async
            and is_test_function(function)
            and not function.module.path.startswith(tuple(f"{folder}/" for folder in configured))
            and not is_marked_async(function)
        ]
        mark = async_mark(project.functions) if unmarked else None
        for function in unmarked:
            fix = self._fix(function, mark, project) if mark is not None else None
            yield self.finding("unmarked", function.location, fix=fix, test=function.name)

    def _fix(self, function: FunctionDefinition, mark: str, project: Project) -> Fix | None:
        editor = project.editor(function.module)
        marks = reference_of_member(editor, "pytest", "mark") if editor is not None else None
        if editor is None or marks is None:
            return None
        edit = decorated(editor, function.fact, f"{marks.text}{mark.removeprefix('pytest.mark')}")
        return editor.fix(self.messages["mark"].format(mark=mark), [*marks.edits, edit])
