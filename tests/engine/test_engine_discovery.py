"""Which files belong to a project, and which of them were asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Layer, configuration_of
from fastapi_lint.config.discovery import ProjectPlace, _find
from fastapi_lint.engine.discovery import Found, discover, group_by_project
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.run import existing


@pytest.fixture(autouse=True)
def forget() -> None:
    _find.cache_clear()


def make(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def find(
    root: Path,
    *paths: str,
    exclude: tuple[str, ...] | None = None,
    extend: tuple[str, ...] = (),
    force: bool = False,
    gitignore: bool = True,
) -> Found:
    said = {"extend-exclude": extend, "force-exclude": force, "respect-gitignore": gitignore}
    layer = Layer("a test", said if exclude is None else {**said, "exclude": exclude})
    wanted = [root / path for path in paths] if paths else [root]
    return discover(ProjectPlace(root, None, (root,)), wanted, configuration_of([layer]))


def test_python_files_are_found_in_order_and_the_rest_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path, "b.py", "a/z.py", "a/b/c.py", "readme.md", "a/stub.pyi", "script", ".hidden/x.py", "a/.#z.py")
    assert find(tmp_path).files == [".hidden/x.py", "a/b/c.py", "a/z.py", "b.py"]


def test_generated_folders_are_not_part_of_a_project(tmp_path: Path) -> None:
    make(tmp_path, "app.py", ".venv/a.py", "x/node_modules/a.py", "build/a.py", ".git/hooks/a.py", "build.py")
    make(tmp_path, "odd-name/pyvenv.cfg", "odd-name/lib/a.py")
    assert find(tmp_path).files == ["app.py", "build.py"]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        (("gen/",), ["a.py", "x/b_pb2.py", "x/keep/c.py"]),
        (("*_pb2.py",), ["a.py", "gen/g.py", "x/gen/h.py", "x/keep/c.py"]),
        (("/gen",), ["a.py", "x/b_pb2.py", "x/gen/h.py", "x/keep/c.py"]),
        (("x/**/c.py", "a.py"), ["gen/g.py", "x/b_pb2.py", "x/gen/h.py"]),
        (("x/*", "!x/keep"), ["a.py", "gen/g.py", "x/keep/c.py"]),
    ],
)
def test_patterns_are_those_of_git(tmp_path: Path, patterns: tuple[str, ...], left: list[str]) -> None:
    make(tmp_path, "a.py", "gen/g.py", "x/b_pb2.py", "x/gen/h.py", "x/keep/c.py", ".venv/a.py")
    assert find(tmp_path, extend=patterns).files == left
    assert find(tmp_path, exclude=(*patterns, ".venv")).files == left


def test_exclude_replaces_what_is_excluded_by_default(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "build/b.py")
    assert find(tmp_path, exclude=()).files == ["a.py", "build/b.py"]


def test_findings_are_wanted_of_what_was_asked_for(tmp_path: Path) -> None:
    make(tmp_path, "app/a.py", "app/b.py", "application.py", "tests/t.py")
    assert find(tmp_path, "app").wanted == {"app/a.py", "app/b.py"}
    assert find(tmp_path, "app/b.py", "tests").wanted == {"app/b.py", "tests/t.py"}
    assert find(tmp_path, "app").files == ["app/a.py", "app/b.py", "application.py", "tests/t.py"]


def test_a_file_that_is_asked_for_by_name_needs_no_suffix(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "manage")
    found = find(tmp_path, "manage")
    assert found.files == ["a.py", "manage"] and found.wanted == {"manage"}


def test_what_is_asked_for_is_read_even_if_it_is_excluded(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "gen/deep/g.py", "gen/deep/h.py", "gen/i.py", "gen/__pycache__/j.py")
    found = find(tmp_path, "gen/deep/g.py", extend=("gen/",))
    assert found.files == ["a.py", "gen/deep/g.py"] and found.wanted == {"gen/deep/g.py"} and found.excluded == []
    found = find(tmp_path, "gen/deep", "a.py", extend=("gen/",))
    assert found.files == ["a.py", "gen/deep/g.py", "gen/deep/h.py"]
    assert found.wanted == {"a.py", "gen/deep/g.py", "gen/deep/h.py"}
    assert find(tmp_path, "gen", extend=("gen/", "h.py")).files == ["a.py", "gen/deep/g.py", "gen/i.py"]


def test_exclusion_may_insist(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "gen/deep/g.py", "gen/i.py")
    found = find(tmp_path, "gen/deep/g.py", "gen", "a.py", extend=("gen/",), force=True)
    assert found.excluded == [tmp_path / "gen/deep/g.py", tmp_path / "gen"]
    assert found.wanted == {"a.py"} and found.files == ["a.py"]


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, ".git/HEAD", "a.py", "out/b.py", "x/out/c.py", "x/d.py", "x/y/e.py")
    (tmp_path / ".gitignore").write_text("/out/\nd.py\n")
    (tmp_path / "x/.gitignore").write_text("y\n!d.py\n")
    assert find(tmp_path).files == ["a.py", "x/d.py", "x/out/c.py"]
    assert find(tmp_path, extend=("!/out/", "a.py")).files == ["out/b.py", "x/d.py", "x/out/c.py"]
    assert find(tmp_path, "x/y").wanted == {"x/y/e.py"}
    assert find(tmp_path, gitignore=False).files == ["a.py", "out/b.py", "x/d.py", "x/out/c.py", "x/y/e.py"]


def test_links_to_folders_are_not_followed_and_loops_do_no_harm(tmp_path: Path) -> None:
    make(tmp_path, "app/a.py", "outside/b.py")
    (tmp_path / "app/loop").symlink_to(tmp_path / "app")
    (tmp_path / "app/out").symlink_to(tmp_path / "outside")
    (tmp_path / "app/self.py").symlink_to(tmp_path / "app/self.py")
    (tmp_path / "app/link.py").symlink_to(tmp_path / "app/a.py")
    (tmp_path / "app/folder.py").symlink_to(tmp_path / "outside")
    assert find(tmp_path, "app").wanted == {"app/a.py", "app/link.py", "app/self.py"}


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "folder.py/b.py")
    os.mkfifo(tmp_path / "pipe.py")
    assert find(tmp_path).files == ["a.py", "folder.py/b.py"]


def test_files_that_name_releases(tmp_path: Path) -> None:
    make(tmp_path, "uv.lock", "sub/requirements.txt", "sub/a.py", ".venv/requirements.txt")
    assert sorted(find(tmp_path).manifests) == [tmp_path / "sub/requirements.txt", tmp_path / "uv.lock"]


def test_a_folder_with_a_configuration_of_its_own_is_a_project_of_its_own(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "sub/b.py", "plain/pyproject.toml", "plain/c.py")
    (tmp_path / "sub/pyproject.toml").write_text("[tool.fastapi-lint]\n")
    found = find(tmp_path)
    assert found.files == ["a.py", "plain/c.py"] and found.nested == [tmp_path / "sub"]


def test_a_configuration_given_by_the_user_counts_for_all(tmp_path: Path) -> None:
    make(tmp_path, "a.py", "sub/b.py")
    (tmp_path / "sub/pyproject.toml").write_text("[tool.fastapi-lint]\n")
    found = discover(ProjectPlace(tmp_path, None, (tmp_path,)), [tmp_path], configuration_of(), split=False)
    assert found.files == ["a.py", "sub/b.py"] and found.nested == []


def test_paths_are_grouped_by_their_projects(tmp_path: Path) -> None:
    make(tmp_path, "one/a.py", "one/b.py", "two/setup.py", "two/c.py", "lib/pkg/__init__.py", "lib/pkg/d.py")
    (tmp_path / "one/fastapi-lint.toml").touch()
    paths = [tmp_path / path for path in ("one/a.py", "two/c.py", "one/b.py", "lib/pkg/d.py")]
    groups = group_by_project(paths)
    assert [(place.root.name, [path.name for path in given]) for place, given in groups.items()] == [
        ("one", ["a.py", "b.py"]),
        ("two", ["c.py"]),
        ("lib", ["d.py"]),
    ]
    assert [place.folders for place in groups][2] == (tmp_path / "lib/pkg",)


def test_paths_that_were_given_twice_count_once(tmp_path: Path) -> None:
    make(tmp_path, "app/a.py", "app/run")
    (tmp_path / "link").symlink_to(tmp_path / "app")
    given = [tmp_path / path for path in ("app", "app/a.py", "link", "app/../app", "app/run")]
    assert existing(given) == [tmp_path / "app", tmp_path / "app/run"]


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        existing([tmp_path / "nowhere"])
    with pytest.raises(UsageError, match="can't be looked at|does not exist"):
        existing([tmp_path / ("x" * 5000)])
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        existing([tmp_path / "pipe"])
