"""The names that packages export, held against the installed releases."""

from __future__ import annotations

import importlib

import pytest

from fastapi_lint.model.knowledge.star_exports import STAR_EXPORTS


@pytest.mark.parametrize("package", STAR_EXPORTS)
def test_packages_export_these_names(package: str) -> None:
    names: dict[str, object] = {}
    exec(f"from {package} import *", names)
    assert STAR_EXPORTS[package] - names.keys() <= _NEWER


_NEWER = frozenset({"EventSourceResponse"})
"""Names that a release before the newest lacks."""


def test_the_tables_are_of_packages_that_exist() -> None:
    assert all(importlib.import_module(package) for package in STAR_EXPORTS)
