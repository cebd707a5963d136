"""FAL352: any site may read what the API answers."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.security.cors import any_origins
from fastapi_lint.rules.api import Rule


class PermissiveCors(Rule):
    """Any site may read what the API answers.

    ## What it does
    Reports a `CORSMiddleware` that admits every origin, by `allow_origins=["*"]` or by a pattern that matches all: as
    an error when it allows credentials too, and as a warning on an application whose routes authenticate.

    ## Why is this bad?
    With `allow_credentials=True`, Starlette answers a request that carries cookies with its own origin, so that `*`
    means what browsers forbid it to mean: any page that a logged-in user opens may call the API in the user's name and
    read the answers. Without credentials, pages still reach an API that only the network protects, and tokens that
    scripts hold may be used from anywhere.

    ## Bad
    ```python
    from fastapi import FastAPI
    from fastapi.middleware.cors import CORSMiddleware

    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True)
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from fastapi.middleware.cors import CORSMiddleware

    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["https://app.example.com"], allow_credentials=True)
    ```

    ## When not to use it
    For an API that is meant to be called from any page, with tokens alone: ignore it where the middleware is added.

    ## Known limitations
    Origins from settings count with their defaults; what can't be resolved, or is added under a condition that does not
    hold by default, is silent. Without credentials an application is silent whose routes do not authenticate.

    ## References
    - https://fastapi.tiangolo.com/tutorial/cors/
    - https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS#requests_with_credentials
    - tests/proofs/test_proof_cors.py
    """

    code = "FAL352"
    name = "permissive-cors"
    standards = ("SEC-7",)
    messages = {
        "credentials": "{app} answers any origin ({argument}{setting}) and allows credentials: any page can call it as "
        "its visitor and read the answer; list the origins",
        "authenticated": "{app} authenticates and answers any origin ({argument}{setting}): list the origins of "
        "its own pages",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        for found in any_origins(app):
            if found.credentials is None or not (found.credentials or project.authenticates(app)):
                continue
            example = next(filter(None, map(project.authentication_example, app.routes)), None)
            related = [example] if example is not None and not found.credentials else []
            yield self.finding(
                "credentials" if found.credentials else "authenticated",
                found.site.location,
                related=[Related("this is the application", app.location), *related],
                severity=Severity.ERROR if found.credentials else Severity.WARNING,
                app=app.name,
                argument=found.argument,
                setting=", as its setting is by default" if found.by_default else "",
            )
