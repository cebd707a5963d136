"""Where pytest is configured to run coroutine functions as tests without a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

CONFIGURATION_FILES = ("pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
"""Where pytest looks for its configuration (https://docs.pytest.org/en/stable/reference/customize.html)."""

_AUTO_MODE = re.compile(r"""^[^#;\n]*\b(?:asyncio|anyio)[-_]mode["'\s]*=\s*["']?auto\b""", re.M)
"""``asyncio_mode = auto`` in any of the formats, or ``--asyncio-mode=auto`` among the options
(https://pytest-asyncio.readthedocs.io/en/stable/reference/configuration.html,
https://anyio.readthedocs.io/en/stable/testing.html)."""


def async_test_folders(root: Path, folders: Iterable[str]) -> tuple[str, ...]:
    """The folders in and below which a plugin of pytest runs all coroutine tests, by the configuration in a folder; ""
    is the whole project, which the folders around it may configure too. A file that can't be read says nothing.

    Args:
        root: the folder of the project.
        folders: those that hold a file in which pytest looks for its configuration, relative to the root.
    """
    if any(_runs_async_tests(folder) for folder in _around(root)):
        return ("",)
    return tuple(folder for folder in folders if _runs_async_tests(root / folder))


def _runs_async_tests(folder: Path) -> bool:
    for name in CONFIGURATION_FILES:
        try:
            text = (folder / name).read_text("utf-8", errors="replace")
        except OSError:
            continue
        if _AUTO_MODE.search(text):
            return True
    return False


def _around(root: Path) -> list[Path]:
    """The root and the folders around it, up to that of the repository where there is one."""
    folders = [root, *root.parents]
    end = next((number for number, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    return folders[: end + 1]
