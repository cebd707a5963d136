"""FAL319: tokens that nothing can revoke."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.revocation import irrevocable_tokens
from fastapi_lint.rules.api import Rule


class MissingTokenRevocation(Rule):
    """Tokens are signed, and nothing can revoke one.

    ## What it does
    Reports a project that signs JSON Web Tokens for its logins and in which nothing speaks of a refresh, a logout, a
    list of revoked tokens, or an id or version by which a token could be refused: no route, function, class, column,
    field or claim.

    ## Why is this bad?
    A token that was stolen, and one of somebody who was dismissed, lets in until it expires: there is no way to end it
    but to change the key, which logs everybody out.

    ## Bad
    ```python
    from datetime import datetime, timedelta, timezone

    import jwt
    from fastapi import Depends, FastAPI
    from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")
    KEY = "key"


    @app.post("/login")
    def log_in(form: OAuth2PasswordRequestForm = Depends()) -> dict[str, str]:
        expires = datetime.now(timezone.utc) + timedelta(minutes=30)
        return {"access_token": jwt.encode({"sub": form.username, "exp": expires}, KEY)}


    @app.get("/me")
    def read_me(token: str = Depends(scheme)) -> str:
        return jwt.decode(token, KEY, algorithms=["HS256"])["sub"]
    ```

    ## Good
    ```python
    from datetime import datetime, timedelta, timezone
    from uuid import uuid4

    import jwt
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")
    revoked: set[str] = set()
    KEY = "key"


    @app.post("/login")
    def log_in(form: OAuth2PasswordRequestForm = Depends()) -> dict[str, str]:
        expires = datetime.now(timezone.utc) + timedelta(minutes=30)
        return {"access_token": jwt.encode({"sub": form.username, "exp": expires, "jti": str(uuid4())}, KEY)}


    def claims(token: str = Depends(scheme)) -> dict[str, str]:
        found = jwt.decode(token, KEY, algorithms=["HS256"])
        if found["jti"] in revoked:
            raise HTTPException(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return found


    @app.post("/logout")
    def log_out(found: dict[str, str] = Depends(claims)) -> None:
        revoked.add(found["jti"])
    ```

    ## When not to use it
    Where tokens live for some minutes and that is short enough. It is not on by default.

    ## Known limitations
    It goes by names: something called `logout` need not revoke anything. A refusal of users who are blocked, looked up
    at each request, is not counted. Silent: projects that get their tokens from elsewhere, and applications none of
    whose routes ask for a login.

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/JSON_Web_Token_for_Java_Cheat_Sheet.html#no-built-in-token-revocation-by-the-user
    - https://www.rfc-editor.org/rfc/rfc7009
    """

    code = "FAL319"
    name = "missing-token-revocation"
    profile = "strict"
    standards = ("AUT-4", "AUT-8")
    messages = {
        "missing": "{function} signs tokens that nothing can revoke: no route, function, class, column or claim speaks "
        "of a refresh, a logout or a list of revoked tokens",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        if not any(map(project.authenticates, project.serving)):
            return
        tokens = irrevocable_tokens(project)
        if tokens:
            first, *others = tokens
            related = [Related("so is a token that is signed here", other.site.location) for other in others]
            yield self.finding("missing", first.site.location, related=related, function=first.function.name)
