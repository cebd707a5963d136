"""FAL312: a 401 that does not say how to authenticate."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix, Related
from fastapi_lint.model.errors.raised import RaisedError
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.challenges import missing_challenges
from fastapi_lint.model.values import ExternalResult, possibilities
from fastapi_lint.rules.api import Rule


class UnauthorizedWithoutChallenge(Rule):
    """A 401 comes without the header that says how to authenticate.

    ## What it does
    Reports HTTP exceptions with the status 401 and no headers that dependencies raise, or what these call, when they
    depend on a bearer or basic scheme of `fastapi.security`; and endpoints that take the credentials of such a scheme.

    ## Why is this bad?
    HTTP demands `WWW-Authenticate` in each 401: it tells a client that a token is wanted, and which. Clients that take
    their token again when it has expired, and browsers with basic credentials, ask for it. The scheme itself sends it
    where credentials are missing, so that without it elsewhere one route answers in two ways.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")


    def current_user(token: Annotated[str, Depends(scheme)]) -> str:
        if not token.isalnum():
            raise HTTPException(status_code=401, detail="Invalid token")
        return token


    @app.get("/me")
    def read_me(user: Annotated[str, Depends(current_user)]) -> str:
        return user
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.security import OAuth2PasswordBearer

    app = FastAPI()
    scheme = OAuth2PasswordBearer(tokenUrl="login")


    def current_user(token: Annotated[str, Depends(scheme)]) -> str:
        if not token.isalnum():
            raise HTTPException(status_code=401, detail="Invalid token", headers={"WWW-Authenticate": "Bearer"})
        return token


    @app.get("/me")
    def read_me(user: Annotated[str, Depends(current_user)]) -> str:
        return user
    ```

    ## When not to use it
    Where the only client is a page of your own that must not make the browser ask for a password.

    ## Known limitations
    Silent: endpoints whose dependencies authenticate (what they turn away has other reasons), logins, errors with any
    headers, and projects in which a middleware or an exception handler names the header.

    ## Fix safety
    The fix passes the header. With a bearer scheme, of which browsers know nothing, clients go on as before. It is
    unsafe with a basic scheme: a browser asks for a password then. There is none where an exception class of the
    project's own is raised.

    ## References
    - https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2
    - https://www.rfc-editor.org/rfc/rfc6750#section-3
    - https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/
    - tests/proofs/test_proof_challenges.py
    """

    code = "FAL312"
    name = "unauthorized-without-challenge"
    fix = "varies"
    standards = ("AUT-9",)
    messages = {
        "missing": "{function} answers 401 without WWW-Authenticate, which its scheme sends; pass "
        'headers={{"WWW-Authenticate": "{challenge}"}}',
        "pass": 'pass `headers={{"WWW-Authenticate": "{challenge}"}}`',
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for error, challenge in missing_challenges(project.raised_errors, project.request_path.entries):
            yield self.finding(
                "missing",
                error.site.location,
                related=[Related(f"{error.entry.label} leads here", error.entry.location)],
                fix=self._fix(error, challenge, project),
                function=error.function.name,
                challenge=challenge,
            )

    def _fix(self, error: RaisedError, challenge: str, project: Project) -> Fix | None:
        editing = project.call_to_edit(error.site)
        raised = possibilities(error.event.value)
        if editing is None or not any(isinstance(one, ExternalResult) and one.site == error.site for one in raised):
            return None
        editor, call = editing
        header = f"{{{editor.string('WWW-Authenticate')}: {editor.string(challenge)}}}"
        edit = editor.set_argument(call, "headers", header, position=2)
        return editor.fix(self.messages["pass"].format(challenge=challenge), [edit], safe=challenge == "Bearer")
