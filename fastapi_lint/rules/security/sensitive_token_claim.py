"""FAL309: a token that carries what nobody should read."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.sensitive_claims import sensitive_claims
from fastapi_lint.rules.api import Rule


class SensitiveTokenClaim(Rule):
    """A token carries a password, a hash or another secret.

    ## What it does
    Reports claims of JSON web tokens (PyJWT, python-jose, Authlib, joserfc) that by their name, or by that of their
    value, hold a password, its hash, a private key, another secret, card data or a number of identity: those that a
    function writes before it signs the token, and those that its callers hand in.

    ## Why is this bad?
    A token is signed, not encrypted: its claims are base64, which everybody reads who has the token. It lies in the
    browser, passes proxies and ends up in logs. The hash of a password that gets out so can be guessed at in peace.

    ## Bad
    ```python
    # file: main.py
    from pydantic import BaseModel

    from tokens import create_token


    class User(BaseModel):
        name: str
        hashed_password: str


    def log_in(user: User) -> str:
        return create_token({"sub": user.name, "hash": user.hashed_password})
    # file: tokens.py
    import os
    from datetime import datetime, timedelta, timezone

    import jwt


    def create_token(data: dict) -> str:
        claims = data.copy()
        claims["exp"] = datetime.now(timezone.utc) + timedelta(minutes=15)
        return jwt.encode(claims, os.environ["TOKEN_KEY"], algorithm="HS256")
    ```

    ## Good
    ```python
    import os
    from datetime import datetime, timedelta, timezone

    import jwt


    def create_token(user_id: int) -> str:
        expires = datetime.now(timezone.utc) + timedelta(minutes=15)
        return jwt.encode({"sub": str(user_id), "exp": expires}, os.environ["TOKEN_KEY"], algorithm="HS256")
    ```

    ## When not to use it
    For tokens that are encrypted before they leave the application.

    ## Known limitations
    Personal data such as addresses of mail are left alone: OpenID Connect has claims for them. So is what a call made
    of a value, since that may have encrypted it, and claims that are put together in ways that are not seen.

    ## References
    - https://www.rfc-editor.org/rfc/rfc7519#section-12
    - https://www.rfc-editor.org/rfc/rfc8725#section-3
    - tests/proofs/test_proof_tokens.py
    """

    code = "FAL309"
    name = "sensitive-token-claim"
    standards = ("AUT-6",)
    messages = {
        "found": "the claim {claim} puts {kind} into a token that {function} signs: everybody who has the token can "
        "read it; leave it out",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in sensitive_claims(project.functions, project.bodies):
            signer = found.signer
            yield self.finding(
                "found",
                found.site.location,
                related=[Related(f"{signer.name} signs the token", signer.location)],
                claim=found.claim,
                kind=found.kind,
                function=signer.name,
            )
