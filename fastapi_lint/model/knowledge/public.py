"""Words by which routes are public by nature. Chosen from the routes of real applications."""

from __future__ import annotations

import re

PUBLIC_WORDS = frozenset(
    """login logout signin signup registration authenticate token oauth oauth2 sso saml oidc callback health healthz
    healthcheck livez readyz ping heartbeat metrics captcha otp public""".split()
)
"""One of these in the last two names of the path, or in the name of the endpoint."""

PROBE_WORDS = frozenset("health healthz healthcheck livez readyz ping heartbeat".split())
"""Those of them that are asked by monitors."""

PUBLIC = "public"
"""The one of them that speaks for all that lies below, too."""

SAYS_PUBLIC = re.compile(
    r"(?:\b(?:no|without|not (?:require|need)|(?:requires?|needs?) no)|n't (?:require|need)) (?:any |an? )?"
    r"(?:auth(?:entication)?|log-?in)\b|"
    r"\bunauthenticated (?:access|endpoint|route)\b|\bpublic(?:ly)? (?:accessible|available|endpoint|route)\b",
    re.I,
)
"""What docstrings say of endpoints that are open on purpose."""

FORM_WORDS = frozenset({"contact", "newsletter", "newsletters", "waitlist", "unsubscribe", "inquiry", "inquiries"})
"""The same for what guests post; changing and deleting it is for others."""

PUBLIC_PHRASES = (
    "sign_in",
    "sign_up",
    "sign_out",
    "log_in",
    "log_out",
    "password_recovery",
    "recover_password",
    "reset_password",
    "password_reset",
    "forgot_password",
    "forgotten_password",
    "verify_email",
    "email_verification",
    "confirm_email",
    "activate_account",
    "magic_link",
    "first_install",
    "exchange_code",
    "create_account",
    "refresh_access",
    "refresh_token",
    "token_refresh",
    "auth_refresh",
    "jwt_refresh",
    "login_refresh",
    "session_refresh",
)
"""One of these word sequences in them."""

SIGNATURE_WORDS = frozenset({"hmac", "signature", "signatures", "signed"})
"""Words in the name of a function that checks one."""

REGISTERED = frozenset(
    """account accounts api as by client customer device email guest me member new password player post student user
    users view endpoint route with""".split()
)
"""Words that may follow "register" where people register themselves; others ("replica", "super admin") are registered
by somebody else."""

PEOPLE = frozenset({"user", "users", "account", "accounts", "customer", "customers", "member", "members"})
"""Collections that people sign up to by creating an item."""

PASSWORDS = frozenset({"password", "password1", "passwd", "plain_password"})
"""Fields with which people choose a password."""

PROVING_WORDS = frozenset(
    """verify verification confirm confirmation accept activate activation invite invitation redeem identity""".split()
)
"""Words of routes that take a code which was sent to somebody."""

CODE_FIELDS = frozenset(
    """code token otp pin passcode invite_code invitation_code verification_code confirmation_code activation_code
    verification_token confirmation_token activation_token""".split()
)
"""Parameters and fields that carry such a code."""

SENDING = frozenset({"send", "sends", "resend"})
"""Verbs in the names of functions that send something."""

SENT_CODES = ("verification_code", "confirmation_code", "magic_link", "otp", "one_time_password", "login_code")
"""What functions send, by their names, to prove who is asking: a route that begins this cannot ask yet."""

TOKEN_CHECKS = frozenset({"jwt.decode", "jose.jwt.decode", "authlib.jose.jwt.decode", "hmac.compare_digest"})
"""External functions that check the signature of a token, or compare what may be one (PyJWT, python-jose, Authlib)."""

BODY_CHECKS = frozenset({"stripe.Webhook.construct_event", "svix.Webhook().verify"})
"""External functions that check the signature of a body (https://docs.stripe.com/webhooks/signature,
https://docs.svix.com/receiving/verifying-payloads/how)."""

LOOKUP_VERBS = frozenset(
    """calculate check compare conversion convert count decode estimate find get list lookup match preview query search
    validate""".split()
)
"""Words by which a POST route only looks something up, with a question too long for a URL."""

NO_LOOKUPS = frozenset(
    """add apply create delete import in insert join out remove replace save set store sync update upload upsert write
    """.split()
)
"""Words that deny it ("get_or_create", "check_in")."""
