"""FAL311: a password behind a fast hash."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi_lint.diagnostics import Diagnostic, Severity
from fastapi_lint.model.project import Project
from fastapi_lint.model.security.weak_hashes import weak_hashes
from fastapi_lint.rules.api import Rule


class WeakPasswordHash(Rule):
    """A password is hashed by something that is made to be fast.

    ## What it does
    Reports passwords that are hashed by `md5`, `sha256` and their kin of `hashlib`, with a salt or without, directly or
    by a function that they are handed to, and schemes of passlib that are fast or have no salt.

    ## Why is this bad?
    A graphics card tries billions of such hashes a second, so that who reads the table has most of the passwords
    within a day. Without a salt, equal passwords have equal hashes, and lists of them are ready for download. argon2,
    scrypt and bcrypt bring their own salt and are slow on purpose.

    ## Bad
    ```python
    import hashlib


    def hash_password(password: str) -> str:
        return hashlib.sha256(password.encode()).hexdigest()
    ```

    ## Good
    ```python
    from pwdlib import PasswordHash

    hasher = PasswordHash.recommended()


    def hash_password(password: str) -> str:
        return hasher.hash(password)
    ```

    ## When not to use it
    Where hashes of an old system must be checked until their owners have logged in again.

    ## Known limitations
    A password is told by its name. Silent: tokens, keys of APIs, checksums and ETags, for which a fast hash is right;
    HMAC, `pbkdf2_hmac` and `scrypt`; a fast hash that bcrypt or another slow one is handed; what happens in a loop,
    which may be rounds; parts of a hash; functions whose name does not speak of hashing, checking or logging in, or
    that speak of caches, ciphers or lists of leaked passwords.

    ## References
    - https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    - https://docs.python.org/3/library/hashlib.html#key-derivation
    - tests/proofs/test_proof_passwords.py
    """

    code = "FAL311"
    name = "weak-password-hash"
    severity = Severity.ERROR
    standards = ("AUT-3", "SEC-9")
    messages = {
        "found": "{who} hashes {what} by {algorithm}, of which billions can be tried a second; use argon2, scrypt or "
        "bcrypt, which are slow on purpose",
    }

    def check_project(self, project: Project) -> Iterator[Diagnostic]:
        for found in weak_hashes(project):
            yield self.finding(
                "found",
                found.site.location,
                related=found.evidence,
                who=found.who,
                what=found.what,
                algorithm=found.algorithm,
            )
