"""Rate limits: what limits how often clients ask, by name and by library."""

from __future__ import annotations

import re

LIMITING_LIBRARIES = ("fastapi_limiter.", "slowapi.", "limits.", "pyrate_limiter.", "aiolimiter.", "fastapi_guard.")
"""What the names of decorators, dependencies and middlewares begin with that limit (https://slowapi.readthedocs.io/,
https://github.com/long2ice/fastapi-limiter, https://limits.readthedocs.io/)."""

LIMITING_NAMES = re.compile(r"rate_?limit|limiter(?:$|_)|throttl|too_many_requests", re.IGNORECASE)
"""Names of decorators, dependencies, middlewares and functions that limit."""

SLOWING_NAMES = re.compile(
    r"rate_?limit|limiter|throttl|too_?many|flood|brute_?force|lock_?out|locked|attempt|captcha|turnstile|slow_?down|"
    r"fail(?:ed|ure)s?_?(?:login|count)|cooldown|retry_after|blocked|banned|quota",
    re.IGNORECASE,
)
"""Names in code that may make it slow, or impossible, to try many passwords."""

TOO_MANY_REQUESTS = 429

MAGIC_LINK = "magic link"
SENDING_PHRASES = frozenset(
    {
        "password recovery",
        "recover password",
        "reset password",
        "password reset",
        "forgot password",
        "forgotten password",
        MAGIC_LINK,
    }
)
"""What routes say of themselves that send a link to whoever is named, or take what stood in it."""
