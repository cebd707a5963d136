"""FAL806: a dependency override that outlives its test."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.overrides import leaked_overrides
from fastapi_lint.rules.api import Rule


class LeakedDependencyOverride(Rule):
    """A test replaces a dependency and never puts it back.

    ## What it does
    Reports `app.dependency_overrides[...] = ...` in a module of tests where neither the module nor a `conftest.py`
    around it takes overrides back, and where the application is one that tests of other modules share. One finding for
    a module.

    ## Why is this bad?
    The application lives as long as the run. Each test that comes later gets the replacement too, whatever module it
    is in: it passes with a user who is logged in by force, or fails with a session that is closed, depending on the
    order in which tests run.

    ## Bad
    ```python
    # file: main.py
    from fastapi import Depends, FastAPI


    def get_user():
        return "real"


    app = FastAPI()


    @app.get("/me")
    def read_me(user: str = Depends(get_user)):
        return user

    # file: tests/test_me.py
    from fastapi.testclient import TestClient
    from main import app, get_user


    def test_read_me():
        app.dependency_overrides[get_user] = lambda: "alice"
        assert TestClient(app).get("/me").json() == "alice"
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import Depends, FastAPI


    def get_user():
        return "real"


    app = FastAPI()


    @app.get("/me")
    def read_me(user: str = Depends(get_user)):
        return user

    # file: tests/test_me.py
    import pytest
    from fastapi.testclient import TestClient
    from main import app, get_user


    @pytest.fixture
    def logged_in():
        app.dependency_overrides[get_user] = lambda: "alice"
        yield
        app.dependency_overrides.clear()


    def test_read_me(logged_in):
        assert TestClient(app).get("/me").json() == "alice"
    ```

    ## When not to use it
    Where each module of tests runs in a process of its own.

    ## Known limitations
    A module that takes back any override is silent, also where another test of it forgets to. Silent: overrides in a
    `conftest.py`, which are meant for all tests; applications that tests or fixtures make; `monkeypatch.setitem` and
    `patch.dict`, which undo themselves.

    ## References
    - https://fastapi.tiangolo.com/advanced/testing-dependencies/
    - tests/proofs/test_overrides.py
    """

    code = "FAL806"
    name = "leaked-dependency-override"
    standards = ("TST-4",)
    messages = {
        "leaked": "{function} replaces {dependency} for all tests that come after it, in other modules too; take it "
        "back in a fixture, after its yield: app.dependency_overrides.clear()",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for override in leaked_overrides(project.functions, project.modules, project.interpreter):
            yield self.finding(
                "leaked",
                override.site.location,
                related=[Related("all tests share this application", override.router.site.location)],
                function=override.function.name,
                dependency=override.dependency or "a dependency",
            )
