"""What is left out of a project, held against recorded answers of git and tried on small repositories."""

from __future__ import annotations

import json
from pathlib import Path

from record_gitignore import ANSWERS, write

from fastapi_lint.config.configuration import Layer, configuration_of
from fastapi_lint.engine.exclusion import Exclusion


def exclusion(root: Path, *patterns: str, respect: bool = True) -> Exclusion:
    said = {"exclude": patterns, "respect-gitignore": respect}
    return Exclusion(root, configuration_of([Layer("a test", said)]))


def test_git_and_we_ignore_the_same(tmp_path: Path) -> None:
    answers = json.loads(ANSWERS.read_text(encoding="utf-8"))
    (tmp_path / ".git").mkdir()
    different = []
    for case in answers["cases"]:
        write(tmp_path, case["files"])
        ours = exclusion(tmp_path)
        ignored = sorted(path for path in answers["tree"] if ours.covers(path, is_folder=False))
        if ignored != case["ignored"]:
            different.append((case["files"], sorted(set(ignored) ^ set(case["ignored"]))))
    assert different == []
    assert len(answers["cases"]) == 500


def repository(root: Path, **ignores: str) -> None:
    """A repository with ignore files: by folder, with ``__`` for a slash."""
    (root / ".git").mkdir(parents=True, exist_ok=True)
    for folder, text in ignores.items():
        file = root / folder.replace("__", "/").replace("top", ".") / ".gitignore"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def test_files_above_the_project_count_up_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("outside.py\n")
    repository(tmp_path / "repo", top="/services/*/gen\na.py\n", services="!a.py\nb.py\n")
    root = tmp_path / "repo/services/one"
    root.mkdir(parents=True)
    ours = exclusion(root)
    assert ours.covers("gen/x.py", False) and ours.covers("b.py", False)
    assert not ours.covers("a.py", False) and not ours.covers("x/gen/x.py", False)
    assert not ours.covers("outside.py", False)


def test_without_a_repository_nothing_is_ignored(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*\n")
    assert not exclusion(tmp_path).covers("a.py", False)


def test_a_project_that_is_ignored_as_a_whole_is_checked_all_the_same(tmp_path: Path) -> None:
    repository(tmp_path, top="scratch/\n*.py\n", scratch__one="b.py\n")
    ours = exclusion(tmp_path / "scratch/one")
    assert not ours.covers("a.py", False) and ours.covers("b.py", False)


def test_a_worktree_and_a_submodule(tmp_path: Path) -> None:
    repository(tmp_path / "main")
    for folder in ("main/.git/info", "main/.git/worktrees/tree", "main/.git/modules/sub/info", "tree", "main/sub"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "main/.git/info/exclude").write_text("a.py\n")
    (tmp_path / "main/.git/worktrees/tree/commondir").write_text("../..\n")
    (tmp_path / "tree/.git").write_text(f"gitdir: {tmp_path}/main/.git/worktrees/tree\n")
    assert exclusion(tmp_path / "tree").covers("a.py", False)
    (tmp_path / "main/.git/modules/sub/info/exclude").write_text("b.py\n")
    (tmp_path / "main/sub/.git").write_text("gitdir: ../.git/modules/sub\n")
    ours = exclusion(tmp_path / "main/sub")
    assert ours.covers("b.py", False) and not ours.covers("a.py", False)


def test_files_that_cannot_be_used_say_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(b"\x00\xff")
    (tmp_path / ".gitignore").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/.gitignore").write_bytes(b"caf\xe9.py\n[\n\x00\n*.pyi\n")
    ours = exclusion(tmp_path)
    assert not ours.covers("a.py", False) and not ours.covers("sub/a.py", False)
    assert ours.covers("sub/a.pyi", False) and ours.covers("sub/caf\udce9.py", False)


def test_the_configuration_goes_before_git(tmp_path: Path) -> None:
    repository(tmp_path, top="gen/\n!kept.py\n")
    ours = exclusion(tmp_path, "!gen/", "kept.py")
    assert not ours.covers("gen/a.py", False) and ours.covers("kept.py", False)
    assert not exclusion(tmp_path, respect=False).covers("gen/a.py", False)
