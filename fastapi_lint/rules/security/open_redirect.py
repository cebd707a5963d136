"""FAL360: what a client sends, as the target of a redirect."""

from __future__ import annotations

from fastapi_lint.diagnostics import Severity
from fastapi_lint.rules.security._flows import _FlowRule


class OpenRedirect(_FlowRule):
    """What a client sends says where a redirect leads.

    ## What it does
    Reports a `RedirectResponse`, or a header `Location` of an answer with the status of a redirect, whose URL begins
    with a parameter, a field of a body, a header or a cookie, or whose host holds it.

    ## Why is this bad?
    A link to your service then leads to whatever site its author wants, under your name: to a copy of your login page,
    or to where the token behind the redirect is collected.

    ## Bad
    ```python
    from fastapi import FastAPI
    from fastapi.responses import RedirectResponse

    app = FastAPI()


    @app.get("/login")
    def log_in(next: str = "/"):
        return RedirectResponse(next)
    ```

    ## Good
    ```python
    from fastapi import FastAPI
    from fastapi.responses import RedirectResponse

    app = FastAPI()
    PAGES = {"home": "/", "books": "/books"}


    @app.get("/login")
    def log_in(next: str = "home"):
        return RedirectResponse(PAGES.get(next, "/"))
    ```

    ## When not to use it
    In a service whose purpose is to redirect, such as one that shortens links.

    ## Known limitations
    What comes to the call through objects (but for what their constructors keep), dicts of a module, generators, or
    functions that can't be resolved, is missed. Silent: what was compared with something, handed to a function whose
    name speaks of a check, or is of another type than a text (`int`, `UUID`, an `Enum`, `Literal`, a `pattern`); what
    stands behind the host of a URL or behind `/`.

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/Unvalidated_Redirects_and_Forwards_Cheat_Sheet.html
    - tests/proofs/test_proof_client_input.py
    """

    code = "FAL360"
    name = "open-redirect"
    severity = Severity.ERROR
    kind = "redirect"
    standards = ("SEC-2",)
    messages = {
        "found": "{source} says where the redirect leads, which may be another site; compare it with the places that "
        "are meant",
    }
