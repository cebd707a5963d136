"""Version specifiers, held against the library that pip uses."""

from __future__ import annotations

import random
import re

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from fastapi_lint.config.specifiers import SPECIFIER, satisfies


def version(source: random.Random) -> str:
    text = ".".join(str(source.choice((0, 0, 1, 2, 10))) for _ in range(source.randint(1, 4)))
    for chance, ending in ((0.3, source.choice(("a", "b", "rc"))), (0.25, ".post"), (0.25, ".dev")):
        if source.random() < chance:
            text += f"{ending}{source.randint(0, 2)}"
    return text


def near(text: str, source: random.Random) -> str:
    """A version that may be about as late as another."""
    release = re.match(r"[\d.]*\d", text)
    assert release is not None
    return release[0] + source.choice(("", "a1", ".post1", ".dev1", "rc1.post1"))


def test_the_same_as_pip() -> None:
    source = random.Random(3)
    allowed = refused = invalid = 0
    for _ in range(20_000):
        operator, wanted = source.choice(("==", "!=", "<=", ">=", "<", ">", "~=")), version(source)
        if source.random() < 0.1:
            wanted = re.sub(r"[a-z].*", "", wanted).rstrip(".") + ".*"
        text = operator + wanted
        try:
            specifier = SpecifierSet(text)
        except InvalidSpecifier:
            assert not re.fullmatch(SPECIFIER, text), text
            invalid += 1
            continue
        assert re.fullmatch(SPECIFIER, text), text
        asked = near(wanted, source) if source.random() < 0.5 else version(source)
        expected = specifier.contains(asked, prereleases=True)
        assert satisfies(asked, text) is expected, (asked, text)
        allowed, refused = allowed + expected, refused + (not expected)
    assert min(allowed, refused) > 5000 and invalid > 500


def test_several_clauses_and_none_at_all() -> None:
    assert satisfies("0.4.2", ">=0.4, !=0.4.1 ,<1")
    assert not satisfies("0.4.1", ">=0.4,!=0.4.1,<1")
    assert satisfies("0.4.1+local", "0.4.1") and not satisfies("0.4.2", "0.4.1")
    for text in ("", ",", ">=", "latest", ">=1.x", "=>1", ">=1,", "1.0.*.*", "==1!2.0", "===1"):
        assert not re.fullmatch(SPECIFIER, text), text
