"""FAL702: secrets, headers and bodies in the logs."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.logged_secrets import logged_secrets
from fastapi_lint.rules.api import Rule


class SensitiveDataLogged(Rule):
    """Something secret is logged.

    ## What it does
    Reports a log call, in what serves requests, that is given a password, a token or a key (by the name of the
    variable), all headers or cookies of the request or its authorization header, its body as a whole, all settings, or
    a schema with a password in it.

    ## Why is this bad?
    Logs are kept for long, copied to other services, and read by many who must not log in as somebody else. Who has the
    token of a user or of a service is the user or the service.

    ## Bad
    ```python
    import logging

    from fastapi import FastAPI, Request

    app = FastAPI()
    logger = logging.getLogger(__name__)


    @app.post("/login")
    def log_in(request: Request, name: str, password: str):
        logger.info("login of %s with %s", name, password)
        logger.debug(f"headers: {request.headers}")
    ```

    ## Good
    ```python
    import logging

    from fastapi import FastAPI, Request

    app = FastAPI()
    logger = logging.getLogger(__name__)


    @app.post("/login")
    def log_in(request: Request, name: str, password: str):
        logger.info("login of %s", name)
        logger.debug("user agent: %s", request.headers.get("user-agent"))
    ```

    ## When not to use it
    Where a formatter removes such things.

    ## Known limitations
    Loggers of `logging`, `loguru` and `structlog`, and `print`. Silent: parts of a value (`token[:4]`,
    `len(password)`), what a function makes of it, values of the type `SecretStr`, names that say more (`password_hash`,
    `token_type`).

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude
    """

    code = "FAL702"
    name = "sensitive-data-logged"
    standards = ("LOG-4", "SEC-8")
    messages = {
        "logged": "{function} logs {what}: {entry}; log something that says as much and gives nothing away",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for function, reach in project.reached_functions:
            for found in logged_secrets(function, project.bodies, project.schemas, project.interpreter):
                yield self.finding(
                    "logged",
                    function.module.location(found.node.start, found.node.end),
                    related=reach.evidence(),
                    function=function.call_name,
                    what=found.what,
                    entry=reach.entry.label,
                )
