"""Passwords: how they are called, what keeps them, and what hashes them.

Sources: the documentation of the libraries named;
https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html.
"""

from __future__ import annotations

import re

_WORD = r"(?:password|passwd|pwd|passphrase)"

TYPED_PASSWORD = re.compile(
    rf"(?:(?:user|new|old|current|plain|raw|clear|confirm|repeat(?:ed)?|input|login|given|provided|text)_?)*{_WORD}"
    r"(?:_?(?:plain|raw|confirm|1|2))?",
    re.IGNORECASE,
)
"""Names of what people type: the whole name matches."""

TYPED_PIN = re.compile(r"(?:(?:user|login|card|given)_?)?(?:pin|pass_?code|pin_?code)", re.IGNORECASE)
"""Names of short passwords, of which few are possible."""

ISSUED_SECRET = re.compile(r"token|key|code|signature|assertion", re.IGNORECASE)
"""Names of secrets that nobody chooses or guesses: the application made them."""

KEPT_PASSWORD = re.compile(
    rf"(?:(?:user|hashed|encrypted|crypted)_?)*{_WORD}(?:_?(?:hash(?:ed)?|digest))?", re.IGNORECASE
)
"""Names of columns that keep them, or their hashes."""

ACCOUNT_WORDS = frozenset(
    """user users account accounts member members customer customers employee employees person people admin admins
    administrator staff student students teacher teachers patient patients doctor doctors author authors owner seller
    buyer client clients player players profile""".split()
)
"""Words in the names of mapped classes whose passwords people log in with."""

ELSEWHERE_COLUMNS = frozenset(
    """host hostname port server smtp_host smtp_server imap_host url uri base_url endpoint database dsn driver bucket
    """.split()
)
"""Columns beside which a password opens something else, so that it must be kept as it is."""

TEXT_COLUMNS = frozenset(
    f"{owner}.{name}"
    for owner in ("sqlalchemy", "sqlalchemy.types", "sqlalchemy.sql.sqltypes")
    for name in ("String", "Text", "Unicode", "UnicodeText", "VARCHAR", "CHAR", "TEXT", "NVARCHAR")
)
"""Types of columns that keep a text as it is."""

WATCHING_METHODS = frozenset({"__init__", "__setattr__"})
WATCHING_DECORATORS = frozenset({"sqlalchemy.orm.validates()", "sqlalchemy.event.listens_for()"})
"""Methods of a mapped class that may change what is assigned to it
(https://docs.sqlalchemy.org/en/20/orm/mapped_attributes.html)."""

LISTENING = ("listens_for", "listen")
EVENTS = frozenset({"set", "init", "before_insert", "before_update", "before_flush"})
"""How code has SQLAlchemy call it when an object changes (https://docs.sqlalchemy.org/en/20/orm/events.html)."""

HASHING_WORDS = re.compile(r"pass_?w|pwd|hash|crypt|secur|digest|secret", re.IGNORECASE)
"""Names of what may have to do with passwords."""

FORM_PASSWORDS = frozenset(
    f"fastapi.security.{name}().password"
    for name in (
        "OAuth2PasswordRequestForm",
        "OAuth2PasswordRequestFormStrict",
        "oauth2.OAuth2PasswordRequestForm",
        "oauth2.OAuth2PasswordRequestFormStrict",
        "HTTPBasicCredentials",
        "http.HTTPBasicCredentials",
    )
)
"""Where FastAPI puts the password of a login (https://fastapi.tiangolo.com/reference/security/)."""

SAME_TEXT = frozenset("get_secret_value strip lower encode decode".split())
"""Methods that give the same password in another form."""

WHOLE_DUMPS = frozenset({"dict", "model_dump", "copy", "model_copy"})
"""Methods of a schema that give all its fields."""

FAST_HASHES = frozenset(
    f"hashlib.{name}"
    for name in "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512 blake2b blake2s".split()
)
"""Hashes that are made to be fast (https://docs.python.org/3/library/hashlib.html)."""

NAMED_HASH = "hashlib.new"
"""What makes the hash whose name it is given first."""

WEAK_SCHEMES = frozenset(
    """
    plaintext ldap_plaintext hex_md4 hex_md5 hex_sha1 hex_sha256 hex_sha512 ldap_hex_md5 ldap_hex_sha1 ldap_md5
    ldap_sha1 ldap_salted_md5 ldap_salted_sha1 md5_crypt apr_md5_crypt des_crypt bsdi_crypt bigcrypt crypt16 lmhash
    nthash mysql323 mysql41 oracle10 oracle11 postgres_md5 msdcc msdcc2 mssql2000 mssql2005 roundup_plaintext
    """.split()
)
"""Schemes of passlib that are fast or have no salt
(https://passlib.readthedocs.io/en/stable/lib/passlib.hash.html)."""

CONTEXTS = frozenset({"passlib.context.CryptContext", "passlib.context.LazyCryptContext"})
"""What chooses among the schemes of passlib: the default, or the first."""

SCHEME_METHODS = frozenset({"hash", "encrypt", "using"})

SLOW_HASHES = (
    "bcrypt.",
    "argon2.",
    "passlib.",
    "pwdlib.",
    "libpass.",
    "scrypt.",
    "nacl.pwhash.",
    "werkzeug.security.",
    "hashlib.pbkdf2_hmac",
    "hashlib.scrypt",
    "cryptography.hazmat.primitives.kdf.",
    "django.contrib.auth.hashers.",
)
"""What the names of functions begin with that hash passwords slowly; some are handed a fast hash first, since bcrypt
takes 72 bytes only."""

HASH_WORDS = frozenset(
    """hash hashed hasher hashing verify verified encrypt encrypted crypt digest password passwords passwd pwd login
    authenticate register signup""".split()
)
"""Words in the names of functions that hash passwords to keep them, or to compare them with those kept."""

OTHER_HASHES = re.compile(
    r"cache|e_?tag|fernet|cipher|(?<![a-z])aes|pwned|breach|leaked|fingerprint|checksum|realm|derive|kdf|wallet|"
    r"mnemonic|nonce|signature|hmac|gravatar",
    re.IGNORECASE,
)
"""Names where a hash is for something else: keys of caches and ciphers, lists of leaked passwords, digest
authentication (RFC 7616)."""
