"""Lock files: the releases that a package manager chose."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from fastapi_lint.config.files import read_text
from fastapi_lint.model.knowledge.releases import Release

LOCK_FILES = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock")
"""Their names, of uv, Poetry, PDM, PEP 751 and Pipenv."""

_NAMED_LOCK = re.compile(r"pylock\.[^.]+\.toml")
# Lock files in TOML are written by machines, in the same form always; a TOML parser takes a hundred times longer.
_PACKAGE = re.compile(r"^\[\[packages?\]\]\s*$", re.M)
_NAME = re.compile(r'^name = "([^"]+)"', re.M)
_VERSION = re.compile(r'^version = "([^"]+)"', re.M)
_RELEASE = re.compile(r"(?:\d+!)?v?(\d{1,9}(?:\.\d{1,9})*)(?!\d)")


def is_lock(name: str) -> bool:
    """Whether a file of this name is a lock file."""
    return name in LOCK_FILES or _NAMED_LOCK.fullmatch(name) is not None


def read_lock(path: Path) -> Iterator[tuple[str, Release]]:
    """The distributions in a lock file with their releases. What can't be read says nothing."""
    text = read_text(path)
    for name, version in _pipenv(text) if path.name == "Pipfile.lock" else _packages(text):
        if matched := _RELEASE.match(version):
            yield name, tuple(int(part) for part in matched[1].split("."))


def _packages(text: str) -> Iterator[tuple[str, str]]:
    for block in _PACKAGE.split(text)[1:]:
        own = block.partition("\n[")[0]
        name, version = _NAME.search(own), _VERSION.search(own)
        if name and version:
            yield name[1], version[1]


def _pipenv(text: str) -> Iterator[tuple[str, str]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return
    for section in ("default", "develop"):
        packages = content.get(section) if isinstance(content, dict) else None
        for name, locked in packages.items() if isinstance(packages, dict) else ():
            version = locked.get("version") if isinstance(locked, dict) else None
            if isinstance(version, str):
                yield name, version.lstrip("=")
