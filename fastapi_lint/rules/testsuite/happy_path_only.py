"""FAL805: a route whose tests expect success alone."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.requests import reaches
from fastapi_lint.rules.api import Rule


class HappyPathOnly(Rule):
    """The tests of a route expect nothing but success.

    ## What it does
    Reports routes that tests request, where none of these tests mentions a status of 400 or above.

    ## Why is this bad?
    What a route refuses is as much a part of its contract as what it answers: invalid data, missing rights, unknown
    ids. Without a test the check may vanish and nobody notices, since everything still succeeds.

    ## Bad
    ```python
    # file: main.py
    from fastapi import FastAPI, HTTPException

    app = FastAPI()


    @app.get("/items/{item_id}")
    def read_item(item_id: int):
        if item_id > 9:
            raise HTTPException(404)
        return {"id": item_id}

    # file: tests/test_items.py
    from fastapi.testclient import TestClient
    from main import app

    client = TestClient(app)


    def test_read_item():
        assert client.get("/items/1").status_code == 200
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import FastAPI, HTTPException

    app = FastAPI()


    @app.get("/items/{item_id}")
    def read_item(item_id: int):
        if item_id > 9:
            raise HTTPException(404)
        return {"id": item_id}

    # file: tests/test_items.py
    from fastapi.testclient import TestClient
    from main import app

    client = TestClient(app)


    def test_read_item():
        assert client.get("/items/1").status_code == 200


    def test_read_unknown_item():
        assert client.get("/items/10").status_code == 404
    ```

    ## When not to use it
    For routes that can't fail.

    ## Known limitations
    A test counts as expecting an error when it mentions a status of 400 or above anywhere. Routes that take no
    parameter, body or dependency are silent, since they have nothing to refuse; so are those of which no test is seen.

    ## References
    - https://fastapi.tiangolo.com/tutorial/testing/#extended-testing-file
    """

    code = "FAL805"
    name = "happy-path-only"
    severity = Severity.INFO
    profile = "strict"
    standards = ("TST-5",)
    messages = {
        "happy": "the tests of {route} expect nothing but success; add one for what it refuses (invalid data, missing "
        "rights, unknown ids)",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        sent = [request for request in project.sent_requests if request.method or request.by_name]
        for route in project.routes_by_endpoint:
            if not route.parameters and not route.dependencies:
                continue
            tests = [request for request in sent if reaches(request, route)]
            statuses = {status for request in tests for status in request.statuses}
            if tests and statuses and max(statuses) < 400:
                yield self.finding("happy", route.location, route=route.label)
