"""FAL302: an endpoint that authenticates by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi_lint.rules.api import Findings, Rule

if TYPE_CHECKING:
    from fastapi_lint.model.definitions import FunctionDefinition
    from fastapi_lint.model.project import Project


class ManualAuthentication(Rule):
    """An endpoint authenticates by hand instead of by a dependency.

    ## What it does
    Reports endpoints that take credentials from the request (the `Authorization` header, a session or access token
    cookie, the bare token of a security scheme) and judge them in their own body, or in a project function that they
    hand them to: a token is decoded, credentials are compared, the request is turned away with 401 or 403. The finding
    shows the calls that lead there.

    ## Why is this bad?
    What each endpoint does by hand, the next one forgets. A dependency is declared once, on a router for all of its
    routes. It turns strangers away before the request is validated, where an endpoint that checks by hand answers them
    422 and tells its schema. A security scheme shows in the OpenAPI document, and tests replace dependencies by
    `dependency_overrides`.

    ## Bad
    ```python
    # file: main.py
    import jwt
    from fastapi import FastAPI, HTTPException, Request
    from security import read_token

    app = FastAPI()


    @app.get("/orders")
    def list_orders(request: Request) -> list[str]:
        header = request.headers.get("Authorization", "")
        try:
            claims = read_token(header.removeprefix("Bearer "))
        except jwt.InvalidTokenError:
            raise HTTPException(status_code=401)
        return [claims["sub"]]
    # file: security.py
    import os

    import jwt


    def read_token(token: str) -> dict[str, str]:
        return jwt.decode(token, os.environ["SECRET_KEY"], algorithms=["HS256"])
    ```

    ## Good
    ```python
    # file: main.py
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from security import current_user

    app = FastAPI()


    @app.get("/orders")
    def list_orders(user: Annotated[str, Depends(current_user)]) -> list[str]:
        return [user]
    # file: security.py
    import os
    from typing import Annotated

    import jwt
    from fastapi import Depends, HTTPException
    from fastapi.security import OAuth2PasswordBearer

    scheme = OAuth2PasswordBearer(tokenUrl="login")


    def current_user(token: Annotated[str, Depends(scheme)]) -> str:
        try:
            return jwt.decode(token, os.environ["SECRET_KEY"], algorithms=["HS256"])["sub"]
        except jwt.InvalidTokenError:
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
    ```

    ## When not to use it
    Where endpoints speak a protocol of their own that has no place for FastAPI's dependencies.

    ## Known limitations
    Silent are endpoints that a dependency authenticates already, those whose job is tokens (login, logout, refresh,
    callbacks, verification, password reset, webhooks, proxies: told by the names of path and function), endpoints that
    pass a header on without judging it, tokens from the query or the body, and websockets. API keys in headers of other
    names, `request.session` and what comes from a request that is kept on an object are not looked at.

    ## References
    - [FastAPI: get the current user](https://fastapi.tiangolo.com/tutorial/security/get-current-user/)
    - [FastAPI: dependencies](https://fastapi.tiangolo.com/tutorial/dependencies/)
    """

    code = "FAL302"
    name = "manual-authentication"
    standards = ("AUT-7",)
    messages = {
        "manual": "{route} ({place}) authenticates by hand: {function} {what}; move it to a dependency, `Depends(…)`",
    }

    def check_project(self, project: Project) -> Findings:
        """Asks the model for each endpoint, once for all of its routes."""
        seen: set[FunctionDefinition] = set()
        for route in project.routes:
            function = route.function
            if function is None or function in seen or project.is_test(function.module):
                continue
            seen.add(function)
            found = project.manual_authentication(route)
            if found is not None:
                yield self.finding(
                    "manual",
                    found.location,
                    related=found.evidence,
                    route=route.label,
                    place=route.location,
                    function=function.name,
                    what=found.what,
                )
