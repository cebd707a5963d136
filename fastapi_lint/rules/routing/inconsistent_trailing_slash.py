"""FAL114: a path that ends unlike most."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.naming import odd_slashes
from fastapi_lint.rules.api import Rule


class InconsistentTrailingSlash(Rule):
    """A path ends with a slash, or without one, unlike most of the application.

    ## What it does
    Reports a route whose path ends otherwise than three quarters or more of the paths of its kind in the application:
    the roots of routers (`""` or `"/"` behind a prefix), other collections, items, actions. There must be three of them
    at least.

    ## Why is this bad?
    `/books` and `/books/` are two paths. Who asks for the wrong one is redirected by FastAPI with 307, another round
    trip. Many clients do not send the `Authorization` header or the body again, some refuse to follow a redirect of a
    `POST`, and behind a proxy the redirect often leads to `http` or to a host that nobody outside can reach.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/authors")
    @app.get("/books")
    @app.get("/editions")
    @app.get("/publishers")
    @app.get("/series")
    @app.get("/shops/")
    def read():
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/authors")
    @app.get("/books")
    @app.get("/editions")
    @app.get("/publishers")
    @app.get("/series")
    @app.get("/shops")
    def read():
        return []
    ```

    ## When not to use it
    Where clients that cannot be changed use the paths as they are.

    ## Known limitations
    Silent: the root of an application, paths that are registered in both forms, routes that are not in the schema.

    ## References
    - https://www.starlette.io/routing/
    - https://fastapi.tiangolo.com/reference/fastapi/
    """

    code = "FAL114"
    name = "inconsistent-trailing-slash"
    standards = ("API-3",)
    messages = {
        "slash": "the path of {route} ends {style}, but {count} of {total} such paths of the application end {usual}",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        for found in () if app.mounted else odd_slashes(app):
            usual = found.majority
            yield self.finding(
                "slash",
                found.route.location,
                related=[Related(f"{usual.example.label} ends {usual.style}, as most do", usual.example.location)],
                route=found.route.label,
                style=found.style,
                count=usual.count,
                total=usual.total,
                usual=usual.style,
            )
