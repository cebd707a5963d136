"""The layers of the design: who may import whom.

A module imports from its own package and from packages of lower layers, and never from another package of its own layer
(but for the pairs of ``WITHIN_LAYER``). Imports under ``TYPE_CHECKING`` and inside
functions count like all others. Third-party packages are imported by those who are named for it, and nobody else.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = "fastapi_lint"
ROOT = Path(__file__).parent.parent

LAYERS = {
    "text": 0,
    "diagnostics": 1,
    "syntax": 2,
    "facts": 3,
    "model": 4,
    "rules": 5,
    "config": 5,
    "engine": 6,
    "report": 7,
    "docs": 7,
    "testing": 7,
    "cli": 8,
    "flake8_plugin": 8,
    "__main__": 9,
}
"""The layer of each package or module directly in the package. ``fastapi_lint`` itself holds only the version."""

WITHIN_LAYER = {("config", "rules")}
"""Importer and imported of one layer: the configuration checks codes and options against the registry of rules."""

THIRD_PARTY = {
    "libcst": {"syntax"},
    "click": {"cli"},
    "tomli": {"config", "testing"},
    "flake8": {"testing"},
}
"""Who may import the packages that are not of the standard library."""


STANDARD_LIBRARY = {*sys.stdlib_module_names, "tomllib"}
"""Of all Pythons that we run on: tomllib came with 3.11."""


def imported_modules(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that ``module`` imports, wherever in it; ``from a import b`` gives ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.split(".")[: None if is_package else -1]
                anchor = parents[: len(parents) - node.level + 1]
                base = ".".join([*anchor, base] if base else anchor)
            for alias in node.names:
                yield node.lineno, f"{base}.{alias.name}"
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                yield node.lineno, node.args[0].value


def fault_of(importer: str, imported: str) -> str | None:
    """Why ``importer`` (the part of the package it is in, "" for the package itself) may not import ``imported``."""
    top, _, rest = imported.partition(".")
    if top != PACKAGE:
        if top in STANDARD_LIBRARY or importer in THIRD_PARTY.get(top, ()):
            return None
        importers = THIRD_PARTY.get(top)
        return f"only {', '.join(sorted(importers))} may import {top}" if importers else f"{top} is an unknown package"
    target = rest.split(".")[0]
    if target in (importer, "__version__") or (importer, target) in WITHIN_LAYER:
        return None
    if not target or not importer:
        return "the package itself holds nothing but the version"
    if target not in LAYERS:
        return f"{target} has no layer"
    if LAYERS[target] >= LAYERS[importer]:
        return f"{importer} is of layer {LAYERS[importer]}, {target} of layer {LAYERS[target]}"
    return None


def violations(root: Path) -> list[str]:
    """Every import below ``root / PACKAGE`` that the layers forbid, as ``path:line: what (why)``."""
    found: list[str] = []
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = list(path.relative_to(root).with_suffix("").parts)
        is_package = parts[-1] == "__init__"
        if is_package:
            parts.pop()
        importer = parts[1] if len(parts) > 1 else ""
        place = path.relative_to(root).as_posix()
        if importer and importer not in LAYERS:
            found.append(f"{place}:1: {importer} has no layer")
            continue
        tree = ast.parse(path.read_bytes(), str(path))
        for line, imported in imported_modules(tree, ".".join(parts), is_package):
            fault = fault_of(importer, imported)
            if fault:
                found.append(f"{place}:{line}: {'.'.join(parts)} imports {imported} ({fault})")
    return list(dict.fromkeys(found))


def test_no_module_imports_from_a_layer_it_may_not() -> None:
    assert "\n".join(violations(ROOT)) == ""


PLANTED = [
    ("rules/routing/a.py", "import libcst", "only syntax may import libcst"),
    ("rules/routing/a.py", "from libcst.metadata import PositionProvider", "only syntax may import libcst"),
    (
        "rules/routing/a.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import libcst as cst",
        "only syntax may import libcst",
    ),
    (
        "model/a.py",
        "def f():\n    import importlib\n    importlib.import_module('libcst')",
        "only syntax may import libcst",
    ),
    ("text/a.py", "from fastapi_lint.diagnostics import Diagnostic", "text is of layer 0, diagnostics of layer 1"),
    ("model/a.py", "from ..rules import api", "model is of layer 4, rules of layer 5"),
    ("model/__init__.py", "from ..rules import api", "model is of layer 4, rules of layer 5"),
    ("model/a.py", "from fastapi_lint import rules", "model is of layer 4, rules of layer 5"),
    ("facts/a.py", "def f():\n    from fastapi_lint.engine.run import run", "facts is of layer 3, engine of layer 6"),
    ("rules/api.py", "from fastapi_lint.config.load import load", "rules is of layer 5, config of layer 5"),
    ("testing/a.py", "from fastapi_lint.docs import pages", "testing is of layer 7, docs of layer 7"),
    ("__init__.py", "from fastapi_lint.text.location import Location", "holds nothing but the version"),
    ("engine/a.py", "import requests", "requests is an unknown package"),
    ("report/a.py", "import click", "only cli may import click"),
    ("helpers/a.py", "x = 1", "helpers has no layer"),
    ("text/a.py", "from fastapi_lint.helpers import x", "helpers has no layer"),
]


@pytest.mark.parametrize(("path", "source", "why"), PLANTED)
def test_a_planted_violation_is_found(tmp_path: Path, path: str, source: str, why: str) -> None:
    target = tmp_path / PACKAGE / path
    target.parent.mkdir(parents=True)
    target.write_text(source + "\n")
    found = violations(tmp_path)
    assert len(found) == 1 and why in found[0] and found[0].startswith(f"{PACKAGE}/{path}:"), found


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("syntax/parse.py", "import libcst as cst"),
        ("rules/routing/a.py", "from fastapi_lint.rules.api import Rule"),
        ("rules/routing/a.py", "from ..api import Rule\nfrom . import _helper"),
        ("rules/api.py", "if TYPE_CHECKING:\n    from fastapi_lint.model import apps"),
        ("config/parse.py", "from fastapi_lint.rules.registry import Registry"),
        ("cli/main.py", "import click\nfrom fastapi_lint import __version__\nimport fastapi_lint.engine.run"),
        ("__init__.py", "__version__ = '1'"),
    ],
)
def test_lawful_imports_are_left_alone(tmp_path: Path, path: str, source: str) -> None:
    target = tmp_path / PACKAGE / path
    target.parent.mkdir(parents=True)
    target.write_text(source + "\n")
    assert violations(tmp_path) == []


def test_rules_load_without_libcst_even_when_it_is_not_installed(tmp_path: Path) -> None:
    """The table says who may import libcst; this says that what rules import does not import it either."""
    (tmp_path / "libcst.py").write_text("raise SystemExit('libcst was imported')\n")
    result = subprocess.run(
        [sys.executable, "-c", "from fastapi_lint.rules.registry import load; load()"],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
