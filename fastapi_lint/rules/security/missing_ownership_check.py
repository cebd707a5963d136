"""FAL305: a route of one thing that never looks at the user it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.ownership import unused_user
from fastapi_lint.rules.api import Rule


class MissingOwnershipCheck(Rule):
    """A route of one thing takes the current user and never looks at it.

    ## What it does
    Reports a route whose endpoint takes a part of the path and the current user, where neither the endpoint nor what it
    calls ever uses that user: no comparison, no query, no argument that is read.

    ## Why is this bad?
    The login is checked, and nothing else: whoever has an account and tries numbers reads, changes or deletes the
    things of others. It is the first of the risks that OWASP lists for APIs.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")
    notes = {1: {"owner": "emma", "text": "Buy tea"}}


    def get_current_user(token: Annotated[str, Depends(scheme)]) -> str:
        if token != "token":
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return "emma"


    @app.delete("/notes/{note_id}")
    def delete_note(note_id: int, user: Annotated[str, Depends(get_current_user)]) -> None:
        notes.pop(note_id)
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")
    notes = {1: {"owner": "emma", "text": "Buy tea"}}


    def get_current_user(token: Annotated[str, Depends(scheme)]) -> str:
        if token != "token":
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return "emma"


    @app.delete("/notes/{note_id}")
    def delete_note(note_id: int, user: Annotated[str, Depends(get_current_user)]) -> None:
        if notes[note_id]["owner"] != user:
            raise HTTPException(status_code=404)
        notes.pop(note_id)
    ```

    ## When not to use it
    Where all users share all things, as in the tool of one team. That can't be seen in source code, and so the rule is
    not on by default. Where only the login is wanted, `dependencies=[Depends(get_current_user)]` says so, as does a
    parameter whose name begins with an underscore.

    ## Known limitations
    Silent: routes around which something speaks of rights (a role, a permission, an administrator, a 403, scopes),
    where another dependency takes the user or a part of the path, and where some dependency is not known. Checks in the
    database itself are not seen.

    ## References
    - https://owasp.org/API-Security/editions/2023/en/0xa1-broken-object-level-authorization/
    """

    code = "FAL305"
    name = "missing-ownership-check"
    profile = "strict"
    standards = ("SEC-4",)
    messages = {
        "unused": "{route} takes {name} and never looks at it, so that every user may use what {path} names: compare "
        "its owner with {name}, or query by both",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for route in project.routes_by_endpoint:
            user = unused_user(route, project) if route.kind == "api" else None
            if user is not None and user.location is not None:
                yield self.finding(
                    "unused",
                    route.location,
                    related=[Related(f"{user.name} is {user.qualified_name.rpartition('.')[2]}", user.location)],
                    route=route.label,
                    name=user.name,
                    path=route.path,
                )
