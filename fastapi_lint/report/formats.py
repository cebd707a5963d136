"""The formats of reports by name, one module each. Importing this module imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

NAMES = ("full", "concise", "grouped", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson")
"""The formats of findings; each is the function ``render`` of the module of its name."""
ROUTES = ("table", "json", "markdown")
"""The formats of routes, in the package ``routes``."""
UNRESOLVED = ("concise", "json")
"""The formats of what is not known of the routing, in the package ``unresolved``."""
DEPENDENCIES = ("tree", "json")
"""The formats of the dependencies of routes, in the package ``deps``."""

FOR_PEOPLE = frozenset({"full", "concise", "grouped"})
"""Those formats of findings that are read on a terminal."""


def renderer(name: str, package: str = "") -> Callable[..., Iterator[str]]:
    """The function that turns what there is to report into lines.

    Args:
        name: of the format.
        package: of the report, "" for findings.
    """
    module = import_module(".".join(filter(None, ("fastapi_lint.report", package, name))))
    render: Callable[..., Iterator[str]] = module.render
    return render
