"""What the pages about suppressions and baselines show is what the commands say, one after the other."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import command

from fastapi_lint.rules.docstrings import fences

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize(("page", "sample"), [("suppressions.md", 1), ("baseline.md", 0)])
def test_commands_answer_as_shown(page: str, sample: int, tmp_path: Path) -> None:
    blocks = fences((DOCS / page).read_text(encoding="utf-8"))
    modules = [block.text for block in blocks if block.language == "python"]
    consoles = [block.text for block in blocks if block.language == "console"]
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/fastapi-lint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fastapi_lint "$@"\n')
    program.chmod(0o755)
    project = tmp_path / "project"
    (project / "app").mkdir(parents=True)
    (project / "app/main.py").write_text(modules[sample])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "GIT_CONFIG_GLOBAL": os.devnull}
    count = 0
    for block in consoles:
        for line, answer in re.findall(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |\Z)", block, re.MULTILINE | re.DOTALL):
            result = subprocess.run(
                ["sh", "-c", line],
                cwd=project,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            assert (line, result.stdout) == (line, answer)
            count += 1
    assert count >= 3


def test_the_comment_that_is_shown_silences(tmp_path: Path) -> None:
    blocks = fences((DOCS / "suppressions.md").read_text(encoding="utf-8"))
    shown, module = (block.text for block in blocks if block.language == "python")

    def check() -> str:
        return command("check", "--no-cache", "--format", "concise", cwd=tmp_path).stdout

    (tmp_path / "main.py").write_text(module + shown)
    assert "/hooks/paid" not in check() and "FAL003" not in check()
    (tmp_path / "main.py").write_text(module + shown.partition("\n")[2])
    assert "/hooks/paid" in check()


@pytest.mark.parametrize("page", ["suppressions.md", "baseline.md"])
def test_links_to_files_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (DOCS / page).read_text(encoding="utf-8"))
    assert [link for link in links if not (DOCS / link).exists()] == []
