"""Tokens: who decodes them, where requests carry them, and which routes handle them as their job."""

from __future__ import annotations

import re

TOKEN_DECODERS = re.compile(
    r"(?:jwt|jwt\.PyJWT\(\)|jose\.jwt|jose\.jws|authlib\.jose\.(?:jwt|JsonWebToken\(\)))"
    r"\.(?:decode|verify|decode_complete)|"
    r"jwt\.(?:jwt|api_jwt)\.decode|"
    r"itsdangerous\.(?:\w+\.)?(?:\w*Serializer|\w*Signer)\(\)\.(?:loads|unsign)|"
    r"(?:firebase_admin\.auth|google\.oauth2\.id_token)\.verify_\w*token"
)
"""Functions that decode and verify a token (https://pyjwt.readthedocs.io/en/stable/api.html;
https://python-jose.readthedocs.io/en/latest/jwt/api.html; https://docs.authlib.org/en/latest/jose/jwt.html;
https://itsdangerous.palletsprojects.com/en/stable/; https://firebase.google.com/docs/auth/admin/verify-id-tokens)."""

COMPARISONS = frozenset({"secrets.compare_digest", "hmac.compare_digest"})
"""Functions that compare credentials in constant time
(https://docs.python.org/3/library/hmac.html#hmac.compare_digest)."""

AUTHORIZATION_HEADER = re.compile(r"(?:proxy-)?authori[sz]ation", re.IGNORECASE)
"""The header that carries credentials (RFC 9110, 11.6.2)."""

SESSION_COOKIE = re.compile(
    r"(?:.*[-_.])?(?:session(?:[-_]?id)?|sid|auth|jwt|bearer|token|"
    r"(?:access|auth|session|id|user|login)[-_]?token(?:[-_]\w+)?)",
    re.IGNORECASE,
)
OTHER_COOKIE = re.compile(r"csrf|xsrf|refresh|state|nonce|oauth", re.IGNORECASE)
"""Cookies that say who is asking, and those of a like name that do not."""

TOKEN_JOBS = frozenset(
    """
    login logout signin signout signup register token tokens refresh revoke introspect introspection userinfo callback
    oauth oauth2 oidc saml sso authorize verify verification reset confirm confirmation activate activation unsubscribe
    invite invitation invitations accept magic impersonate webhook webhooks hook hooks session sessions proxy forward
    gateway passthrough
    """.split()
)
"""Words in the path or name of an endpoint whose job is to take, check, exchange or forward tokens. Chosen from the
routes of real applications."""
