"""What is left out of a project: what its configuration excludes, and what git ignores."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.patterns import PathPatterns

_GITIGNORE = ".gitignore"


class _Scope(NamedTuple):
    """Patterns, and how much of an absolute path is before what they are held against."""

    start: int
    patterns: PathPatterns


class GitIgnores:
    """What the ``.gitignore`` files in a folder and below say.

    Args:
        top: the folder, absolute and with forward slashes.
        further: a file with patterns that come after all others.
    """

    def __init__(self, top: str, further: Path | None = None) -> None:
        self._top = top
        self._further = _scopes_of(top, further)
        self._scopes = lru_cache(maxsize=None)(self._read)

    def verdict(self, path: str, is_folder: bool) -> bool | None:
        """Whether a file or folder, by its absolute path, is ignored; None where nothing is said of it."""
        for start, patterns in self._scopes(path.rpartition("/")[0]):
            said = patterns.verdict(path[start:], is_folder)
            if said is not None:
                return said
        return None

    def _read(self, folder: str) -> tuple[_Scope, ...]:
        """What speaks of the content of a folder: its own file, then those around it."""
        around = self._further if folder == self._top else self._scopes(folder.rpartition("/")[0])
        return (*_scopes_of(folder, Path(folder, _GITIGNORE)), *around)


class Exclusion:
    """What is left out of a project.

    Args:
        root: the root of the project.
        configuration: its options.
    """

    def __init__(self, root: Path, configuration: Configuration) -> None:
        self._root = root.as_posix().rstrip("/")
        self._patterns = PathPatterns.of(configuration.exclude)
        self._ignores = _git_ignores(root) if configuration.respect_gitignore else None

    def leaves_out(self, path: str, is_folder: bool) -> bool:
        """Whether a file or folder, of which those around it are in, is left out.

        Args:
            path: relative to the root, with forward slashes.
            is_folder: whether it is one.
        """
        said = self._patterns.verdict(path, is_folder)
        if said is None and self._ignores is not None:
            said = self._ignores.verdict(f"{self._root}/{path}", is_folder)
        return bool(said)

    def covers(self, path: str, is_folder: bool) -> bool:
        """Whether a file or folder, or a folder around it, is left out."""
        *around, own = _paths_to(path)
        return any(self.leaves_out(folder, True) for folder in around) or self.leaves_out(own, is_folder)


def _paths_to(path: str) -> Iterator[str]:
    """The folders around a path, from the outermost, and the path itself."""
    parts = path.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts) + 1))


def _scopes_of(folder: str, file: Path | None) -> tuple[_Scope, ...]:
    """The patterns of a file for what is in a folder; none without the file."""
    if file is None:
        return ()
    try:
        text = os.fsdecode(file.read_bytes())
    except (OSError, ValueError):
        return ()
    return (_Scope(len(folder) + 1, PathPatterns.of_text(text)),)


def _git_ignores(root: Path) -> GitIgnores | None:
    """What git ignores in a folder; None outside of repositories, where ``.gitignore`` files say nothing."""
    repository = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if repository is None:
        return None
    top = repository.as_posix().rstrip("/")
    ignores = GitIgnores(top, _git_folder(repository / ".git") / "info/exclude")
    if root != repository:
        inside = root.relative_to(repository).as_posix()
        if any(ignores.verdict(f"{top}/{folder}", True) for folder in _paths_to(inside)):
            # The project as a whole is ignored. Who checks it all the same wants to know of its files.
            return GitIgnores(root.as_posix().rstrip("/"))
    return ignores


def _git_folder(dot_git: Path) -> Path:
    """The folder that holds what git knows of a repository: ``.git``, or what a file of that name in a worktree or a
    submodule points to (https://git-scm.com/docs/gitrepository-layout)."""
    if dot_git.is_dir():
        return dot_git
    folder = dot_git.parent / _first_line(dot_git).removeprefix("gitdir: ")
    common = _first_line(folder / "commondir")
    return folder / common if common else folder


def _first_line(file: Path) -> str:
    try:
        return os.fsdecode(file.read_bytes()).partition("\n")[0].strip()
    except (OSError, ValueError):
        return ""
