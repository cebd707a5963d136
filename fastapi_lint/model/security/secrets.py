"""Secrets that stand in the source: literal texts that are credentials by their form, or by what they are bound to.

The form is asked first (the formats of providers, private keys, URLs with passwords), then the name. A name alone
proves nothing, since most texts under such names are names themselves: the value must look like a secret too.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from fastapi_lint.facts.statements import Function
from fastapi_lint.model.definitions import ClassDefinition, Module
from fastapi_lint.model.knowledge import secrets as known
from fastapi_lint.model.security.constants import NamedText, named_texts
from fastapi_lint.model.values import Site

_MIN_LENGTH = 4
_MAX_LENGTH = 100_000
"""Longer texts are data: files that were put into the source."""
_MIN_RANDOM_LENGTH = 16
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_LETTERS = re.compile(r"[A-Za-z]+(?:[-_.][A-Za-z]+)*")
_REFERENCE = re.compile(
    r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|[Xx]-[A-Za-z-]+|--?[a-z][a-z0-9-]*|[./~].*|[a-z][a-z0-9+.-]*:.*|"
    r"\w+(?:\.\w+)*\.[a-z]{2,5}|\$\d.*|#.*|@.*|.*\(.*"
)
"""Names of environment variables and headers, options, paths, URLs, references into vaults, files, hashed passwords."""
_RANDOM = re.compile(r"[0-9A-Za-z+/=_.~!@#$^&*:-]+")


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret in the source.

    Attributes:
        what: words for it: "a GitHub token", "the password of a URL", "a password", "a secret key".
        name: what it is bound to, "" if its form alone speaks.
        fallback: whether it stands in for a setting that is not set.
        redacted: what may be shown of it.
        site: where the literal stands.
    """

    what: str
    name: str
    fallback: bool
    redacted: str
    site: Site


def find_secrets(module: Module, settings: Container[ClassDefinition] = frozenset()) -> Iterator[Secret]:
    """The secrets in a module, in the order of the source; none in folders of examples.

    Args:
        module: of the project, executed.
        settings: classes of settings, those among them that only others make such.
    """
    if module.is_sample:
        return

    facts = module.facts
    takes_keys = not known.KEY_PACKAGES.isdisjoint(facts.imports)

    def may_hold(function: Function) -> bool:
        """A quick look at a function."""
        if takes_keys or facts.may_hold_code(function.start, function.end):
            return True
        return function.body.may_match(known.SECRET_WORDS) or function.body.may_hold(*known.PASSWORD_HASHERS)

    for text in named_texts(module, _MIN_LENGTH, settings, may_hold):
        found = _by_form(text) or _by_name(text)
        if found is not None and not any(known.SAMPLE_CONTEXT.fullmatch(name) for name in text.names):
            what, value = found
            redacted = f"{len(value)} characters" if what == "a private key" else redact(value)
            yield Secret(what, text.name, text.binding == "fallback", redacted, text.site)


def redact(value: str) -> str:
    """What may be shown of a secret: its length and, where enough is left to guess, its first characters."""
    shown = value[:3] if len(value) >= 20 else value[:2] if len(value) >= 12 else ""
    return f"{len(value)} characters, {shown}…" if shown else f"{len(value)} characters"


Found = tuple[str, str]
"""What a secret is, and the secret itself."""


def _by_form(text: NamedText) -> Found | None:
    value = text.value
    if len(value) > _MAX_LENGTH:
        return None
    if known.MAY_HOLD_PROVIDER_FORMAT.search(value):
        match = known.PROVIDER_PATTERN.search(value)
        if match is not None and match.lastgroup is not None and not _is_placeholder(match[0]):
            return known.PROVIDER_FORMATS[int(match.lastgroup[1:])][0], match[0]
    if "://" in value and "@" in value:
        for match in known.URL_PASSWORD.finditer(value):
            if _is_url_secret(match["user"], match["password"], match["host"]):
                return "the password of a URL", match["password"]
    return None


def _is_url_secret(user: str, password: str, host: str) -> bool:
    lower = password.lower()
    if len(password) < _MIN_LENGTH or known.PLACEHOLDER.search(password) or "{" in password:
        return False
    if known.EXAMPLE_HOST.fullmatch(host):
        return False
    if not known.LOCAL_HOST.fullmatch(host):
        return lower not in ("password", "pass", "pwd", "passwd", "secret")
    return lower not in known.DEVELOPMENT_PASSWORDS and lower != user.lower() and not _LETTERS.fullmatch(password)


