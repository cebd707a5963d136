"""Folders that no project consists of."""

from __future__ import annotations

GENERATED_FOLDERS = (
    ".bzr", ".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache",
    ".ruff_cache", ".svn", ".tox", ".venv", "__pycache__", "__pypackages__", "build", "dist", "node_modules",
    "site-packages", "venv",
)  # fmt: skip
"""Names of folders whose Python nobody writes by hand; not part of a project unless ``exclude`` says otherwise."""
