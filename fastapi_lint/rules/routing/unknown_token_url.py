"""FAL119: a token URL that no route answers."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.security.token_urls import may_answer, token_urls
from fastapi_lint.rules.api import Rule


class UnknownTokenUrl(Rule):
    """The `tokenUrl` of a security scheme is the path of no route.

    ## What it does
    Reports an `OAuth2PasswordBearer` that routes of an application depend on, whose `tokenUrl` is the path of none of
    its `POST` routes.

    ## Why is this bad?
    `tokenUrl` is only documentation, so nothing fails in tests: but "Authorize" in the documentation, and clients that
    are generated from it, send the password to a path that answers 404. Mostly a prefix was added later.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import APIRouter, Depends, FastAPI
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    router = APIRouter(prefix="/auth")
    scheme = OAuth2PasswordBearer(tokenUrl="token")


    @router.post("/login")
    def log_in() -> dict[str, str]:
        return {"access_token": "…", "token_type": "bearer"}


    @app.get("/users/me")
    def read_me(token: Annotated[str, Depends(scheme)]) -> str:
        return token


    app.include_router(router)
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import APIRouter, Depends, FastAPI
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    router = APIRouter(prefix="/auth")
    scheme = OAuth2PasswordBearer(tokenUrl="auth/login")


    @router.post("/login")
    def log_in() -> dict[str, str]:
        return {"access_token": "…", "token_type": "bearer"}


    @app.get("/users/me")
    def read_me(token: Annotated[str, Depends(scheme)]) -> str:
        return token


    app.include_router(router)
    ```

    ## When not to use it
    Where another service behind the same host gives the tokens; an absolute URL says so.

    ## Known limitations
    Silent: URLs with a host; URLs that the environment may change; paths of which the route's is the end, since a proxy
    may strip a prefix; relative paths that are the end of the route's, where the application says from where its
    documentation is served (`docs_url`, `openapi_url`, `root_path`, `servers`); projects with routes that could not be
    resolved (`fastapi-lint routes --unresolved`); subclasses with a constructor of their own.

    ## References
    - https://fastapi.tiangolo.com/tutorial/security/first-steps/#fastapis-oauth2passwordbearer
    - `tests/proofs/test_token_url.py`
    """

    code = "FAL119"
    name = "unknown-token-url"
    standards = ("API-10",)
    messages = {"unknown": "`tokenUrl` is `{url}`, and no POST route of the application has that path: correct it"}

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        if app.mounted or project.may_have_more_routes:
            return
        reported = set()
        for route in app.routes:
            for token_url in token_urls(route):
                if token_url.site in reported or any(may_answer(other, token_url) for other in app.routes):
                    continue
                reported.add(token_url.site)
                related = [Related(f"{route.label} depends on it", route.location)]
                yield self.finding("unknown", token_url.site.location, related=related, url=token_url.text)
