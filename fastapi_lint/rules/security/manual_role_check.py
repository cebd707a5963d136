"""FAL303: a role that an endpoint checks by hand."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.role_checks import role_checks
from fastapi_lint.rules.api import Rule


class ManualRoleCheck(Rule):
    """An endpoint checks the role of its user by hand instead of by a dependency.

    ## What it does
    Reports endpoints whose body raises 403 after a test that finds that the user, who comes from a dependency, lacks a
    role, a permission or a superuser flag, and asks for nothing else.

    ## Why is this bad?
    What each endpoint checks by hand, the next one forgets. A dependency such as `Depends(require_role("admin"))` is
    declared once, on a router for all of its routes, shows in the signature who may use a route, and is tested by
    itself. It turns others away before the body of the request is validated, where an endpoint that checks by hand
    answers them 422 and tells its schema.

    ## Bad
    ```python
    # file: main.py
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException
    from security import User, current_user

    app = FastAPI()


    @app.get("/reports")
    def list_reports(user: Annotated[User, Depends(current_user)]) -> list[str]:
        if not user.is_admin:
            raise HTTPException(status_code=403)
        return []
    # file: security.py
    from typing import Annotated

    from fastapi import Depends, HTTPException
    from fastapi.security import OAuth2PasswordBearer
    from pydantic import BaseModel

    scheme = OAuth2PasswordBearer(tokenUrl="login")


    class User(BaseModel):
        name: str
        is_admin: bool


    def current_user(token: Annotated[str, Depends(scheme)]) -> User:
        if token != "…":
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return User(name="ada", is_admin=True)
    ```

    ## Good
    ```python
    # file: main.py
    from fastapi import Depends, FastAPI
    from security import require_admin

    app = FastAPI()


    @app.get("/reports", dependencies=[Depends(require_admin)])
    def list_reports() -> list[str]:
        return []
    # file: security.py
    from typing import Annotated

    from fastapi import Depends, HTTPException
    from fastapi.security import OAuth2PasswordBearer
    from pydantic import BaseModel

    scheme = OAuth2PasswordBearer(tokenUrl="login")


    class User(BaseModel):
        name: str
        is_admin: bool


    def current_user(token: Annotated[str, Depends(scheme)]) -> User:
        if token != "…":
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return User(name="ada", is_admin=True)


    def require_admin(user: Annotated[User, Depends(current_user)]) -> User:
        if not user.is_admin:
            raise HTTPException(status_code=403)
        return user
    ```

    ## When not to use it
    Where endpoints are meant to show all that they check.

    ## Known limitations
    Silent: tests that look at anything else too (the owner of an object, fields of the body, settings), or that stand
    behind such a test or an earlier answer; those that turn away who has a role; checks in functions that the endpoint
    calls; users of class-based views; exceptions of the project that a handler turns into 403.

    ## References
    - https://fastapi.tiangolo.com/tutorial/dependencies/
    - https://fastapi.tiangolo.com/advanced/advanced-dependencies/
    - tests/proofs/test_proof_manual_authentication.py
    """

    code = "FAL303"
    name = "manual-role-check"
    standards = ("AUT-5", "AUT-7")
    messages = {
        "found": "{route} checks {asked} in its body; move that to a dependency which takes what {dependency} gives, "
        "`Depends(…)`, so that it can be declared for a whole router",
        "repeated": "{route} checks {asked} in its body, as {dependency} does already; leave it out",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            for found in role_checks(route, project):
                yield self.finding(
                    "repeated" if found.is_repeated else "found",
                    found.site.location,
                    related=[
                        Related(f"{found.dependency} gives {found.user}", route.location),
                        Related("others are turned away here", found.raised.location),
                    ],
                    route=route.label,
                    asked=found.asked,
                    dependency=found.dependency,
                )
