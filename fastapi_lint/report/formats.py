"""The formats of findings by name, one module each. Importing this module imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi_lint.report.findings import Finding

    Renderer = Callable[[Iterable[Finding], Path], Iterator[str]]

NAMES = ("full", "concise", "json")
"""The formats there are; each is the function ``render`` of the module of its name."""


def renderer(name: str) -> Renderer:
    """The function that turns findings and the working directory into lines."""
    render: Renderer = import_module(f"fastapi_lint.report.{name}").render
    return render
