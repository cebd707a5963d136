"""FAL144: a test that requests a path which no route has."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.rules.api import Rule


class UnknownTestPath(Rule):
    """A test requests a path that no route of the application has.

    ## What it does
    Reports requests that tests send to an application by `TestClient`, or by `httpx.AsyncClient` with `ASGITransport`,
    whose path is the path of none of its routes, mounts and pages of documentation, whatever their methods. It follows
    fixtures, the `base_url` of the client, constants, f-strings and functions that make paths; what is not known of a
    path may be anything.

    ## Why is this bad?
    The request is answered by a 404 that no endpoint made, so the test checks nothing: where it looks at the status
    it fails, and where it looks at something else, as that a request without a token is refused or that an error has
    some form, it passes for ever. Mostly a prefix was added or a route was renamed, and the test was left behind.

    ## Bad
    ```python
    # file: main.py
    from fastapi import APIRouter, FastAPI

    router = APIRouter(prefix="/api/users")
    app = FastAPI()


    @router.get("/me")
    def read_me() -> str:
        return "me"


    app.include_router(router)

    # file: tests/test_users.py
    from fastapi.testclient import TestClient
    from main import app

    client = TestClient(app)


    def test_token_is_needed() -> None:
        assert client.get("/users/me").status_code != 200
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import APIRouter, FastAPI

    router = APIRouter(prefix="/api/users")
    app = FastAPI()


    @router.get("/me")
    def read_me() -> str:
        return "me"


    app.include_router(router)

    # file: tests/test_users.py
    from fastapi.testclient import TestClient
    from main import app

    client = TestClient(app)


    def test_token_is_needed() -> None:
        assert client.get("/api/users/me").status_code == 401
    ```

    ## When not to use it
    There is no reason to.

    ## Known limitations
    Functions that mention the status 404 or 405 may mean a path that is missing, so there only a path is reported that
    a route would have if a name were plural or singular. Silent: requests inside of `pytest.raises`; clients that are
    attributes of test classes; applications that tests make or add something to, that have a `root_path`, a handler for
    404 or a middleware that may answer paths by itself; projects with routes that could not be resolved (`fastapi-lint
    routes --unresolved`). That a path has other methods only is not reported.

    ## References
    - https://fastapi.tiangolo.com/tutorial/testing/
    - `tests/proofs/test_proof_test_paths.py`
    """

    code = "FAL144"
    name = "unknown-test-path"
    standards = ("TST-1",)
    messages = {
        "unknown": "no route of {app} has the path `{path}`, so this request tests nothing: correct it",
        "near": "no route of {app} has the path `{path}`, so this request tests nothing: did you mean `{near}`?",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for request in project.app_requests:
            if request.is_answered:
                continue
            near = request.renumbered if request.may_be_missing else request.nearest
            if request.may_be_missing and near is None:
                continue
            names = {"app": request.app.name, "path": request.written}
            related = [Related("the application that is requested", request.app.location)]
            if near is None:
                yield self.finding("unknown", request.site.location, related=related, **names)
            else:
                related.append(Related(f"{near.label} is near", near.location))
                yield self.finding("near", request.site.location, related=related, near=near.path, **names)
