"""FAL801: a route that no test requests."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.testsuite.requests import reaches
from fastapi_lint.rules.api import Rule


class UntestedRoute(Rule):
    """No test requests a route.

    ## What it does
    Reports routes that no test of the project requests, neither by path nor by name, in projects whose tests request
    some.

    ## Why is this bad?
    Nothing notices when the route breaks: its dependencies, its validation, its response model and its status are all
    put together by FastAPI, so that tests of the functions behind it do not show whether it works.

    ## Bad
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/items")
    def list_items():
        return []


    @app.delete("/items/{item_id}", status_code=204)
    def delete_item(item_id: int):
        return None

    # file: tests/test_items.py
    from fastapi.testclient import TestClient
    from main import app

    client = TestClient(app)


    def test_list_items():
        assert client.get("/items").status_code == 200
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/items")
    def list_items():
        return []

    # file: tests/test_items.py
    from fastapi.testclient import TestClient
    from main import app

    client = TestClient(app)


    def test_list_items():
        assert client.get("/items").status_code == 200
    ```

    ## When not to use it
    Where tests lie in another repository, or are made from the OpenAPI document.

    ## Known limitations
    Any text in a test that may be the path of a route counts for it, also where prefixes come from variables, so that
    some routes pass for tested that are not. Paths that tests put together in other ways are not seen, which is why the
    rule is not on by default. Silent: routes outside the documentation.

    ## References
    - https://fastapi.tiangolo.com/tutorial/testing/
    """

    code = "FAL801"
    name = "untested-route"
    severity = Severity.INFO
    profile = "strict"
    standards = ("TST-1",)
    messages = {"untested": "no test requests {route}; add one for its success and one for each way it fails"}

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        sent = project.sent_requests
        if not any(request.method or request.by_name for request in sent):
            return
        for route in project.routes_by_endpoint:
            if route.include_in_schema and not any(reaches(request, route) for request in sent):
                yield self.finding("untested", route.location, route=route.label)
