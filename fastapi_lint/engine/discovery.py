"""Finds the Python files of a project, and which of them were asked for."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from fastapi_lint.config.async_tests import CONFIGURATION_FILES
from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.discovery import BUILD_FILES, ProjectPlace, config_in, find_project
from fastapi_lint.config.files import OWN_FILE, SHARED_FILE
from fastapi_lint.config.versions import is_manifest
from fastapi_lint.engine.exclusion import Exclusion

SUFFIX = ".py"
_EDITOR_LOCK = ".#"
"""Emacs marks a file that is being edited by a dangling link of this name."""


@dataclass(slots=True)
class Found:
    """The files of a project: Python files by path relative to the root with forward slashes, sorted; those asked for
    among them; what was asked for and is left out all the same; files that name releases; folders of distributions,
    and folders that may configure pytest, both relative to the root; folders below that are projects of their own;
    folders that can't be read; and whether the whole project was asked for."""

    files: list[str] = field(default_factory=list)
    wanted: set[str] = field(default_factory=set)
    excluded: list[Path] = field(default_factory=list)
    manifests: list[Path] = field(default_factory=list)
    distributions: list[str] = field(default_factory=list)
    test_configured: list[str] = field(default_factory=list)
    nested: list[Path] = field(default_factory=list)
    unreadable: list[Path] = field(default_factory=list)
    whole: bool = False


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


def discover(
    place: ProjectPlace, paths: Collection[Path], configuration: Configuration, *, split: bool = True
) -> Found:
    """The files of a project.

    Links to folders are not followed: what they lead to is either inside the project, under its own name, or not part
    of it. So loops of links do no harm.

    What was asked for is part of the project even if it is left out otherwise, unless the configuration insists.

    Args:
        place: the project.
        paths: what was asked for: files and folders at or below the root, absolute.
        configuration: says what to exclude.
        split: whether a folder with a configuration of its own is a project of its own.
    """
    found = Found(whole=place.root in paths)
    exclusion = Exclusion(place.root, configuration)
    root = str(place.root)
    for folder in place.folders:
        relative = os.path.relpath(folder, root).replace(os.sep, "/")
        _walk(root, "" if relative == "." else relative, exclusion, found, split)
    known = set(found.files)
    for path in paths:
        relative = path.relative_to(place.root).as_posix()
        is_folder = path.is_dir()
        left_out = relative != "." and relative not in known and exclusion.covers(relative, is_folder)
        if left_out and configuration.force_exclude:
            found.excluded.append(path)
        elif not is_folder:
            found.files.append(relative)
            found.wanted.add(relative)
        else:
            if left_out:
                _walk(root, relative, exclusion, found, split)
            below = "" if relative == "." else relative + "/"
            found.wanted.update(file for file in found.files if file.startswith(below))
    found.files = sorted(set(found.files))
    return found


def _walk(root: str, start: str, exclusion: Exclusion, found: Found, split: bool) -> None:
    pending = deque([start])
    while pending:
        folder = pending.popleft()
        absolute = os.path.join(root, folder) if folder else root
        try:
            entries = sorted(os.scandir(absolute), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue  # the folder of a file that is not saved yet, or one that has just gone
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
        if not names.isdisjoint(CONFIGURATION_FILES):
            found.test_configured.append(folder)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if not exclusion.leaves_out(path, is_folder=True):
                    pending.append(path)
                continue
            is_source = entry.name.endswith(SUFFIX) and _is_source(entry)
            if is_source and not exclusion.leaves_out(path, is_folder=False):
                found.files.append(path)
            if is_manifest(path):
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
