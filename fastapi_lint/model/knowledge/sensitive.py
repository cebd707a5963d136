"""Names of fields whose values nobody should get back. Chosen from the schemas of real applications."""

from __future__ import annotations

import re

PRIVATE_KEY = "a private key"
SENSITIVE_FIELDS: dict[str, re.Pattern[str]] = {
    "a password": re.compile(r"(user_?)?(password|passwd)|plain_?password"),
    "a password hash": re.compile(
        r"(hashed|encrypted|crypted)_?(password|passwd|pwd)|(password|passwd|pwd)_?hash(ed)?"
    ),
    PRIVATE_KEY: re.compile(r"((ssh|rsa|signing|client|server|tls|ssl)_)?private_?key(_pem)?"),
    "card data": re.compile(r"(credit_?|debit_?)?card_?(number|cvv|cvc)|cvv2?|cvc2?"),
}
"""What a field holds whose whole name, in snake case, matches."""

SENSITIVE_CLAIMS: dict[str, re.Pattern[str]] = {
    "a secret": re.compile(r"(\w+_)?(secret|api_?key)(_key)?|(totp|otp|mfa)_(key|seed)"),
    "a number of identity": re.compile(r"ssn|social_security(_number)?|passport_(number|no)|national_id(_number)?"),
}
"""What claims of a token hold that a response may well show to whom it belongs, but no token should carry about."""

ISSUING_WORDS = frozenset(
    """credential credentials generate keypair keypairs keys key login password passwords recover reset rotate secret
    secrets token tokens""".split()
)
"""Words in the paths of routes that are there to hand something secret out."""
