"""What has changed since a revision, as git sees it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from fastapi_lint.diagnostics import Diagnostic, Related
from fastapi_lint.engine import changes as module
from fastapi_lint.engine.changes import Changes, changes_since
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.layout import Layouts
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.facts.extract import extract
from fastapi_lint.text.location import Location, Position, Stretch
from fastapi_lint.text.source import Source

TEXT = "".join(f"line{number} = {number}\n" for number in range(1, 11))


class Repository:
    """A repository in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.git("init", "-q", "-b", "main")
        self.write("a.py", TEXT)
        self.commit()

    def git(self, *arguments: str) -> str:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        return subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True).stdout

    def write(self, name: str, text: str) -> None:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "a change")

    def changes(self, revision: str = "main", folder: str = "") -> Changes:
        return changes_since(self.root / folder, revision)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return Repository(tmp_path / "repository")


def replaced(*changes: tuple[str, str]) -> str:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def test_nothing_has_changed(repository: Repository) -> None:
    assert repository.changes() == Changes()


def test_lines_that_were_changed_added_and_taken_out(repository: Repository) -> None:
    changed = replaced(("line2 = 2", "line2 = 3"), ("line5 = 5\n", "line5 = 5\nx = 1\ny = 1\n"), ("line8 = 8\n", ""))
    repository.write("a.py", changed)
    assert repository.changes() == Changes({"a.py": [(2, 2), (6, 7)]}, {"a.py": [9]})


def test_staged_unstaged_and_untracked(repository: Repository) -> None:
    repository.write("staged.py", "x = 1\n")
    repository.git("add", "staged.py")
    repository.write("a.py", replaced(("line1 = 1", "line1 = 2")))
    repository.git("add", "a.py")
    repository.write("a.py", replaced(("line1 = 1", "line1 = 2"), ("line3 = 3", "line3 = 4")))
    repository.write("sub/untracked.py", "x = 1\n")
    repository.write(".gitignore", "ignored.py\n")
    repository.write("ignored.py", "x = 1\n")
    found = repository.changes("HEAD")
    assert found.lines == {"a.py": [(1, 1), (3, 3)], "staged.py": [(1, 1)]}
    assert sorted(found.untracked) == [".gitignore", "sub/untracked.py"]


def test_what_others_did_since_the_branch_left_does_not_count(repository: Repository) -> None:
    repository.git("checkout", "-q", "-b", "work")
    repository.write("a.py", replaced(("line2 = 2", "line2 = 3")))
    repository.commit()
    repository.git("checkout", "-q", "main")
    repository.write("a.py", replaced(("line9 = 9", "line9 = 8")))
    repository.write("b.py", "x = 1\n")
    repository.commit()
    repository.git("checkout", "-q", "work")
    assert repository.changes("main").lines == {"a.py": [(2, 2)]}
    repository.git("tag", "v1", "main~1")
    assert repository.changes("v1").lines == {"a.py": [(2, 2)]}
    assert repository.changes("HEAD").lines == {}


def test_renamed_files_are_followed(repository: Repository) -> None:
    repository.git("mv", "a.py", "b.py")
    assert repository.changes() == Changes()
    (repository.root / "sub").mkdir()
    repository.git("mv", "b.py", "sub/c.py")
    repository.write("sub/c.py", replaced(("line4 = 4", "line4 = 5")))
    repository.commit()
    assert repository.changes("HEAD~1").lines == {"sub/c.py": [(4, 4)]}
    assert repository.changes("HEAD~1", "sub").lines == {"c.py": [(4, 4)]}


def test_projects_below_the_root_of_the_repository(repository: Repository) -> None:
    repository.write("shop/app/a.py", TEXT)
    repository.write("shopping/a.py", TEXT)
    repository.commit()
    for name in ("shop/app/a.py", "shopping/a.py"):
        repository.write(name, replaced(("line2 = 2", "line2 = 3")))
    repository.write("shop/new.py", "x = 1\n")
    repository.write("other.py", "x = 1\n")
    assert repository.changes("HEAD", "shop") == Changes({"app/a.py": [(2, 2)]}, {}, ("new.py",))


@pytest.mark.parametrize(
    "name",
    ["with space.py", 'with"quote.py', "bücher.py", "with\ttab.py", "with\nnewline.py", "back\\slash.py", "-x.py"],
)
def test_odd_names(repository: Repository, name: str) -> None:
    repository.write(name, TEXT)
    repository.commit()
    repository.write(name, replaced(("line2 = 2", "line2 = 3")))
    assert repository.changes("HEAD").lines == {name: [(2, 2)]}
    repository.write(f"sub/{name}", "x = 1\n")
    assert repository.changes("HEAD").untracked == (f"sub/{name}",)


