"""The index of rules says what the rules themselves say, and counts only while it fits them."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from fastapi_lint.rules import entries
from fastapi_lint.rules.registry import Registry, discover


@pytest.fixture(scope="module")
def discovered() -> Registry:
    return discover(importlib.import_module("fastapi_lint.rules"))


def test_the_index_says_what_the_rules_say(discovered: Registry) -> None:
    indexed = entries.indexed()
    assert indexed is not None
    assert [(entry.code, entry.name, entry.profile, entry.options) for entry in indexed] == [
        (rule.code, rule.name, rule.profile, rule.options) for rule in discovered
    ]
    assert [entry.load() for entry in indexed] == list(discovered)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[1:],
        lambda rows: [[rows[0][0], "0" * 16, *rows[0][2:]], *rows[1:]],
        lambda rows: [["engine.gone", *rows[0][1:]], *rows],
        lambda rows: [row[:3] for row in rows],
        lambda rows: {"rows": rows},
    ],
)
def test_an_index_that_does_not_fit_is_not_used(tmp_path: Path, monkeypatch, change) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "rules"
    folder.mkdir()
    for group in ("engine", "routing"):
        source = Path(entries.__file__).parent / group
        (folder / group).mkdir()
        for file in source.glob("*.py"):
            (folder / group / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(entries, "_INDEX", folder / "index.json")
    assert entries.indexed() is None  # there is none
    rows = json.loads(Path(entries.__file__).with_name("index.json").read_text())
    here = [row for row in rows if row[0].partition(".")[0] in ("engine", "routing")]
    (folder / "index.json").write_text(json.dumps(here))
    assert entries.indexed() is not None
    (folder / "index.json").write_text(json.dumps(change(here)))
    assert entries.indexed() is None
    (folder / "index.json").write_text("[")
    assert entries.indexed() is None


def test_a_known_answer_imports_neither_rules_nor_model(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("from fastapi import FastAPI\n\napp = FastAPI()\n")
    command = [sys.executable, "-X", "importtime", "-m", "fastapi_lint", "check"]
    first, second = (subprocess.run(command, cwd=tmp_path, capture_output=True, text=True) for _ in range(2))
    assert first.returncode == second.returncode == 0
    for module in ("fastapi_lint.model.project", "fastapi_lint.model.interpreter"):
        assert module in first.stderr and module not in second.stderr
