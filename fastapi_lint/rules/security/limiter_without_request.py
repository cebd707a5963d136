"""FAL365: an endpoint that slowapi cannot limit."""

from __future__ import annotations

from fastapi_lint.model.definitions import FunctionDefinition
from fastapi_lint.model.knowledge.decorators import LIMITER_PARAMETERS, LIMITERS
from fastapi_lint.model.project import Project
from fastapi_lint.model.values import external_name
from fastapi_lint.rules.api import Findings, Rule


class LimiterWithoutRequest(Rule):
    """An endpoint is limited by slowapi and takes no request.

    ## What it does
    Reports functions under `@limiter.limit(…)` or `@limiter.shared_limit(…)` of slowapi without a parameter named
    `request` or `websocket`.

    ## Why is this bad?
    slowapi counts the requests of each client, and finds the request by the name of the parameter, whatever its type.
    Without it the module cannot be imported: the decorator raises an exception.

    ## Bad
    ```python
    from fastapi import FastAPI
    from slowapi import Limiter
    from slowapi.util import get_remote_address

    app = FastAPI()
    limiter = Limiter(key_func=get_remote_address)


    @app.post("/login")
    @limiter.limit("5/minute")
    def log_in(password: str) -> None: ...
    ```

    ## Good
    ```python
    from fastapi import FastAPI, Request
    from slowapi import Limiter
    from slowapi.util import get_remote_address

    app = FastAPI()
    limiter = Limiter(key_func=get_remote_address)


    @app.post("/login")
    @limiter.limit("5/minute")
    def log_in(request: Request, password: str) -> None: ...
    ```

    ## When not to use it
    Never: such code does not run.

    ## Known limitations
    Limiters that cannot be resolved, and what stands under further decorators that change the signature, are silent.

    ## References
    - https://slowapi.readthedocs.io/en/latest/#limitations-and-known-issues
    """

    code = "FAL365"
    name = "limiter-without-request"
    standards = ("ASY-7",)
    messages = {
        "found": "{function} is limited by slowapi and has no parameter named request: slowapi refuses it at import; "
        "add request: Request",
    }

    def check_function(self, function: FunctionDefinition, project: Project) -> Findings:
        """Reads the decorators and the parameters."""
        names = {parameter.name for parameter in function.fact.parameters}
        limits = any(external_name(mark).removesuffix("()") in LIMITERS for mark in function.decorators[-1:])
        if limits and LIMITER_PARAMETERS.isdisjoint(names):
            yield self.finding("found", function.location, function=function.name)
