"""Where a project begins and where its configuration stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config import discovery
from fastapi_lint.config.discovery import ProjectPlace, find_project


@pytest.fixture(autouse=True)
def forget() -> None:
    discovery._find.cache_clear()


def make(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def configure(folder: Path) -> Path:
    file = folder / "pyproject.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[tool.fastapi-lint]\n")
    return file


def test_the_nearest_configuration_marks_the_root(tmp_path: Path) -> None:
    make(tmp_path, "repo/.git/HEAD", "repo/backend/app/main.py", "repo/backend/app/pyproject.toml")
    outer, inner = configure(tmp_path / "repo"), configure(tmp_path / "repo/backend")
    root = tmp_path / "repo/backend"
    assert find_project(root / "app/main.py") == ProjectPlace(root, inner, (root,))
    assert find_project(tmp_path / "repo").config_file == outer


def test_our_own_file_comes_before_a_pyproject(tmp_path: Path) -> None:
    configure(tmp_path)
    make(tmp_path, "fastapi-lint.toml", "main.py")
    assert find_project(tmp_path / "main.py").config_file == tmp_path / "fastapi-lint.toml"


def test_a_pyproject_that_only_mentions_us_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["fastapi-lint"]\n')
    assert find_project(tmp_path) == ProjectPlace(tmp_path, None, (tmp_path,))


def test_a_broken_pyproject_that_mentions_us_is_found_so_that_it_is_complained_about(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.fastapi-lint\n")
    assert find_project(tmp_path).config_file == tmp_path / "pyproject.toml"


def test_a_broken_pyproject_of_others_is_none_of_our_business(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other\n")
    assert find_project(tmp_path).config_file is None


def test_without_configuration_the_repository_is_the_project(tmp_path: Path) -> None:
    make(tmp_path, "repo/.git/HEAD", "repo/services/a/pyproject.toml", "repo/services/a/main.py")
    assert find_project(tmp_path / "repo/services/a/main.py").root == tmp_path / "repo"


def test_a_worktree_is_a_repository_too(tmp_path: Path) -> None:
    make(tmp_path, "repo/.git", "repo/app/main.py")
    assert find_project(tmp_path / "repo/app").root == tmp_path / "repo"


def test_without_a_repository_the_nearest_build_file_decides(tmp_path: Path) -> None:
    make(tmp_path, "x/setup.py", "x/y/setup.cfg", "x/y/app/main.py")
    assert find_project(tmp_path / "x/y/app/main.py").root == tmp_path / "x/y"


def test_without_any_mark_the_outermost_package_decides(tmp_path: Path) -> None:
    make(tmp_path, "lib/app/__init__.py", "lib/app/api/__init__.py", "lib/app/api/users.py", "lib/other.py")
    expected = ProjectPlace(tmp_path / "lib", None, (tmp_path / "lib/app",))
    assert find_project(tmp_path / "lib/app/api/users.py") == expected
    assert find_project(tmp_path / "lib/app") == expected
    assert find_project(tmp_path / "lib").folders == (tmp_path / "lib",)


def test_a_home_folder_under_version_control_is_not_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    make(tmp_path, ".git/HEAD", "x/main.py")
    assert find_project(tmp_path / "x/main.py").root == tmp_path / "x"


def test_what_is_asked_for_inside_a_generated_folder_is_a_project_of_its_own(tmp_path: Path) -> None:
    configure(tmp_path)
    make(tmp_path, ".venv/lib/site-packages/pkg/__init__.py")
    inside = tmp_path / ".venv/lib/site-packages"
    assert find_project(inside / "pkg/__init__.py").root == inside
    assert find_project(inside).root == inside


def test_a_configuration_given_by_the_user_says_nothing_of_the_root_unless_it_stands_above(tmp_path: Path) -> None:
    make(tmp_path, "repo/.git/HEAD", "repo/app/main.py", "repo/ci/strict.toml", "repo/app/strict.toml")
    root, beside, above = tmp_path / "repo", tmp_path / "repo/ci/strict.toml", tmp_path / "repo/app/strict.toml"
    assert find_project(root / "app", beside) == ProjectPlace(root, beside, (root,))
    assert find_project(root / "app/main.py", above) == ProjectPlace(root / "app", above, (root / "app",))
