"""Which hashes of passwords are fast to guess."""

from __future__ import annotations

import pytest
from linking import project_of

from fastapi_lint.model.security.weak_hashes import weak_hashes

HEAD = """
import hashlib, bcrypt
from passlib.context import CryptContext
from passlib.hash import md5_crypt, bcrypt as slow
NAME = "md5"
def hash_password(password, salt, algorithm="x"):
    {body}
def hash_it(text):
    return hashlib.sha256(text).hexdigest()
{after}
"""


def found(body: str = "...", after: str = "") -> list[tuple[str, str]]:
    return [(each.what, each.algorithm) for each in weak_hashes(project_of(HEAD.format(body=body, after=after)))]


@pytest.mark.parametrize(
    ("body", "hashes"),
    [
        ("return hashlib.md5(password.encode())", [("password", "md5")]),
        ("return hashlib.md5(string=password)", [("password", "md5")]),
        ("data = salt + password; return hashlib.sha3_256(data)", [("password", "sha3_256")]),
        ("h = hashlib.sha1(); h.update(password)", [("password", "sha1")]),
        ("h = hashlib.new('sha256'); h.update(password)", [("password", "sha256")]),
        ("h = hashlib.new(name=NAME); h.update(salt); h.update(password)", [("password", "md5")]),
        ("return hashlib.new(NAME, password)", [("password", "md5")]),
        ("return hashlib.new('SHA3-256', password)", [("password", "sha3_256")]),
        ("return md5_crypt.hash(password)", [("password", "md5_crypt")]),
        ("return hash_it(password)", [("password", "sha256")]),
        ("return hash_it(text=salt + password)", [("password", "sha256")]),
        ("return slow.hash(password)", []),
        ("return hash_it(salt)", []),
        ("return hashlib.new(algorithm, password)", []),
        ("h = hashlib.new(algorithm); h.update(password)", []),
        ("h = hashlib.new('sha256'); h.update(salt)", []),
        ("h = {}; h.update(password)", []),
        ("return hashlib.md5(salt)", []),
        ("return bcrypt.hashpw(hashlib.sha256(password).digest(), salt)", []),
        ("return bcrypt.hashpw(hash_it(password), salt)", []),
        ("return hashlib.sha1(password).hexdigest()[:5]", []),
        ("etag = hashlib.sha1(password).hexdigest()", []),
        ("while salt: salt = hashlib.sha1(salt + password).digest()", []),
    ],
)
def test_what_a_function_hashes(body: str, hashes: list[tuple[str, str]]) -> None:
    assert found(body) == hashes


@pytest.mark.parametrize(
    ("arguments", "hashes"),
    [
        ("schemes=['md5_crypt']", [("passwords", "md5_crypt")]),
        ("['bcrypt', 'hex_md5'], default='hex_md5'", [("passwords", "hex_md5")]),
        ("schemes=['bcrypt', 'md5_crypt']", []),
        ("schemes=[md5_crypt]", [("passwords", "md5_crypt")]),
        ("schemes=anything()", []),
    ],
)
def test_contexts_hash_by_their_default(arguments: str, hashes: list[tuple[str, str]]) -> None:
    assert found(after=f"context = CryptContext({arguments})") == hashes
