"""Whether a project has anything to do with FastAPI or this linter: a search for a few letters, far cheaper than any
analysis."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi_lint.config.folders import GENERATED_FOLDERS

if TYPE_CHECKING:
    from fastapi_lint.config.discovery import ProjectPlace

_NAME, _CODE = b"fastapi", re.compile(rb"fal\d", re.IGNORECASE)
"""Without one of these in any source file, nothing can be found: an import of FastAPI, a comment that speaks to us."""


def concerns_us(place: ProjectPlace) -> bool:
    """Whether a project is configured for this linter, or any of its files mentions FastAPI or our codes."""
    return place.config_file is not None or any(
        mentions_us(data) for folder in place.folders for data in _sources(folder)
    )


def mentions_us(data: bytes) -> bool:
    """Whether a file with this content mentions FastAPI or our codes."""
    return _NAME in data or _CODE.search(data) is not None


def _sources(top: Path) -> Iterator[bytes]:
    """The contents of all Python files below a folder, but for those that nobody writes by hand."""
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name not in GENERATED_FOLDERS]
        if "pyvenv.cfg" in names:
            folders.clear()
            continue
        for name in names:
            if name.endswith(".py"):
                try:
                    yield Path(folder, name).read_bytes()
                except OSError:
                    continue