def test_texts_that_look_like_a_patch(repository: Repository) -> None:
    repository.write("a.py", TEXT + "s = '''\n++ x.py\n@@ -1 +5 @@\n-- y.py\n'''")
    assert repository.changes().lines == {"a.py": [(11, 15)]}
    repository.commit()
    repository.write("a.py", TEXT + "s = '''\n++ z.py\n@@ -1 +6 @@\n'''\n+x = 1")
    assert repository.changes("HEAD").lines == {"a.py": [(12, 15)]}


@pytest.mark.parametrize(
    "setting",
    [
        *["diff.noprefix=true", "diff.mnemonicPrefix=true", "diff.relative=true", "diff.renames=false"],
        *["diff.context=5", "diff.interHunkContext=9", "diff.external=false", "color.ui=always", "core.quotePath=true"],
        *[
            "diff.orderFile=/dev/null",
            "core.autocrlf=input",
            "diff.algorithm=histogram",
            "status.showUntrackedFiles=no",
        ],
    ],
)
def test_the_configuration_of_git_does_not_matter(repository: Repository, setting: str) -> None:
    repository.git("config", *setting.split("="))
    repository.write("sub/a.py", TEXT)
    repository.write("sub/b.py", TEXT.replace("line", "text"))
    repository.commit()
    repository.git("mv", "sub/b.py", "sub/bücher.py")
    repository.write("sub/bücher.py", TEXT.replace("line", "text").replace("text2 = 2", "text2 = 3"))
    repository.write("sub/a.py", replaced(("line2 = 2", "line2 = 3"), ("line5 = 5", "line5 = 6")))
    repository.write("sub/new.py", "x = 1\n")
    expected = Changes({"a.py": [(2, 2), (5, 5)], "bücher.py": [(2, 2)]}, {}, ("new.py",))
    assert repository.changes("HEAD", "sub") == expected


def test_files_that_git_takes_for_binary(repository: Repository) -> None:
    repository.write(".gitattributes", "*.py -diff\n")
    repository.write("a.py", replaced(("line2 = 2", "line2 = 3")))
    assert repository.changes().lines == {"a.py": [(2, 2)]}


