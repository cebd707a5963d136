"""Tokens: who decodes them, where requests carry them, and which routes handle them as their job."""

from __future__ import annotations

import re
from typing import NamedTuple

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

HMACS = ("hmac.new()", "hmac.digest", "hmac.HMAC()")
"""What begins the names of calls that give the code of a message (https://docs.python.org/3/library/hmac.html)."""

UNWRAPPING = frozenset("get_secret_value encode decode strip lower hex str b64encode".split())
"""Functions and methods that give the same secret in another form."""

COMPARED_SECRETS = frozenset(
    {"secret", "token", "password", "passwd", "passphrase", "apikey", "api key", "secret key", "access key", "auth key"}
)
"""Last words in the names of settings that one must know."""

COMPARING_WORDS = re.compile(r"(?:secret|token|password|passwd|passphrase|key)_* |hmac|digest| new ", re.IGNORECASE)
"""What is in every function that compares one of COMPARED_SECRETS or of HMACS: a quick look."""

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


class Decoder(NamedTuple):
    """A function that decodes a token: where it takes the algorithms and the options, and whether it admits any
    algorithm where none are named."""

    algorithms: int
    options: int
    admits_any: bool = False


DECODERS = {
    "jwt.decode": Decoder(2, 3),
    "jwt.decode_complete": Decoder(2, 3),
    "jwt.PyJWT().decode": Decoder(2, 3),
    "jwt.api_jwt.decode": Decoder(2, 3),
    "jose.jwt.decode": Decoder(2, 3, admits_any=True),
}
"""Decoders whose checks can be switched off. PyJWT 2 refuses to verify a signature where no algorithm is named;
python-jose then takes the one that the token names (https://pyjwt.readthedocs.io/en/stable/api.html;
https://python-jose.readthedocs.io/en/latest/jwt/api.html; GHSA-6c5p-j8vq-pqhj)."""

UNVERIFIED_CLAIMS = frozenset({"jose.jwt.get_unverified_claims", "jose.jws.get_unverified_claims"})
UNVERIFIED_HEADERS = frozenset(
    {"jwt.get_unverified_header", "jose.jwt.get_unverified_header", "jose.jws.get_unverified_header"}
)
"""Functions that read a token and verify nothing."""


class Encoder(NamedTuple):
    """A function that signs a token: by which name and where it takes the claims."""

    keyword: str
    position: int


ENCODERS = {
    "jwt.encode": Encoder("payload", 0),
    "jwt.PyJWT().encode": Encoder("payload", 0),
    "jwt.api_jwt.encode": Encoder("payload", 0),
    "jose.jwt.encode": Encoder("claims", 0),
    "authlib.jose.jwt.encode": Encoder("payload", 1),
    "authlib.jose.JsonWebToken().encode": Encoder("payload", 1),
    "joserfc.jwt.encode": Encoder("claims", 1),
}
"""Functions that sign a token (the documentation of PyJWT, python-jose, Authlib and joserfc: none adds claims)."""

EXPIRED_ON_PURPOSE = frozenset(
    "refresh renew logout signout revoke revoked revocation blacklist denylist expired".split()
)
"""Words in the name of a function that reads tokens which may have expired."""

OTHER_TOKENS = frozenset(
    """
    refresh reset recovery verify verification confirm confirmation activate activation invite invitation email
    remember unsubscribe service worker agent machine api key session file
    """.split()
)
"""Words in the name of a function that makes tokens other than the access tokens of those who log in."""

REFRESH_COOKIE = re.compile(r"(?:.*[-_.])?refresh(?:[-_]?token)?(?:[-_]cookie)?", re.IGNORECASE)
"""Cookies with which new access tokens are had."""

REVOKING_WORDS = re.compile(
    r"refresh|log_?out|log_?off|sign_?out|revo[kc]|black_?list|block_?list|deny_?list|invalidat|(?<![a-z])jti(?![a-z])|"
    r"token_?version|token_?id|session_?id|security_?stamp|expire_?(?:all_?)?(?:token|session)",
    re.IGNORECASE,
)
"""Names of what ends the life of a token before it expires, or of what does so by exchange (RFC 7009; RFC 7519, 4.1.7;
the cheat sheet of OWASP on JSON Web Tokens)."""
