"""FAL354: passwords may be tried as often as somebody likes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Related, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.rate_limits import RateLimits, guessing
from fastapi_lint.rules.api import Option, Rule


class MissingRateLimit(Rule):
    """A route for logging in has no rate limit, though the project limits others.

    ## What it does
    Reports POST routes without authentication that take a password (login, registration) or are there for forgotten
    ones, when no decorator, dependency or middleware limits how often they are called; as a mere hint where the project
    limits nothing at all.

    ## Why is this bad?
    Who may ask a thousand times a second tries the passwords that leaked elsewhere, or the ten thousand most common
    ones, until one fits. Hashing each of them keeps the processor busy, too, and each forgotten password sends a mail.
    A limit on other routes does not help these.

    ## Bad
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Request
    from fastapi.security import OAuth2PasswordRequestForm
    from slowapi import Limiter
    from slowapi.util import get_remote_address

    app = FastAPI()
    limiter = Limiter(key_func=get_remote_address)
    app.state.limiter = limiter


    @app.post("/search")
    @limiter.limit("10/minute")
    def search(request: Request, text: str) -> list[str]:
        return []


    @app.post("/token")
    def log_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        return {"access_token": "…", "token_type": "bearer"}
    ```

    ## Good
    ```python
    from typing import Annotated

    from fastapi import Depends, FastAPI, Request
    from fastapi.security import OAuth2PasswordRequestForm
    from slowapi import Limiter
    from slowapi.util import get_remote_address

    app = FastAPI()
    limiter = Limiter(key_func=get_remote_address)
    app.state.limiter = limiter


    @app.post("/search")
    @limiter.limit("10/minute")
    def search(request: Request, text: str) -> list[str]:
        return []


    @app.post("/token")
    @limiter.limit("5/minute")
    def log_in(request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> dict[str, str]:
        return {"access_token": "…", "token_type": "bearer"}
    ```

    ## When not to use it
    Where a proxy in front of the application limits these routes.

    ## Known limitations
    Whether a proxy in front of the application limits these routes cannot be seen. Silent where code that runs for the
    route speaks of attempts, lockouts, captchas and the like, whatever it does, or answers 429; where a middleware may
    limit; where a dependency is not known; in folders of examples. Whether a limit is low enough is not looked at.

    ## Options
    Without `without-limiter`, projects that limit nothing are left alone; `all-routes` reports every route that nothing
    limits.

    ## References
    - https://owasp.org/API-Security/editions/2023/en/0xa2-broken-authentication/
    - https://slowapi.readthedocs.io/en/latest/
    - tests/proofs/test_proof_rate_limits.py
    """

    code = "FAL354"
    name = "missing-rate-limit"
    standards = ("ASY-7", "SEC-6")
    messages = {
        "beside": "{route} ({place}) {what}, and nothing limits how often it is called, while {limiter} limits "
        "{example}; limit it, too",
        "alone": "{route} ({place}) {what}, and nothing limits how often it is called; limit it by a dependency, a "
        "decorator or a middleware",
    }
    options = (
        Option("without-limiter", "bool", True, "Report them in projects that limit nothing, too."),
        Option("all-routes", "bool", False, "Report every route that nothing limits, not those for passwords alone."),
    )

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        limits = RateLimits(project)
        example = limits.example
        if example is None and not self.option("without-limiter"):
            return
        for route in project.routes_by_endpoint:
            what = guessing(route, project) or ("serves everybody" if self.option("all-routes") else "")
            if not what or limits.are_unknown or limits.may_limit(route):
                continue
            if example is None and route.app.router.site.module.is_sample:
                continue  # what a library shows is limited by who uses it
            yield self.finding(
                "beside" if example is not None else "alone",
                route.location,
                severity=Severity.INFO if example is None else None,
                related=[Related(f"{example.by} limits this", example.route.location)] if example is not None else [],
                route=route.label,
                place=route.location,
                what=what,
                limiter=example.by if example is not None else "",
                example=example.route.label if example is not None else "",
            )
