"""Which releases of libraries a project uses: from its lock file, else from its requirements.

A requirement stands for the newest release it allows, because that is what a fresh installation gets; one without an
upper bound says nothing, and the model then takes the newest release there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.files import SHARED_FILE, read_toml

Release = tuple[int, ...]

LOCK_FILES = ("uv.lock", "poetry.lock", "pdm.lock")
_REQUIREMENTS_FILE = re.compile(r"requirements[\w.-]*\.txt")
# Lock files are written by machines, always in this form; a TOML parser takes a hundred times longer over them.
_LOCKED = re.compile(r'^\[\[package\]\]\s*\nname = "([^"]+)"\s*\nversion = "([^"]+)"', re.M)
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?([^;#)]*)")
_CLAUSE = re.compile(r"\s*(==|===|~=|<=|<|>=|>|!=|\^|~)?\s*v?(\d+(?:\.\d+)*)(\.\*)?")
_ANY = 999_999
"""Stands for "whatever the newest is" in a part of a release that a requirement leaves open."""


def is_manifest(name: str) -> bool:
    """Whether a file of this name may say which releases a project uses."""
    return name == SHARED_FILE or name in LOCK_FILES or _REQUIREMENTS_FILE.fullmatch(name) is not None


def find_versions(manifests: Iterable[Path]) -> dict[str, Release]:
    """Releases by normalised distribution name.

    Args:
        manifests: lock files, ``pyproject.toml`` and ``requirements*.txt`` of the project. Locks speak before
            requirements, files near the root before those deeper down. What can't be read says nothing.
    """
    ordered = sorted(manifests, key=lambda path: (path.name not in LOCK_FILES, len(path.parts), str(path)))
    versions: dict[str, Release] = {}
    for path in ordered:
        read = _locked if path.name in LOCK_FILES else _required
        for name, release in read(path):
            versions.setdefault(re.sub(r"[-_.]+", "-", name).lower(), release)
    return versions


def newest_allowed(specifier: str) -> Release | None:
    """The newest release that a requirement such as ``>=0.100,<0.110`` allows; None when it has no upper bound."""
    bounds = [bound for clause in specifier.split(",") if (bound := _bound(clause)) is not None]
    return min(bounds, default=None)


def _bound(clause: str) -> Release | None:
    matched = _CLAUSE.fullmatch(clause.strip())
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


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _locked(path: Path) -> Iterator[tuple[str, Release]]:
    for name, version in _LOCKED.findall(_text(path)):
        if matched := re.match(r"\d+(?:\.\d+)*", version):
            yield name, tuple(int(part) for part in matched[0].split("."))


def _required(path: Path) -> Iterator[tuple[str, Release]]:
    lines = _declared(path) if path.name == SHARED_FILE else _text(path).splitlines()
    for line in lines:
        matched = _REQUIREMENT.match(line)
        if matched and (release := newest_allowed(matched[2])) is not None:
            yield matched[1], release


def _declared(path: Path) -> Iterator[str]:
    """The requirements in a ``pyproject.toml``: of the project, and of Poetry."""
    try:
        content = read_toml(path)
    except ConfigurationError:
        return
    requirements = _table(content, "project").get("dependencies")
    if isinstance(requirements, list):
        yield from (requirement for requirement in requirements if isinstance(requirement, str))
    for name, wanted in _table(content, "tool", "poetry", "dependencies").items():
        version = wanted.get("version") if isinstance(wanted, dict) else wanted
        if isinstance(version, str):
            yield f"{name} {version}"


def _table(content: dict[str, Any], *path: str) -> dict[str, Any]:
    for key in path:
        inner = content.get(key)
        if not isinstance(inner, dict):
            return {}
        content = inner
    return content
