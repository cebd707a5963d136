"""FAL307: a token that is believed without a check."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.tokens import is_verified_before, unverified_tokens
from fastapi_lint.rules.api import Rule


class UnverifiedToken(Rule):
    """A token is read without a check of its signature, its algorithm or its expiry.

    ## What it does
    Reports calls that decode a JSON web token (PyJWT, python-jose) with `verify_signature` or `verify_exp` off, with
    an algorithm that the header of the token itself names, and python-jose without `algorithms`, which then takes any;
    and python-jose's `get_unverified_claims`. The algorithm `none` is let be: both libraries take no unsigned token by
    it.

    ## Why is this bad?
    Whoever sends the request writes what stands in the token. Without the signature anybody is whoever they say. Where
    the token chooses the algorithm, a public key can be used as the secret of HMAC, with which everybody can sign.
    Without the expiry a token that was stolen once opens the application for ever.

    ## Bad
    ```python
    import jwt
    from fastapi import FastAPI

    app = FastAPI()


    @app.get("/me")
    def read_user(token: str) -> str:
        return jwt.decode(token, options={"verify_signature": False})["sub"]
    ```

    ## Good
    ```python
    import os

    import jwt
    from fastapi import FastAPI

    app = FastAPI()
    KEY = os.environ["TOKEN_KEY"]


    @app.get("/me")
    def read_user(token: str) -> str:
        return jwt.decode(token, KEY, algorithms=["HS256"])["sub"]
    ```

    ## When not to use it
    Where something before the application has checked the token, and nobody can go around it.

    ## Known limitations
    Silent: functions that decode a token in full too (what they read before says which key to take), endpoints that
    read the `Authorization` header once more behind a dependency that has authenticated it, signatures that code off
    the path of requests does not check (who is given a token need not have its key), options that are not known, an
    expiry that is not checked where the module reads `exp` itself or the function renews or revokes tokens by its name,
    and tests. What is done with the claims is not looked at.

    ## References
    - https://www.rfc-editor.org/rfc/rfc8725#section-3.1
    - https://pyjwt.readthedocs.io/en/stable/usage.html#reading-the-claimset-without-validation
    - https://github.com/advisories/GHSA-6c5p-j8vq-pqhj
    - tests/proofs/test_proof_tokens.py
    """

    code = "FAL307"
    name = "unverified-token"
    severity = Severity.ERROR
    standards = ("AUT-2",)
    messages = {
        "signature": "{function} reads a token by {call} without a check of its signature, so that anybody can write "
        "it; verify it with the key and algorithms=[…]",
        "expiry": "{function} reads a token by {call} with verify_exp off: a token that has expired is as good as a "
        "new one",
        "algorithms": "{function} reads a token by {call} without algorithms: the token chooses the one that it is "
        "verified by; name yours",
        "header": "{function} reads a token by {call} with the algorithm that its own header names; name yours",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for token in unverified_tokens(project.functions, project.bodies, project.request_path.reached):
            if token.problem != "signature" or not is_verified_before(token.function, project):
                yield self.finding(token.problem, token.site.location, function=token.function.name, call=token.call)