def test_variables_that_git_sets_for_hooks_do_not_mislead(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("sub/a.py", TEXT)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    assert repository.changes("HEAD", "sub").untracked == ("a.py",)


def test_files_that_are_python_without_being_called_so(repository: Repository) -> None:
    repository.write("sub/manage", TEXT)
    repository.write("data.txt", TEXT)
    repository.commit()
    repository.write("sub/manage", replaced(("line2 = 2", "line2 = 3")))
    repository.write("data.txt", "")
    assert changes_since(repository.root, "HEAD", ["sub/manage"]).lines == {"sub/manage": [(2, 2)]}
    assert changes_since(repository.root / "sub", "HEAD", ["manage"]).lines == {"manage": [(2, 2)]}
    assert repository.changes("HEAD").lines == {}


def test_a_repository_inside_that_git_does_not_look_into(repository: Repository) -> None:
    Repository(repository.root / "inner")
    found = repository.changes("HEAD")
    assert found.untracked == ("inner/",)
    assert found.touch(diagnostic("inner/a.py", 3), layouts(repository.root))


@pytest.mark.parametrize("revision", ["", "-x", "--output=x", "nothing", "main..main", "^main", "HEAD:a.py", "a\0b"])
def test_what_is_no_revision(repository: Repository, revision: str) -> None:
    with pytest.raises(UsageError, match="--since: git knows no revision"):
        repository.changes(revision)
    assert sorted(path.name for path in repository.root.iterdir()) == [".git", "a.py"]


@pytest.mark.parametrize("revision", ["main", "HEAD", "HEAD^0", "@", ":/change", "main@{0}"])
def test_what_is_a_revision(repository: Repository, revision: str) -> None:
    assert repository.changes(revision) == Changes()


def test_what_git_cannot_answer(repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.git("checkout", "-q", "--orphan", "other")
    repository.write("b.py", TEXT)
    repository.commit()
    with pytest.raises(UsageError, match="HEAD has no commit in common with `main`"):
        repository.changes()
    (tmp_path / "plain").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    with pytest.raises(UsageError, match="git says of .*plain: not a git repository"):
        changes_since(tmp_path / "plain", "HEAD")
    repository.git("init", "-q", str(tmp_path / "plain"))
    with pytest.raises(UsageError, match="git knows no revision `HEAD`"):
        changes_since(tmp_path / "plain", "HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="git can't be run: No such file"):
        repository.changes()


CODE = """\
@app.post(
    "/a",
)
@limited
def a(
    x: int,
):
    y = (
        1
    )
    return y
"""


def layouts(root: Path) -> Layouts:
    facts = {"a.py": extract(Source.from_bytes(CODE.encode(), "a.py"))}
    return Layouts(facts, SourceLines(root))


def diagnostic(path: str, line: int, last: int | None = None, *, code: str = "FAL101", **more: object) -> Diagnostic:
    place = Location(path, Position(line, 1), Position(last or line, 2))
    return Diagnostic(code, "a-rule", "", place, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("finding", "touched"),
    [
        ((1, 3), {1, 2, 3, 4, 5, 6, 7}),
        ((4, 4), {1, 2, 3, 4, 5, 6, 7}),
        ((6, 6), {1, 2, 3, 4, 5, 6, 7}),
        ((9, 9), {8, 9, 10}),
        ((11, 11), {11}),
        ((8, 11), {8, 9, 10, 11}),
    ],
)
def test_what_touches_a_finding(tmp_path: Path, finding: tuple[int, int], touched: set[int]) -> None:
    (tmp_path / "a.py").write_text(CODE)
    found = diagnostic("a.py", *finding)
    beside = Related("evidence", found.location)
    elsewhere = diagnostic("b.py", 1, related=(Related("nowhere"), beside))
    for one in (found, elsewhere):
        changed = {line for line in range(1, 12) if Changes({"a.py": [(line, line)]}).touch(one, layouts(tmp_path))}
        assert changed == touched
        gaps = {line for line in range(12) if Changes({}, {"a.py": [line]}).touch(one, layouts(tmp_path))}
        assert gaps == touched - {max(touched)}
    assert Changes({"a.py": [(1, 99)]}).touch(found, layouts(tmp_path))
    assert not Changes({"b.py": [(1, 99)]}).touch(found, layouts(tmp_path))


def test_new_files_are_touched_as_a_whole(tmp_path: Path) -> None:
    changes = Changes(untracked=("a.py", "sub/"))
    for path, touched in (("a.py", True), ("sub/b.py", True), ("b/a.py", False), ("subs/b.py", False)):
        assert changes.touch(diagnostic(path, 1), layouts(tmp_path)) is touched


def test_files_that_cannot_be_analysed(tmp_path: Path) -> None:
    broken = diagnostic("a.py", 1, code="FAL001")
    assert Changes({"a.py": [(9, 9)]}).touch(broken, layouts(tmp_path))
    assert Changes({}, {"a.py": [9]}).touch(broken, layouts(tmp_path))
    assert Changes(untracked=("a.py",)).touch(broken, layouts(tmp_path))
    assert not Changes({"b.py": [(1, 1)]}).touch(broken, layouts(tmp_path))
    assert Changes().touch(diagnostic(".", 1, code="FAL000"), layouts(tmp_path))


def test_hunks_without_a_last_line_end() -> None:
    patch = b"--- a.py\n+++ a.py\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+++ y\n@@ -5,0 +6,2 @@\n+a\n+b\n"
    assert list(module._hunks(patch)) == [("a.py", (1, 1)), ("a.py", (6, 2))]


@pytest.mark.parametrize(
    ("lines", "gaps", "after", "new_lines", "new_gaps"),
    [
        ([(2, 3)], [4], "abcdef", [(2, 3)], [4]),
        ([(2, 3)], [4], "xabcdef", [(1, 1), (3, 4)], [5]),
        ([(2, 4)], [], "abxcdef", [(2, 2), (3, 3), (4, 5)], []),
        ([(2, 4)], [], "abdef", [(2, 2), (3, 3)], [2]),
        ([(1, 6)], [], "", [], [0]),
        ([], [], "abXdef", [(3, 3)], []),
    ],
)
def test_changes_follow_a_text_that_is_edited(
    lines: list[Stretch], gaps: list[int], after: str, new_lines: list[Stretch], new_gaps: list[int]
) -> None:
    changes = Changes({"a.py": list(lines)}, {"a.py": list(gaps)})
    changes.follow("a.py", "abcdef", after)
    assert (sorted(changes.lines.get("a.py", [])), changes.gaps.get("a.py", [])) == (new_lines, new_gaps)
