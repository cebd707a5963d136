"""FAL113: a segment in another case than most."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.routing.naming import misspelt_segments
from fastapi_lint.rules.api import Rule


class InconsistentPathCase(Rule):
    """A segment of a path is not written in the case of most others.

    ## What it does
    Reports a segment of several words (`order_items`) whose case differs from that of three quarters or more of such
    segments in the application (`gift-cards`, `price-lists`), of which there must be three at least. Each segment is
    reported once, at the first route that has it.

    ## Why is this bad?
    Paths are case-sensitive and a hyphen is no underscore: who has learnt how one path is written gets a 404 from the
    next.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/gift-cards")
    @app.get("/price-lists")
    @app.get("/sales-taxes")
    @app.get("/stock-levels")
    @app.get("/store-credits")
    @app.get("/order_items")
    def read():
        return []
    ```

    ## Good
    ```python
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/gift-cards")
    @app.get("/price-lists")
    @app.get("/sales-taxes")
    @app.get("/stock-levels")
    @app.get("/store-credits")
    @app.get("/order-items")
    def read():
        return []
    ```

    ## When not to use it
    Where clients that cannot be changed use the paths as they are.

    ## Known limitations
    Silent: applications without a style that most segments have, segments of one word, those that mix hyphens and
    underscores, and path parameters.

    ## References
    - https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.1
    """

    code = "FAL113"
    name = "inconsistent-path-case"
    standards = ("API-3",)
    messages = {
        "case": '"{segment}" in {route} is {style}, but {count} of {total} such segments of the application '
        "are {usual}",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        for found in () if app.mounted else misspelt_segments(app):
            usual = found.majority
            yield self.finding(
                "case",
                found.route.location,
                related=[Related(f"{usual.example.label} is {usual.style}, as most are", usual.example.location)],
                segment=found.text,
                route=found.route.label,
                style=found.style,
                count=usual.count,
                total=usual.total,
                usual=usual.style,
            )
