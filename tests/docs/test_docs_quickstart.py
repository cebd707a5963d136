"""What the quickstart and the page about editors show is what the commands say, and their links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import command

DOCS = Path(__file__).parents[2] / "docs"
QUICKSTART = (DOCS / "quickstart.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w/.]+)`:\n\n```python\n(.*?)```$", QUICKSTART, re.MULTILINE | re.DOTALL))
MENDED = re.search(r"^```python\n(@router\.delete.*?)```$", QUICKSTART, re.MULTILINE | re.DOTALL)


def shown(page: str) -> dict[str, str]:
    """What a page says that each command of ours, and flake8, answers."""
    text = (DOCS / page).read_text(encoding="utf-8")
    answers = {}
    for block in re.findall(r"^```console\n(.*?)```$", text, re.MULTILINE | re.DOTALL):
        for typed, answered in re.findall(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |\Z)", block, re.MULTILINE | re.DOTALL):
            if typed.startswith(("fastapi-lint ", "flake8 shop")):
                answers[typed] = answered
    return answers


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in {"shop/__init__.py": "", **FILES}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "buffer").write_text(FILES["shop/items.py"])
    return tmp_path


def answer(project: Path, typed: str) -> str:
    """What a command says, on both streams."""
    line, _, source = typed.partition(" < ")
    program, *arguments = line.split()
    if program == "fastapi-lint":
        result = command(*arguments, cwd=project, data=(project / source).read_bytes() if source else b"")
    else:
        started = [sys.executable, "-m", program, *arguments]
        result = subprocess.run(started, cwd=project, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr


@pytest.mark.parametrize(
    ("page", "typed"), [(page, typed) for page in ("quickstart.md", "editors.md") for typed in shown(page)]
)
def test_commands_answer_as_shown(project: Path, page: str, typed: str) -> None:
    assert answer(project, typed) == shown(page)[typed]


def test_the_pages_show_commands() -> None:
    assert list(shown("quickstart.md")) == ["fastapi-lint routes", "fastapi-lint check", "flake8 shop"]
    assert len(shown("editors.md")) == 1


def test_the_mended_project_has_no_findings(project: Path) -> None:
    assert MENDED is not None
    items = project / "shop/items.py"
    items.write_text(items.read_text().split("@router.delete")[0] + MENDED[1])
    assert answer(project, "fastapi-lint check") == "No findings.\n"
    assert answer(project, "flake8 shop") == ""


@pytest.mark.parametrize("page", ["quickstart.md", "editors.md", "flake8.md", "pre-commit.md"])
def test_links_to_files_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (DOCS / page).read_text(encoding="utf-8"))
    assert links and [link for link in links if not (DOCS / link).exists()] == []
