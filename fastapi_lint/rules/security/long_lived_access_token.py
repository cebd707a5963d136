"""FAL308: an access token that lives for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.lifetimes import access_lifetimes
from fastapi_lint.rules.api import Option, Rule


class LongLivedAccessToken(Rule):
    """An access token lives longer than half an hour.

    ## What it does
    Reports the `timedelta`, or the seconds that are added to those of a clock (`exp=time.time() + 7200`), that say how
    long an access token lives where that is more than 30 minutes: in the function that signs the token, or in what a
    caller hands to it. Constants and defaults of settings are followed.

    ## Why is this bad?
    Nobody can take a signed token back: whoever finds it is the user until it expires, whatever the user changes. A
    short-lived access token with a refresh token, which is checked against the database, bounds that time.

    ## Bad
    ```python
    from datetime import datetime, timedelta, timezone

    import jwt

    ACCESS_TOKEN_DAYS = 8


    def create_access_token(user_id: int, key: str) -> str:
        expires = datetime.now(timezone.utc) + timedelta(days=ACCESS_TOKEN_DAYS)
        return jwt.encode({"sub": str(user_id), "exp": expires}, key, algorithm="HS256")
    ```

    ## Good
    ```python
    from datetime import datetime, timedelta, timezone

    import jwt

    ACCESS_TOKEN_MINUTES = 15


    def create_access_token(user_id: int, key: str) -> str:
        expires = datetime.now(timezone.utc) + timedelta(minutes=ACCESS_TOKEN_MINUTES)
        return jwt.encode({"sub": str(user_id), "exp": expires}, key, algorithm="HS256")
    ```

    ## When not to use it
    Where tokens are looked up in a deny list at each request, or raise `max-minutes`.

    ## Known limitations
    A function that signs access tokens is known by the word "access" in its name, or because what it returns becomes an
    `access_token`, and its lifetime by a variable such as `access_token_expires`; tokens for other ends are silent.
    Of several lifetimes that a setting or an argument may give, the longest that is known counts.

    ## References
    - https://www.rfc-editor.org/rfc/rfc6750#section-5.3
    - https://www.rfc-editor.org/rfc/rfc9700#section-2.2
    - tests/proofs/test_proof_tokens.py
    """

    code = "FAL308"
    name = "long-lived-access-token"
    standards = ("AUT-4",)
    options = (Option("max-minutes", "int", 30, "Minutes that an access token may live."),)
    messages = {
        "found": "the access token of {maker} lives {lifetime}{by_default}, more than {limit} minutes; shorten it, and "
        "renew it by a refresh token",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        limit = self.option("max-minutes")
        assert isinstance(limit, int)
        for found in access_lifetimes(project):
            if found.lifetime > timedelta(minutes=limit) and not found.site.module.is_test:
                yield self.finding(
                    "found",
                    found.site.location,
                    maker=found.maker.name,
                    lifetime=_said(found.lifetime),
                    by_default=" by default" if found.by_default else "",
                    limit=limit,
                )


def _said(lifetime: timedelta) -> str:
    """A length of time in the largest unit that is whole."""
    seconds = lifetime.total_seconds()
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= length and seconds % length == 0:
            number = int(seconds // length)
            return f"{number} {unit if number != 1 else unit[:-1]}"
    return f"{seconds:.0f} seconds"
