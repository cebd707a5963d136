"""Which releases of libraries a project uses: from its lock file, else from its requirements.

A requirement stands for the newest release it allows, because that is what a fresh installation gets; one without an
upper bound says nothing, and the model then takes the newest release there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from fastapi_lint.config.bounds import Requirement
from fastapi_lint.config.locks import LOCK_FILES, is_lock, read_lock
from fastapi_lint.config.requirements import is_requirements, read_requirements
from fastapi_lint.model.knowledge.releases import Release

_LOCKED, _PINNED, _LOCKED_ABOVE, _BOUNDED, _OPEN = range(5)
"""What says most of a release among the files of one folder, in order."""


class _Statement(NamedTuple):
    """What one file says of a distribution: the first by ``rank`` counts."""

    rank: tuple[int, int, int, str]
    name: str
    release: Release | None
    file: Path


def is_manifest(path: str) -> bool:
    """Whether a file, by its path with forward slashes, may say which releases a project uses."""
    return is_lock(path.rpartition("/")[2]) or is_requirements(path)


def find_versions(root: Path, manifests: Iterable[Path]) -> dict[str, Release]:
    """Releases by normalised distribution name; see :func:`stated_versions`."""
    return {name: release for name, (release, _) in stated_versions(root, manifests).items()}


def stated_versions(root: Path, manifests: Iterable[Path]) -> dict[str, tuple[Release, Path]]:
    """Releases by normalised distribution name, with the file that says so.

    The files nearest to the root decide. Among those of one folder a lock file comes first, then a pinned release, then
    a requirement with an upper bound; before the requirements of the root come the lock files above it, up to the root
    of the repository, as workspaces have them. What can't be read says nothing.

    Args:
        root: the folder of the project.
        manifests: the lock files and files with requirements in it.
    """
    statements = [statement for path in manifests for statement in _stated(path, len(path.relative_to(root).parts))]
    for distance, path in _locks_above(root):
        statements += _locked(path, (1, _LOCKED_ABOVE, distance, path.name))
    found: dict[str, _Statement] = {}
    for statement in sorted(statements, key=lambda statement: statement.rank):
        found.setdefault(statement.name, statement)
    return {name: (said.release, said.file) for name, said in found.items() if said.release is not None}


def _stated(path: Path, depth: int) -> Iterator[_Statement]:
    if is_lock(path.name):
        yield from _locked(path, (depth, _LOCKED, len(path.name), str(path)))
        return
    by_name: dict[str, list[Requirement]] = {}
    for requirement in read_requirements(path):
        by_name.setdefault(_normalised(requirement.name), []).append(requirement)
    for name, requirements in by_name.items():
        release, kind = _combined(requirements)
        yield _Statement((depth, kind, len(path.name), str(path)), name, release, path)


def _locked(path: Path, rank: tuple[int, int, int, str]) -> Iterator[_Statement]:
    """What a lock file says; the newest where it has several releases for several environments."""
    newest: dict[str, Release] = {}
    for name, release in read_lock(path):
        newest[_normalised(name)] = max(release, newest.get(_normalised(name), ()))
    for name, release in newest.items():
        yield _Statement(rank, name, release, path)


def _combined(requirements: list[Requirement]) -> tuple[Release | None, int]:
    """What the requirements of one file come to, and of which kind that is: they all hold, unless each is for some
    environments only."""
    everywhere = [requirement for requirement in requirements if not requirement.is_marked]
    bounded = [requirement for requirement in everywhere or requirements if requirement.newest is not None]
    if not bounded or (not everywhere and len(bounded) < len(requirements)):
        return None, _OPEN
    choose = min if everywhere else max
    chosen = choose(bounded, key=lambda requirement: requirement.newest or ())
    return chosen.newest, _PINNED if chosen.is_pin else _BOUNDED


def _locks_above(root: Path) -> Iterator[tuple[int, Path]]:
    """The lock files in the folders around a project, up to the root of its repository, with their distance."""
    around = list(root.parents)
    end = next((number for number, folder in enumerate((root, *around)) if (folder / ".git").exists()), 0)
    for distance, folder in enumerate(around[:end]):
        for name in LOCK_FILES:
            if (folder / name).is_file():
                yield distance, folder / name


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
