"""The repository that a report is for: what platforms resolve the paths of a report against."""

from __future__ import annotations

from pathlib import Path


def repository_root(folder: Path) -> Path:
    """The root of the git repository around ``folder``; the folder itself when there is none."""
    return next((around for around in (folder, *folder.parents) if (around / ".git").exists()), folder)
