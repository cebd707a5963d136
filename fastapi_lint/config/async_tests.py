"""Whether pytest is configured to run coroutine functions as tests without a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

CONFIGURATION_FILES = ("pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")
"""Where pytest looks for its configuration (https://docs.pytest.org/en/stable/reference/customize.html)."""
TEST_FOLDERS = ("tests", "test")
"""Folders that may have a configuration of their own."""

_AUTO_MODE = re.compile(r"""^[^#;\n]*\b(?:asyncio|anyio)[-_]mode["'\s]*=\s*["']?auto\b""", re.M)
"""``asyncio_mode = auto`` in any of the formats, or ``--asyncio-mode=auto`` among the options
(https://pytest-asyncio.readthedocs.io/en/stable/reference/configuration.html,
https://anyio.readthedocs.io/en/stable/testing.html)."""


def runs_async_tests(root: Path) -> bool:
    """Whether a configuration of pytest in a project, in a folder of its tests or around it makes a plugin run all
    coroutine tests. A file that can't be read says nothing.

    Args:
        root: the folder of the project.
    """
    return any(_AUTO_MODE.search(text) for text in _texts(root))


def _texts(root: Path) -> Iterator[str]:
    for folder in (*_around(root), *(root / name for name in TEST_FOLDERS)):
        for name in CONFIGURATION_FILES:
            try:
                yield (folder / name).read_text("utf-8", errors="replace")
            except OSError:
                continue


def _around(root: Path) -> list[Path]:
    """The root and the folders around it, up to that of the repository where there is one."""
    folders = [root, *root.parents]
    end = next((number for number, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    return folders[: end + 1]
