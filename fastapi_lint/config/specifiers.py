"""Version specifiers, as far as versions of this linter need them (https://peps.python.org/pep-0440/)."""

from __future__ import annotations

import re

_RELEASE = r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,9}"
_SUFFIX = r"(?:(?:a|b|rc)[0-9]{1,9})?(?:\.post[0-9]{1,9})?(?:\.dev[0-9]{1,9})?"
_CLAUSE = (
    rf"\s*(?:(?:==|!=)?\s*{_RELEASE}\.\*"
    rf"|~=\s*[0-9]{{1,9}}(?:\.[0-9]{{1,9}}){{1,9}}{_SUFFIX}"
    rf"|(?:==|!=|<=|>=|<|>)?\s*{_RELEASE}{_SUFFIX})\s*"
)
SPECIFIER = rf"{_CLAUSE}(?:,{_CLAUSE})*"
"""The form of a specifier: clauses with commas between, of which a bare version means that version."""

_PARTS = re.compile(rf"({_RELEASE})(?:(a|b|rc)([0-9]+))?(?:\.post([0-9]+))?(?:\.dev([0-9]+))?")
_OPERATOR = re.compile(r"\s*(~=|==|!=|<=|>=|<|>)?\s*(\S+)\s*")
_FINAL = ("~", 0)
_DEVELOPMENT = ("", 0)
_BARE = (_FINAL, -1, float("inf"))
"""What the key of a version without suffixes holds behind its release."""

_Release = tuple[int, ...]
_Key = tuple[_Release, tuple[str, int], int, float]


def satisfies(version: str, specifier: str) -> bool:
    """Whether a version is one that a specifier allows; pre-releases count like all others.

    Args:
        version: without epoch; a local part is of no account.
        specifier: of the form :data:`SPECIFIER`.
    """
    return all(_allows(clause, version.partition("+")[0]) for clause in specifier.split(","))


def _allows(clause: str, version: str) -> bool:
    matched = _OPERATOR.fullmatch(clause)
    assert matched is not None
    operator, wanted = matched[1] or "==", matched[2]
    if wanted.endswith(".*"):
        return _begins(version, _release(wanted[:-2])) is (operator == "==")
    own, other = _key(version), _key(wanted)
    if operator == "~=":
        return own >= other and _begins(version, _release(wanted)[:-1])
    if operator == ">":
        # 1.0.post1 is not later than 1.0 in the sense of ">1.0".
        return own > other and not (own[:2] == other[:2] and other[2:] == _BARE[1:])
    if operator == "<":
        # Nor is 1.0rc1 earlier than 1.0 in the sense of "<1.0"; "<1.0rc2" and "<1.0.post1" speak of it.
        return own < other and not (own[0] == other[0] and other[1:] == _BARE)
    return {"==": own == other, "!=": own != other, ">=": own >= other, "<=": own <= other}[operator]


def _begins(version: str, start: _Release) -> bool:
    release = _release(version)
    return (*release, *[0] * len(start))[: len(start)] == start


def _release(version: str) -> _Release:
    matched = _PARTS.match(version)
    assert matched is not None
    return tuple(int(part) for part in matched[1].split("."))


def _key(version: str) -> _Key:
    """What versions are ordered by: release, phase before the final one, post-release, development release."""
    matched = _PARTS.fullmatch(version)
    assert matched is not None
    _, phase, number, post, dev = matched.groups()
    release = _release(version)
    while release and release[-1] == 0:
        release = release[:-1]
    before = (phase, int(number)) if phase else _DEVELOPMENT if dev and not post else _FINAL
    return release, before, int(post) if post else -1, int(dev) if dev else float("inf")
