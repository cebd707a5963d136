"""Where a project begins and where its configuration stands.

The nearest configuration upwards from a path decides. Without one, the repository is the project; without a repository,
the nearest folder with a build file; without any, the folder itself, or the one around its outermost package.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.files import OWN_FILE, SHARED_FILE, TABLE, own_table
from fastapi_lint.config.folders import GENERATED_FOLDERS

BUILD_FILES = (SHARED_FILE, "setup.py", "setup.cfg")
"""What lies in the folder of a distribution."""


@dataclass(frozen=True, slots=True)
class ProjectPlace:
    """A project: its root, its configuration file if it has one, and the folders that hold its code.

    ``folders`` is the root itself, unless nothing marks the root: then only the folders that were asked for, so that a
    check of one package does not read everything that happens to lie beside it.
    """

    root: Path
    config_file: Path | None
    folders: tuple[Path, ...]


def find_project(path: Path, config: Path | None = None) -> ProjectPlace:
    """The project that ``path`` belongs to.

    Args:
        path: an existing file or folder, absolute.
        config: the configuration file the user insists on.
    """
    start = path if path.is_dir() else path.parent
    if config is not None:
        if config.parent == start or config.parent in start.parents:
            return ProjectPlace(config.parent, config, (config.parent,))
        place = find_project(path)
        return ProjectPlace(place.root, config, place.folders)
    return _find(start)


def forget_projects() -> None:
    """Forgets the projects found so far: in a process that outlives a run, files may have come and gone."""
    _find.cache_clear()


@lru_cache(maxsize=4096)
def _find(start: Path) -> ProjectPlace:
    ancestors = _ancestors(start)
    for folder in ancestors:
        if (file := config_in(folder)) is not None:
            return ProjectPlace(folder, file, (folder,))
    home = os.path.expanduser("~")
    # A home folder under version control is not one project.
    ancestors = [folder for folder in ancestors if str(folder) != home]
    for folder in ancestors:
        if (folder / ".git").exists():
            return ProjectPlace(folder, None, (folder,))
    for folder in ancestors:
        if any((folder / name).is_file() for name in BUILD_FILES):
            return ProjectPlace(folder, None, (folder,))
    top = start
    while (top / "__init__.py").is_file() and top.parent != top:
        top = top.parent
    if top == start:
        return ProjectPlace(start, None, (start,))
    package = top / start.relative_to(top).parts[0]
    return ProjectPlace(top, None, (package,))


def config_in(folder: Path) -> Path | None:
    """The configuration file in ``folder``, or None: ``fastapi-lint.toml`` or a ``pyproject.toml`` with our table."""
    own, shared = folder / OWN_FILE, folder / SHARED_FILE
    if own.is_file():
        return own
    try:
        # Reading TOML is slow, and most files do not speak of us.
        mentions_us = TABLE.encode() in shared.read_bytes()
    except OSError:
        return None
    if not mentions_us:
        return None
    try:
        return shared if own_table(shared) is not None else None
    except ConfigurationError:
        return shared


def _ancestors(start: Path) -> list[Path]:
    """``start`` and the folders around it, up to a folder of generated code: what is asked for in there is a project of
    its own."""
    found = []
    for folder in (start, *start.parents):
        found.append(folder)
        if folder.name in GENERATED_FOLDERS:
            break
    return found
