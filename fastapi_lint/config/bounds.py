"""Bounds: the newest release that a requirement such as ``>=0.100,<0.110`` allows, of pip, Poetry and Pipenv."""

from __future__ import annotations

import re
from typing import NamedTuple

from fastapi_lint.model.knowledge.releases import Release

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)\)?\s*(;?)")
_CLAUSE = re.compile(r"\s*(==|===|~=|<=|<|>=|>|!=|\^|~)?\s*v?(\d{1,9}(?:\.\d{1,9})*)(?!\d)(\.\*)?[\w.+-]*\s*")
_ANY = 999_999
"""Stands for "whatever the newest is" in a part of a release that a requirement leaves open."""


def shown_release(release: Release) -> str:
    """A release as people write it: ``0.115.2``, or ``0.109.*`` where a part is left open."""
    return ".".join("*" if part == _ANY else str(part) for part in release)


class Requirement(NamedTuple):
    """One requirement of a distribution.

    Attributes:
        name: as it was written.
        newest: the newest release it allows; None when it has no upper bound.
        is_pin: whether it allows that one only.
        is_marked: whether it holds in some environments only.
    """

    name: str
    newest: Release | None
    is_pin: bool = False
    is_marked: bool = False


def read_requirement(text: str) -> Requirement | None:
    """The requirement in a line such as ``fastapi[all] >=0.100,<0.110 ; python_version > "3.9"``; None for others."""
    matched = _REQUIREMENT.match(text)
    if matched is None:
        return None
    name, specifier, semicolon = matched.groups()
    return required(name, specifier, bool(semicolon))


def required(name: str, specifier: str, is_marked: bool = False) -> Requirement:
    """A requirement by its parts."""
    return Requirement(name, newest_allowed(specifier), _is_pin(specifier), is_marked)


def newest_allowed(specifier: str) -> Release | None:
    """The newest release that a specifier allows; None when it has no upper bound."""
    alternatives = [_newest_of_all(alternative) for alternative in specifier.split("|") if alternative.strip()]
    bounds = [bound for bound in alternatives if bound is not None]
    return max(bounds, default=None) if len(bounds) == len(alternatives) else None


def _newest_of_all(clauses: str) -> Release | None:
    return min((bound for clause in clauses.split(",") if (bound := _bound(clause)) is not None), default=None)


def _is_pin(specifier: str) -> bool:
    matched = _CLAUSE.fullmatch(specifier)
    return matched is not None and matched[1] in (None, "==", "===") and not matched[3]


def _bound(clause: str) -> Release | None:
    matched = _CLAUSE.fullmatch(clause)
    if matched is None:
        return None
    operator, digits, wildcard = matched.groups()
    release = tuple(int(part) for part in digits.split("."))
    if wildcard:
        return (*release, _ANY) if operator in ("==", None) else None
    if operator in (None, "==", "===", "<="):
        return release
    if operator == "<":
        return _below(release)
    if operator == "~=":
        return (*release[:-1], _ANY)
    if operator == "~":
        return (*release[:2], _ANY) if len(release) > 1 else (release[0], _ANY)
    if operator == "^":
        return (*release[: _first_nonzero(release) + 1], _ANY)
    return None


def _below(release: Release) -> Release | None:
    """The newest release before ``release``: ``2.0`` gives ``1.*``, ``0.110`` gives ``0.109.*``."""
    trimmed = release
    while trimmed and trimmed[-1] == 0:
        trimmed = trimmed[:-1]
    return (*trimmed[:-1], trimmed[-1] - 1, _ANY) if trimmed else None


def _first_nonzero(release: Release) -> int:
    return next((index for index, part in enumerate(release) if part), len(release) - 1)
