"""The hooks for pre-commit: their definitions, and what the real pre-commit makes of them.

pre-commit would install the hook into an environment of its own, which takes a network. So the tests give it the same
definition as a local hook that runs what is installed here.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import command

from fastapi_lint.engine.store import DIRECTORY

ROOT = Path(__file__).parent.parent
PROJECT = ROOT / "fixtures/projects/bookshop"
BOOKS = "bookshop/routers/books.py"


def definitions() -> dict[str, dict[str, Any]]:
    """The hooks by their ids."""
    yaml = pytest.importorskip("yaml")
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    return {hook["id"]: hook for hook in hooks}


def run(words: list[str], cwd: Path, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False, **more)


def git(repository: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    result = run(["git", *identity, *arguments], repository)
    assert result.returncode == 0, result.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a project in a folder of it, all committed."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    target = tmp_path / "repository"
    shutil.copytree(PROJECT, target / "backend", ignore=shutil.ignore_patterns(DIRECTORY))
    git(target, "init", "--quiet")
    git(target, "add", "--all")
    git(target, "commit", "--quiet", "--message", "start")
    return target


@pytest.fixture
def hooked(repository: Path, tmp_path: Path) -> Path:
    """The repository with the hooks."""
    pytest.importorskip("pre_commit")
    hooks = [
        {**hook, "language": "system", "entry": f"{shlex.quote(sys.executable)} -m {_as_module(hook['entry'])}"}
        for hook in definitions().values()
    ]
    (repository / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [{"repo": "local", "hooks": hooks}]}))
    git(repository, "add", "--all")
    return repository


def _as_module(entry: str) -> str:
    program, *arguments = entry.split()
    return " ".join([program.replace("-", "_"), *arguments])


def pre_commit(repository: Path, *arguments: str) -> str:
    """What pre-commit says of the staged files."""
    environment = {**os.environ, "PRE_COMMIT_HOME": str(repository.parent / "home"), "PRE_COMMIT_COLOR": "never"}
    return run([sys.executable, "-m", "pre_commit", "run", *arguments], repository, env=environment).stdout


def paths(output: str) -> set[str]:
    """The files that findings are in."""
    return {line.split("-->")[1].split(":")[0].strip() for line in headings(output)}


def headings(output: str) -> list[str]:
    """The lines that place findings, and not their evidence."""
    lines = output.splitlines()
    return [line for before, line in zip(lines, lines[1:]) if "-->" in line and not before.startswith("note:")]


def found(repository: Path, *arguments: str) -> list[str]:
    """The same of ``check``."""
    return headings(command("check", *arguments, cwd=repository).stdout)


def test_the_definitions_are_what_pre_commit_understands() -> None:
    pytest.importorskip("pre_commit")
    result = run([sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"], ROOT)
    assert (result.returncode, result.stdout) == (0, "")


def test_the_entries_are_commands(repository: Path) -> None:
    for hook in definitions().values():
        arguments = hook["entry"].split()[1:] + ([BOOKS] if hook.get("pass_filenames", True) else [])
        result = command(*arguments, cwd=repository / "backend")
        assert result.returncode == 1 and "FAL" in result.stdout, result.stderr
        assert hook["entry"].split()[0] == "fastapi-lint" and hook["require_serial"] is True


def test_the_hook_reports_of_the_staged_files_and_knows_the_project(hooked: Path) -> None:
    git(hooked, "commit", "--quiet", "--message", "hooks", "--no-verify")
    file = hooked / "backend" / BOOKS
    file.write_text(file.read_text() + "# changed\n")
    git(hooked, "add", "--all")
    output = pre_commit(hooked, "fastapi-lint")
    expected = found(hooked, f"backend/{BOOKS}")
    assert headings(output) == expected and "exit code: 1" in output
    # without the project around it, nobody would know that the routes are not protected
    assert "FAL301" in output and "FAL502" in output
    assert paths(output) == {f"backend/{BOOKS}"}


def test_the_hook_links_once_however_many_files(hooked: Path) -> None:
    output = pre_commit(hooked, "fastapi-lint", "--all-files", "--verbose")
    assert headings(output) == found(hooked)
    assert output.count("findings in ") == 1


def test_nothing_is_checked_without_python_files(hooked: Path) -> None:
    git(hooked, "commit", "--quiet", "--message", "hooks", "--no-verify")
    (hooked / "notes.txt").write_text("x")
    (hooked / "stub.pyi").write_text("x: int")
    git(hooked, "add", "--all")
    assert "no files to check" in pre_commit(hooked, "fastapi-lint")
    assert headings(pre_commit(hooked, "fastapi-lint-all")) == found(hooked)


def test_excluded_files_are_left_out(hooked: Path) -> None:
    (hooked / "backend/fastapi-lint.toml").write_text('extend-exclude = ["bookshop/routers/"]\n')
    git(hooked, "add", "--all")
    output = pre_commit(hooked, "fastapi-lint", "--files", f"backend/{BOOKS}")
    assert "Passed" in output and headings(output) == []
