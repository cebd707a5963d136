"""The formats of findings by name, one module each. Importing this module imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi_lint.report.findings import Report

    Renderer = Callable[[Report], Iterator[str]]

NAMES = ("full", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson")
"""The formats there are; each is the function ``render`` of the module of its name."""

FOR_PEOPLE = frozenset({"full", "concise", "grouped"})
"""Those that are read on a terminal."""


def renderer(name: str) -> Renderer:
    """The function that turns a report into lines."""
    render: Renderer = import_module(f"fastapi_lint.report.{name}").render
    return render
