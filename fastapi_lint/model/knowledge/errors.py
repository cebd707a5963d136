"""Words of error messages.

Source: the messages of the exceptions that the dev corpus raises, read with their statuses.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MESSAGE_KEYS = frozenset({"msg", "message", "detail", "error", "description", "reason"})
"""Keys under which the detail of an error has its message."""


class Claim(NamedTuple):
    """What a message says, in words, the status that means it, and those that mean something else.

    Statuses that may be meant all the same are in neither: 404 hides what somebody may not see, 401 says that the user
    of a token does not exist. Of 500 the rule deliberate-500 speaks.
    """

    what: str
    pattern: re.Pattern[str]
    status: int
    contradicting: frozenset[int]


def _claim(what: str, pattern: str, status: int, contradicting: str) -> Claim:
    return Claim(what, re.compile(pattern, re.IGNORECASE), status, frozenset(map(int, contradicting.split())))


NOT_FOUND = _claim(
    "something is not found", r"\bnot found\b|\b(?:does not|doesn't) exist\b", 404, "400 405 406 409 422"
)
"""Where the thing is named by the path (https://www.rfc-editor.org/rfc/rfc9110#name-404-not-found); one that is named
in the body may be a fault of the body, 400 or 422."""

BAD_CREDENTIALS = _claim(
    "credentials are missing or wrong",
    r"\bnot authenticated\b|\b(?:invalid|incorrect|bad|wrong) (?:authentication |login |user )?credentials\b|"
    r"\b(?:could not|cannot|can't) validate (?:the )?credentials\b|"
    r"\b(?:invalid|incorrect|wrong) (?:user ?name|e-?mail|login)(?: address)? (?:or|and) password\b|"
    r"\bauthentication (?:is )?required\b",
    401,
    "400 402 403 404 405 406 409 422",
)
"""https://www.rfc-editor.org/rfc/rfc9110#name-401-unauthorized"""

CLAIMS = (
    NOT_FOUND,
    BAD_CREDENTIALS,
    _claim(
        "something exists already",
        r"\balready (?:exists?|taken|registered|in use|been (?:taken|registered))\b|"
        r"^(?!.*\b(?:token|link|code|coupon|voucher|ticket|invitation|nonce)\b).*\balready been used\b",
        409,
        "400 403 404 405 406 422",
    ),
    _claim(
        "permissions are missing",
        r"\b(?:not enough|insufficient|missing|lacks?|do(?:es)?(?: not|n't) have(?: the| enough| sufficient)*)"
        r" (?:required )?(?:permission|privilege)s?\b|\bpermission denied\b|\baccess (?:is )?(?:denied|forbidden)\b",
        403,
        "400 401 402 405 406 409 422",
    ),
    _claim(
        "there are too many requests",
        r"\btoo many requests\b|\brate limit (?:exceeded|reached)\b",
        429,
        "400 401 402 403 404 405 406 409 422",
    ),
)
"""What messages say so plainly that their status must agree."""

TOKEN_FORMS = ("fastapi.security.OAuth2PasswordRequestForm", "fastapi.security.OAuth2PasswordRequestFormStrict")
"""Dependencies of token endpoints of OAuth2, where wrong credentials are answered with 400
(https://www.rfc-editor.org/rfc/rfc6749#section-5.2)."""

FILLING_WORDS = frozenset(
    "a an any by for given has id identifier in is key name no of requested slug specified such that the this was with "
    "uuid".split()
)
"""Words of messages that do not say what is missing."""

ERROR_KEYS = frozenset({"error", "errors", "err"})
"""Keys of a returned dict whose text is that of an error."""

FAILED_FLAGS = frozenset({"success", "ok", "succeeded", "successful"})
"""Keys that are False beside a message when something failed."""

FAILED_TEXTS = {"status": ("error",), "result": ("error",)}
"""Keys that say so in words, and these; "failed" is what the status of a job says, which is data."""

REPORT_KEYS = frozenset({"data", "results", "items"})
"""Keys that hold what was asked for, and nothing beside an error."""

TEXT_CALLS = frozenset({"str", "repr", "ascii", "format", "list", "tuple", "dict"})
"""Builtins that give the text of what they are given, or something that holds it."""

TEXT_METHODS = frozenset({"format", "join", "strip", "lower", "replace", "splitlines", "split", "capitalize"})
"""Methods of texts that give a text with what they are called on and given."""

CLIENT_FAULTS = re.compile(
    r"^(?!.*(?:Config|Setting|Environment|State))(?:\w*(?:NotFound|NotExist|NoEntry|NoSuch|AlreadyExist|Duplicate|"
    r"Conflict|Forbidden|Denied|NotAllowed|NotPermitted|Unauthori[sz]ed|Unauthenticated|Invalid|Validation|"
    r"BadRequest|LimitExceeded|QuotaExceeded|TooMany|OutOfStock|SoldOut|"
    r"(?:Insufficient|NotEnough)(?!Memory|Disk|Space|Storage|Resource|Capacity|Data)))"
)
"""Names of exceptions that speak of what the client has asked for, rather than of a fault of the server."""

INTEGRITY_ERRORS = frozenset(
    """
    sqlalchemy.exc.IntegrityError tortoise.exceptions.IntegrityError peewee.IntegrityError sqlite3.IntegrityError
    psycopg2.IntegrityError psycopg2.errors.UniqueViolation psycopg2.errors.ForeignKeyViolation psycopg.IntegrityError
    psycopg.errors.UniqueViolation psycopg.errors.ForeignKeyViolation asyncpg.UniqueViolationError
    asyncpg.ForeignKeyViolationError asyncpg.exceptions.UniqueViolationError
    asyncpg.exceptions.ForeignKeyViolationError pymysql.err.IntegrityError pymongo.errors.DuplicateKeyError
    """.split()
)
"""What libraries raise where a constraint of the database is violated (the documentation of each)."""
