"""Finds the Python files of a project, and which of them were asked for."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.discovery import BUILD_FILES, GENERATED_FOLDERS, ProjectPlace, config_in, find_project
from fastapi_lint.config.files import OWN_FILE, SHARED_FILE
from fastapi_lint.config.versions import is_manifest

SUFFIX = ".py"
_EDITOR_LOCK = ".#"
"""Emacs marks a file that is being edited by a dangling link of this name."""


@dataclass(slots=True)
class Found:
    """The files of a project: Python files by path relative to the root with forward slashes, sorted; those asked for
    among them; those asked for and excluded; files that name releases; folders of distributions, relative to the root;
    folders below that are projects of their own; folders that can't be read."""

    files: list[str] = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)
    excluded: list[Path] = field(default_factory=list)
    manifests: list[Path] = field(default_factory=list)
    distributions: list[str] = field(default_factory=list)
    nested: list[Path] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)


def group_by_project(paths: Iterable[Path], config: Path | None = None) -> dict[ProjectPlace, list[Path]]:
    """The paths by the project each belongs to, in the order given.

    Args:
        paths: existing files and folders, absolute.
        config: the configuration file the user insists on.
    """
    by_root: dict[tuple[Path, Path | None], list[Path]] = {}
    folders: dict[tuple[Path, Path | None], list[Path]] = {}
    for path in paths:
        place = find_project(path, config)
        key = (place.root, place.config_file)
        by_root.setdefault(key, []).append(path)
        folders.setdefault(key, []).extend(folder for folder in place.folders if folder not in folders.get(key, ()))
    return {ProjectPlace(*key, tuple(sorted(folders[key]))): given for key, given in by_root.items()}


def discover(place: ProjectPlace, paths: Iterable[Path], configuration: Configuration, *, split: bool = True) -> Found:
    """The files of a project.

    Links to folders are not followed: what they lead to is either inside the project, under its own name, or not part
    of it. So loops of links do no harm.

    Args:
        place: the project.
        paths: what was asked for: files and folders at or below the root, absolute.
        configuration: says what to exclude.
        split: whether a folder with a configuration of its own is a project of its own.
    """
    found = Found()
    excluded = exclusion(configuration)
    root = str(place.root)
    for folder in place.folders:
        relative = os.path.relpath(folder, root).replace(os.sep, "/")
        _walk(root, "" if relative == "." else relative, excluded, found, split)
    known = set(found.files)
    for path in paths:
        relative = path.relative_to(place.root).as_posix()
        if path.is_dir():
            below = "" if relative == "." else relative + "/"
            found.wanted.update(file for file in found.files if file.startswith(below))
        elif relative in known:
            found.wanted.add(relative)
        elif _is_excluded_file(relative, excluded):
            found.excluded.append(path)
        else:
            found.files.append(relative)
            found.wanted.add(relative)
    found.files = sorted(set(found.files))
    return found


def exclusion(configuration: Configuration) -> Callable[[str, str], bool]:
    """What to leave out: a function of a name and a path, relative to the root, folders with a final slash."""
    patterns = (*(configuration.exclude or ()), *configuration.extend_exclude)
    names = GENERATED_FOLDERS if configuration.exclude is None else frozenset()
    if not patterns:
        return lambda name, path: path.endswith("/") and name in names
    from fastapi_lint.config.patterns import PathPatterns

    spec = PathPatterns(patterns)
    return lambda name, path: (path.endswith("/") and name in names) or spec.match(path)


def _is_excluded_file(path: str, excluded: Callable[[str, str], bool]) -> bool:
    """Whether a file, or a folder around it, is excluded."""
    parts = path.split("/")
    folders = ("/".join(parts[:count]) + "/" for count in range(1, len(parts)))
    return any(excluded(folder.split("/")[-2], folder) for folder in folders) or excluded(parts[-1], path)


def _walk(root: str, start: str, excluded: Callable[[str, str], bool], found: Found, split: bool) -> None:
    pending = deque([start])
    while pending:
        folder = pending.popleft()
        absolute = os.path.join(root, folder) if folder else root
        try:
            entries = sorted(os.scandir(absolute), key=lambda entry: entry.name)
        except OSError:
            found.unreadable.append(Path(absolute))
            continue
        names = {entry.name for entry in entries}
        if folder and "pyvenv.cfg" in names:
            continue
        if folder and split and _is_configured(names, absolute):
            found.nested.append(Path(absolute))
            continue
        if not names.isdisjoint(BUILD_FILES):
            found.distributions.append(folder)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not excluded(entry.name, path + "/"):
                    pending.append(path)
            elif entry.name.endswith(SUFFIX):
                if _is_source(entry) and not excluded(entry.name, path):
                    found.files.append(path)
            elif is_manifest(entry.name):
                found.manifests.append(Path(root, path))


def _is_source(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file, or a link that should lead to one: a broken link is reported, not skipped."""
    if entry.name.startswith(_EDITOR_LOCK):
        return False
    try:
        return entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    except OSError:  # a link that leads to itself
        return True


def _is_configured(names: set[str], folder: str) -> bool:
    """Whether a folder with these names in it has a configuration of its own."""
    return bool(names & {OWN_FILE, SHARED_FILE}) and config_in(Path(folder)) is not None
