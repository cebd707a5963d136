"""Names of fields whose values nobody should get back. Chosen from the schemas of real applications."""

from __future__ import annotations

import re

PRIVATE_KEY = "a private key"
CLIENT_SECRET = "a client secret"
SENSITIVE_FIELDS: dict[str, re.Pattern[str]] = {
    "a password": re.compile(r"(user_?)?(password|passwd)|plain_?password"),
    "a password hash": re.compile(
        r"(hashed|encrypted|crypted)_?(password|passwd|pwd|secret|pin)|(password|passwd|pwd|secret|pin)_?hash(ed)?"
    ),
    PRIVATE_KEY: re.compile(r"((ssh|rsa|signing|client|server|tls|ssl)_)?private_?key(_pem)?"),
    CLIENT_SECRET: re.compile(r"(oauth2?_)?client_secret"),
    "card data": re.compile(r"(credit_?|debit_?)?card_?(number|cvv|cvc)|cvv2?|cvc2?"),
}
"""What a field holds whose whole name, in snake case, matches."""

CLIENT_ID = re.compile(r"\w*client_id")
"""What stands beside a client secret (https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)."""

MADE_FOR_CLIENTS = frozenset({PRIVATE_KEY, CLIENT_SECRET})
"""Those of them that the answer to a POST shows once, when they have been made."""

SENSITIVE_CLAIMS: dict[str, re.Pattern[str]] = {
    "a secret": re.compile(r"(\w+_)?(secret|api_?key)(_key)?|(totp|otp|mfa)_(key|seed)"),
    "a number of identity": re.compile(r"ssn|social_security(_number)?|passport_(number|no)|national_id(_number)?"),
}
"""What claims of a token hold that a response may well show to whom it belongs, but no token should carry about."""

ISSUING_WORDS = frozenset(
    """generate keypair keypairs key keys login password passwords recover reset rotate token tokens""".split()
)
"""Words in the paths of routes that are there to hand something secret out."""

STORED_SECRETS = frozenset({"credential", "credentials", "secret", "secrets"})
"""Words in the paths of those that make or take secrets, and of those that say what is stored of them."""
