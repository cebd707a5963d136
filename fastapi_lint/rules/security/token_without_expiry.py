"""FAL306: a token that never expires."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.paths import split_words
from fastapi_lint.model.security.claims import by_caller
from fastapi_lint.model.security.tokens import SignedToken, signed_tokens
from fastapi_lint.rules.api import Rule

_TOKENS = frozenset({"token", "tokens", "jwt"})
"""Words in the names of functions that make tokens."""


class TokenWithoutExpiry(Rule):
    """A token is signed without an expiry.

    ## What it does
    Reports JSON web tokens (PyJWT, python-jose, Authlib, joserfc) that are signed without the claim `exp`, where all
    of their claims are seen.

    ## Why is this bad?
    The libraries check an expiry only where there is one, and none adds it. A token without it is valid until the key
    changes: once it is in a log, a backup or a browser that was sold, it opens the account for ever, and a changed
    password does not help.

    ## Bad
    ```python
    import jwt


    def create_token(user_id: int, key: str) -> str:
        return jwt.encode({"sub": str(user_id)}, key, algorithm="HS256")
    ```

    ## Good
    ```python
    from datetime import datetime, timedelta, timezone

    import jwt


    def create_token(user_id: int, key: str) -> str:
        expires = datetime.now(timezone.utc) + timedelta(minutes=15)
        return jwt.encode({"sub": str(user_id), "exp": expires}, key, algorithm="HS256")
    ```

    ## When not to use it
    For tokens that are looked up in a table when they are used, which says whether they still count.

    ## Known limitations
    Silent where claims are put together in ways that are not seen: by a model, a library or code that loops; and in
    tests. Where claims are handed in and nobody in the project does so, the name of the function must say that it makes
    tokens.

    ## References
    - https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4
    - https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/
    - tests/proofs/test_proof_tokens.py
    """

    code = "FAL306"
    name = "token-without-expiry"
    standards = ("AUT-4",)
    messages = {
        "missing": "{function} signs a token without exp (its claims are {claims}), so that it is valid for ever; give "
        "it an expiry",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for token in signed_tokens(project.functions, project.bodies):
            found = list(by_caller(token.claims, token.function, project.functions, project.bodies))
            lacking = [(claims, site) for claims, site in found if claims.are_all and "exp" not in claims.items]
            if len(found) == 1 and _passes_on(token):
                lacking = found
            for claims, site in lacking[:1]:
                yield self.finding(
                    "missing",
                    token.site.location,
                    related=[Related("these claims are handed in here", site.location)] if site is not None else [],
                    function=token.function.name,
                    claims=", ".join([*claims.items, *(f"those of {name}" for name in sorted(claims.given))]) or "none",
                )


def _passes_on(token: SignedToken) -> bool:
    """Whether a function that makes tokens by its name signs what it is handed, and adds no expiry."""
    claims = token.claims
    is_maker = not _TOKENS.isdisjoint(split_words(token.function.name))
    return is_maker and claims.complete and bool(claims.given) and "exp" not in claims.items
