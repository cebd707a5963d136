"""FAL320: an application that changes things and authenticates nobody."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.apps import App
from fastapi_lint.model.security.openness import open_writes
from fastapi_lint.rules.api import Rule


class MissingAuthScheme(Rule):
    """An application has routes that write, and authenticates nobody.

    ## What it does
    Reports an application with routes of `POST`, `PUT`, `PATCH` or `DELETE` none of whose routes depends on a security
    scheme, and in which no dependency, endpoint, decorator or middleware reads credentials.

    ## Why is this bad?
    Whoever reaches the address changes and deletes what is there. With a scheme of `fastapi.security` the routes are
    closed, and the documentation shows how to log in.

    ## Bad
    ```python
    from fastapi import FastAPI

    app = FastAPI()
    books: list[str] = []


    @app.post("/books", status_code=201)
    def create_book(title: str) -> None:
        books.append(title)
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    books: list[str] = []
    Token = Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="login"))]


    @app.post("/books", status_code=201)
    def create_book(title: str, token: Token) -> None:
        books.append(title)
    ```

    ## When not to use it
    For an API behind a gateway that authenticates, a local tool, or an exercise. That source code does not show, and so
    the rule is not on by default.

    ## Known limitations
    Silent: applications with routes, dependencies or middlewares that are not known; projects that import a package for
    tokens or logins, whatever they do with it; routes that are public by nature (webhooks with a signature, forms),
    that only look something up, or that a comment or setting calls public.

    ## References
    - https://fastapi.tiangolo.com/tutorial/security/
    """

    code = "FAL320"
    name = "missing-auth-scheme"
    profile = "strict"
    standards = ("AUT-1",)
    messages = {
        "missing": "{count} of the {total} routes of {app} write, and none has a security scheme; nor does a "
        "dependency, endpoint or middleware read credentials: add a scheme of fastapi.security",
    }

    def check_app(self, app: App, project: Project) -> Iterator[Diagnostic]:
        found = [] if app.mounted else open_writes(app, project)
        if found:
            related = [Related(f"{route.label} is open", route.location) for route in found[:3]]
            yield self.finding(
                "missing", app.location, related=related, count=len(found), total=len(app.routes), app=app.name
            )
