"""Tests of writing and checking the generated documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs_sample import REGISTRY, SampleRule

from fastapi_lint.docs.__main__ import main
from fastapi_lint.docs.generate import changes
from fastapi_lint.rules.registry import Registry, load

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("Title\n<!-- rules:begin -->\n<!-- rules:end -->\n")
    return tmp_path


def run(root: Path, *arguments: str, registry: Registry = REGISTRY) -> int:
    return main([*arguments, "--root", str(root)], registry)


def test_committed_documents_are_up_to_date() -> None:
    found = changes(load(), ROOT)
    stale = sorted([*found.texts, *found.obsolete])
    assert stale == [], "run `python -m fastapi_lint.docs`"


def test_write_then_check(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(checkout, "--check") == 1
    assert not (checkout / "docs").exists(), "--check must not write"
    assert "stale: docs/standards.md" in capsys.readouterr().out
    assert run(checkout) == 0
    assert sorted(file.name for file in (checkout / "docs/rules").iterdir()) == [
        "FAL101-created-without-201.md",
        "FAL102-plain-fault.md",
    ]
    assert run(checkout, "--check") == 0
    assert b"\r" not in (checkout / "docs/standards.md").read_bytes()


@pytest.mark.parametrize("path", ["docs/standards.md", "docs/rules/FAL101-created-without-201.md", "README.md"])
def test_a_stale_document_is_found_and_mended(checkout: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(checkout)
    file = checkout / path
    right = file.read_text()
    file.write_text(right.replace("FAL101", "FAL109"))
    capsys.readouterr()
    assert run(checkout, "--check") == 1
    assert capsys.readouterr().out == f"stale: {path}\n"
    assert run(checkout) == 0
    assert file.read_text() == right


def test_pages_of_vanished_rules_are_removed(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(checkout)
    alone = Registry([SampleRule])
    capsys.readouterr()
    assert run(checkout, "--check", registry=alone) == 1
    assert "obsolete: docs/rules/FAL102-plain-fault.md" in capsys.readouterr().out
    assert run(checkout, registry=alone) == 0
    assert not (checkout / "docs/rules/FAL102-plain-fault.md").exists()


def test_problems_stop_the_build(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = type("Faulty", (SampleRule,), {"__doc__": "Summary.", "standards": ()})
    assert run(checkout, registry=Registry([faulty])) == 2
    errors = capsys.readouterr().err
    assert "the section 'Bad' is missing" in errors
    assert "is planned for API-6, but does not name it" in errors
    assert not (checkout / "docs").exists()


def test_a_readme_without_markers_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("Title\n")
    assert run(tmp_path) == 2
    assert "README.md: it needs the lines" in capsys.readouterr().err