def _by_name(text: NamedText) -> Found | None:
    value = text.value
    argument = known.KEY_ARGUMENTS.get(text.callee)
    if argument is not None and (text.position == argument[0] or text.name == argument[1]):
        return None if _is_placeholder(value) or "{}" in value else ("the key", value)
    name = "password" if _is_hashed(text) else text.name
    head = head_of(name) if name and not text.in_enum else ""
    if not head or _is_name_of_something(name, value) or _is_placeholder(value):
        return None
    if head == "password":
        return ("a password", value) if _is_password(text, value) else None
    if looks_random(value):
        return f"a {head}", value
    weak = head in ("secret", "secret key") and text.binding in ("assignment", "parameter", "fallback")
    return (f"a {head}", value) if weak and known.WEAK_KEY.fullmatch(value) else None


def _is_hashed(text: NamedText) -> bool:
    return text.position == 0 and text.callee.rpartition(".")[2] in known.PASSWORD_HASHERS


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of an identifier, key or environment variable, in lower case."""
    return tuple(word.lower() for word in _WORD.findall(name))


@lru_cache(maxsize=20_000)
def head_of(name: str) -> str:
    """What a name says that its value is: "password", "secret", "secret key", "token", or "" for no secret."""
    words = [word for word in words_of(name) if not word.isdigit()]
    while len(words) > 1 and words[-1] in known.NAME_TAILS:
        words.pop()
    if not words or known.NOT_ITS_VALUE.intersection(words) or known.PUBLISHED_KEYS.intersection(words):
        return ""
    if known.END_TO_END.search(name):
        return ""
    head, before = words[-1], words[:-1]
    owned = not known.SERVICE_WORDS.isdisjoint(before) or not known.ACCOUNT_WORDS.isdisjoint(before)
    if head in known.PASSWORD_HEADS or (head == "pass" and owned):
        return "password"
    if head in known.SECRET_HEADS:
        return "secret"
    if head == "key" and before and before[-1] in known.KEY_QUALIFIERS:
        return "secret key"
    return "token" if head == "token" and (not before or known.TOKEN_QUALIFIERS.intersection(before)) else ""


def looks_random(value: str) -> bool:
    """Whether a text is long and mixed enough to have been generated: letters and digits that alternate as words with
    numbers do not, and an entropy that words do not reach."""
    if len(value) < _MIN_RANDOM_LENGTH or not _RANDOM.fullmatch(value) or known.PUBLISHED_PREFIX.match(value):
        return False
    classes = [_class_of(character) for character in value]
    if classes.count("digit") < 2 or classes.count("lower") + classes.count("upper") < 4:
        return False
    changes = sum(a != b and a != "" and b != "" for a, b in zip(classes, classes[1:]))
    return changes >= len(value) / 6 and entropy(value) >= 3.0


def entropy(value: str) -> float:
    """The entropy of a text in bits a character (Shannon), by the frequencies of its own characters."""
    length = len(value)
    return -sum(count / length * math.log2(count / length) for count in Counter(value).values())


def _class_of(character: str) -> str:
    if character.isdigit():
        return "digit"
    return ("lower" if character.islower() else "upper") if character.isalpha() else ""


def _is_placeholder(value: str) -> bool:
    return known.PLACEHOLDER.search(value) is not None or len(set(value)) < 3


def _is_name_of_something(name: str, value: str) -> bool:
    """Whether a value is a name (its own, or that of a header, variable, path, …), a message or a template."""
    if not value.isascii() or any(character.isspace() for character in value) or "{}" in value:
        return True
    if _REFERENCE.fullmatch(value) and not looks_random(value):
        return True
    plain, own = "".join(words_of(value)), "".join(words_of(name))
    return plain == own or (len(plain) > 3 and plain in own and plain not in ("secret", "admin"))


def _is_password(text: NamedText, value: str) -> bool:
    """Whether a value under the name of a password is one: a lone word only where it opens an account."""
    words = set(words_of(text.name))
    if words & known.SERVICE_WORDS and (value.lower() in known.DEVELOPMENT_PASSWORDS or value.isdigit()):
        return False
    if words & known.ACCOUNT_WORDS and not words & known.SERVICE_WORDS:
        return text.binding in ("assignment", "parameter", "fallback") or not _LETTERS.fullmatch(value)
    bare = value.lower().rstrip("0123456789!_-.")
    return not _LETTERS.fullmatch(value) and not bare.endswith(("password", "pass", "pwd"))
