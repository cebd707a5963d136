"""FAL317: a secret compared by ==."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Fix
from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.editing.comparisons import in_constant_time
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.comparisons import SecretComparison, secret_comparisons
from fastapi_lint.rules.api import Rule


class TimingUnsafeComparison(Rule):
    """A secret is compared in a way whose time tells how much of it is right.

    ## What it does
    Reports `==` and `!=`, in code that serves requests, between what the function is given and a secret: a setting, an
    environment variable or a variable of the module that is named as a token, key or password, or an HMAC. `in` with
    a tuple or list that is written out compares with each.

    ## Why is this bad?
    `==` stops at the first character that differs, so that a guess whose beginning is right takes longer. Who measures
    that often enough finds the secret character by character. `secrets.compare_digest` always takes the same time.

    ## Bad
    ```python
    import os

    from fastapi import FastAPI, Header, HTTPException

    app = FastAPI()
    ADMIN_TOKEN = os.environ["ADMIN_TOKEN"]


    @app.post("/reindex")
    def reindex(x_token: str = Header()) -> None:
        if x_token != ADMIN_TOKEN:
            raise HTTPException(status_code=403)
    ```

    ## Good
    ```python
    import os
    import secrets

    from fastapi import FastAPI, Header, HTTPException

    app = FastAPI()
    ADMIN_TOKEN = os.environ["ADMIN_TOKEN"]


    @app.post("/reindex")
    def reindex(x_token: str = Header()) -> None:
        if not secrets.compare_digest(x_token.encode(), ADMIN_TOKEN.encode()):
            raise HTTPException(status_code=403)
    ```

    ## When not to use it
    Where the secret is worth less than the many thousand requests that it takes to measure it.

    ## Known limitations
    Silent about what a database holds (a token by which a row was found is no secret to who found it), hashes of
    passwords, secrets that are written in the code, and values whose way is not seen.

    ## Fix safety
    The fix compares both sides as bytes, since `compare_digest` takes texts of ASCII alone. It is unsafe: a side that
    is None raises then, and so does one that is bytes already. There is none for `in`, and where a side
    is seen to be None at times.

    ## References
    - https://docs.python.org/3/library/secrets.html#secrets.compare_digest
    - https://fastapi.tiangolo.com/advanced/security/http-basic-auth/#timing-attacks
    - tests/proofs/test_proof_tokens.py
    """

    code = "FAL317"
    name = "timing-unsafe-comparison"
    fix = "unsafe"
    standards = ("SEC-3",)
    messages = {
        "found": "{function} compares {secret} by {operator}, which takes the longer the more of a guess is right; use "
        "secrets.compare_digest",
        "compare": "compare them by compare_digest",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            for found in secret_comparisons(function, project.bodies):
                yield self.finding(
                    "found",
                    found.site.location,
                    related=reach.evidence(),
                    fix=self._fix(found, function, project),
                    flow=True,
                    function=function.name,
                    secret=found.secret,
                    operator=found.operator,
                )

    def _fix(self, found: SecretComparison, function: FunctionDefinition, project: Project) -> Fix | None:
        editor = project.editor(function.module)
        if editor is None or found.operator not in ("==", "!="):
            return None
        return editor.fix(self.messages["compare"], in_constant_time(editor, found.node, function), safe=False)
