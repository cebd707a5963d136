"""Libraries for JSON web tokens with releases that take forged ones."""

from __future__ import annotations

from typing import NamedTuple

from fastapi_lint.model.knowledge.releases import Release


class Flaw(NamedTuple):
    """A flaw of a library in checking signatures.

    Attributes:
        distribution: the normalised name by which it is installed.
        package: the name by which it is imported.
        fixed: the first release without the flaw; all before have it, or one that is worse.
        what: what it is.
        identifier: that of the CVE.
    """

    distribution: str
    package: str
    fixed: Release
    what: str
    identifier: str


_CONFUSION = "it may check a token that names HS256 with a public key as the secret"

FLAWS = (
    # https://nvd.nist.gov/vuln/detail/CVE-2024-33663, https://github.com/mpdavis/python-jose/issues/346
    Flaw("python-jose", "jose", (3, 4), _CONFUSION, "CVE-2024-33663"),
    # https://github.com/jpadilla/pyjwt/security/advisories/GHSA-ffqj-6fqr-9h24; before 1.5.1 CVE-2017-11424 too
    Flaw("pyjwt", "jwt", (2, 4), _CONFUSION, "CVE-2022-29217"),
    # https://osv.dev/vulnerability/GHSA-5357-c2jx-v7qh
    Flaw("authlib", "authlib.jose", (1, 3, 1), _CONFUSION, "CVE-2024-37568"),
    # https://github.com/davedoesdev/python-jwt/security/advisories/GHSA-5p8v-58qm-c7fp
    Flaw(
        "python-jwt",
        "python_jwt",
        (3, 3, 4),
        "who has one token can put other claims into it",
        "CVE-2022-39227",
    ),
    # https://github.com/latchset/jwcrypto/releases/tag/v1.4.0
    Flaw(
        "jwcrypto",
        "jwcrypto",
        (1, 4),
        "it may take a token that was encrypted with the public key for a signed one",
        "CVE-2022-3102",
    ),
)
