"""Words by which routes are public by nature. Chosen from the routes of real applications."""

from __future__ import annotations

PUBLIC_WORDS = frozenset(
    """login logout signin signup register registration authenticate token refresh oauth oauth2 sso saml oidc callback
    health healthz healthcheck livez readyz ping heartbeat metrics captcha otp contact newsletter newsletters waitlist
    unsubscribe inquiry inquiries public""".split()
)
"""One of these in the last two names of the path, or in the name of the endpoint."""

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
)
"""One of these word sequences in them."""

SIGNED_WORDS = frozenset({"webhook", "webhooks", "hook", "hooks", "events", "interactions", "ipn"})
"""Routes that other services call: public when they check a signature."""

SIGNATURE_WORDS = frozenset({"hmac", "signature", "signatures", "signed"})
"""Words in the name of a function that checks one."""
