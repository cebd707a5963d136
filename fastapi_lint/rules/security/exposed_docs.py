"""FAL362: a documentation that is open in every environment."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.security.exposure import open_documentation
from fastapi_lint.model.values import Site
from fastapi_lint.rules.api import Rule


class ExposedDocs(Rule):
    """The documentation of an application with a login is open to everybody, in production too.

    ## What it does
    Reports an application some of whose routes ask for a login, and whose documentation (`/docs`, `/redoc`,
    `/openapi.json`) is served in every environment: its paths are FastAPI's own, or written as constants.

    ## Why is this bad?
    The document names each route, parameter and schema, those of administrators too: it is the map that an attacker
    would draw first. Dependencies of the application do not stand before it: `FastAPI(dependencies=[…])` holds for
    routes alone.

    ## Bad
    ```python
    from fastapi import Depends, FastAPI
    from fastapi.security import HTTPBearer

    app = FastAPI(title="Books", dependencies=[Depends(HTTPBearer())])


    @app.get("/books")
    def list_books() -> list[str]:
        return ["Emma"]
    ```

    ## Good
    ```python
    import os

    from fastapi import Depends, FastAPI
    from fastapi.security import HTTPBearer

    is_production = os.getenv("ENVIRONMENT") == "production"
    app = FastAPI(
        title="Books",
        openapi_url=None if is_production else "/openapi.json",
        dependencies=[Depends(HTTPBearer())],
    )


    @app.get("/books")
    def list_books() -> list[str]:
        return ["Emma"]
    ```

    ## When not to use it
    For an API that others are to use: its documentation is meant to be read. That source code does not say, and so the
    rule is not on by default.

    ## Known limitations
    A proxy before the application may close the paths, which is not seen. Silent: applications without a login; paths
    from settings or under a condition; applications with a middleware that authenticates, that is not known, or whose
    code speaks of the documentation; subclasses of FastAPI.

    ## References
    - https://fastapi.tiangolo.com/how-to/conditional-openapi/
    - tests/proofs/test_proof_documentation.py
    """

    code = "FAL362"
    name = "exposed-docs"
    profile = "strict"
    standards = ("SEC-3",)
    messages = {
        "open": "anybody may read {paths} of {app} in every environment, while some of its routes ask for a login: "
        "take openapi_url from a setting that is None in production",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        pages: dict[Site, list[str]] = {}
        for page in () if app.mounted else open_documentation(app, project):
            pages.setdefault(page.site, []).append(page.path)
        example = project.authentication_example(app.routes[0]) if pages else None
        for site, found in pages.items():
            *others, last = sorted(found)
            paths = f"{', '.join(others)} and {last}" if others else last
            related = [example] if example is not None else []
            yield self.finding("open", site.location, related=related, paths=paths, app=app.name)
