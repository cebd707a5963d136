"""FAL318: credentials that may be None, which nobody tests."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.optional_credentials import unchecked_credentials
from fastapi_lint.rules.api import Rule


class UncheckedOptionalCredentials(Rule):
    """A security scheme lets everybody through, and nobody tests what it gives.

    ## What it does
    Reports security schemes with `auto_error=False` whose credentials nobody tests for None: a function reads their
    attributes at once, or they are never looked at, and nothing else is seen to authenticate the route.

    ## Why is this bad?
    With `auto_error=False` a scheme gives None to a request without credentials, instead of turning it away. A scheme
    whose result nobody looks at shows a lock in the documentation and protects nothing. Where an attribute of None is
    read, strangers are answered 500 in place of 401.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI
    from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, OAuth2PasswordBearer

    app = FastAPI()
    bearer = HTTPBearer(auto_error=False)
    oauth2 = OAuth2PasswordBearer(tokenUrl="login", auto_error=False)


    def current_token(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> str:
        return credentials.credentials


    @app.get("/me")
    def read_me(token: Annotated[str, Depends(current_token)]) -> str:
        return token


    @app.delete("/items", dependencies=[Depends(oauth2)])
    def delete_items() -> None: ...
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

    app = FastAPI()
    bearer = HTTPBearer(auto_error=False)


    def current_token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
        if credentials is None:
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return credentials.credentials


    @app.get("/me")
    def read_me(token: Annotated[str, Depends(current_token)]) -> str:
        return token
    ```

    ## When not to use it
    Where a gateway in front of the application authenticates, and the scheme is there for the documentation alone.

    ## Known limitations
    Silent where the credentials are handed to any call, which may test them, or read inside of `try`; where another
    dependency, a decorator or a middleware may turn the request away; and for schemes with a `__call__` of their own.

    ## References
    - https://fastapi.tiangolo.com/reference/security/
    - tests/proofs/test_proof_challenges.py
    """

    code = "FAL318"
    name = "unchecked-optional-credentials"
    standards = ("SEC-3",)
    messages = {
        "read": "{function} reads {parameter}, which is None for requests without credentials, since {scheme} has "
        "auto_error=False: they are answered 500; test it for None first",
        "ignored": "{route} depends on {scheme} with auto_error=False, and nobody looks at what it gives: requests "
        "without credentials pass; leave auto_error out, or test what it gives",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        seen: set[object] = set()
        for route in project.registered_routes:
            for found in unchecked_credentials(route, project):
                if found.site not in seen and not project.is_test(found.site.module):
                    seen.add(found.site)
                    yield self.finding(
                        "read" if found.function is not None else "ignored",
                        found.site.location,
                        related=[Related(f"{route.label} comes here", route.location)],
                        route=route.label,
                        scheme=found.scheme,
                        parameter=found.name,
                        function=found.function.name if found.function is not None else "",
                    )
