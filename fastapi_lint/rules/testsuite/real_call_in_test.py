"""FAL804: a test that calls another service for real."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.real_calls import real_calls
from fastapi_lint.rules.api import Rule


class RealCallInTest(Rule):
    """A test calls another service for real.

    ## What it does
    Reports calls of `requests`, `httpx` and `urlopen` in tests with a URL on the internet that the source names, where
    nothing in the test or its module replaces calls.

    ## Why is this bad?
    The test fails when the network or the other service does, says nothing about the project then, and takes seconds
    where it works. It may also write real data, or use up a quota.

    ## Bad
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_rates.py
    import httpx


    def test_rates():
        assert httpx.get("https://api.frankfurter.dev/v1/latest").status_code == 200
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()

    # file: tests/test_rates.py
    import httpx
    import respx


    @respx.mock
    def test_rates():
        respx.get("https://api.frankfurter.dev/v1/latest").respond(200)
        assert httpx.get("https://api.frankfurter.dev/v1/latest").status_code == 200
    ```

    ## When not to use it
    In a suite whose purpose is to watch other services.

    ## Known limitations
    Only calls that stand in the test itself. Silent: hosts that the source does not name, local and reserved ones;
    clients with a transport or other arguments; tests with decorators other than marks, with a fixture that replaces
    calls, or in a module that imports a package for that, `unittest` included.

    ## References
    - https://lundberg.github.io/respx/
    - https://docs.pytest.org/en/stable/how-to/monkeypatch.html
    """

    code = "FAL804"
    name = "real-call-in-test"
    standards = ("TST-6",)
    messages = {
        "real": "{test} calls {host} for real, so that it fails whenever that does; replace the call (respx, "
        "responses, monkeypatch)",
    }

    def check_function(self, function: FunctionDefinition, project: Project) -> Iterator[Diagnostic]:
        for event, host in real_calls(function, project.bodies):
            yield self.finding("real", event.site.location, test=function.name, host=host)
