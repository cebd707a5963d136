"""``check --since`` and ``check --add-noqa``: what they report, and what they say."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fastapi_lint.cli import main
from fastapi_lint.config.discovery import _find

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"


class Ended:
    """How a command ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


def git(*arguments: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    shutil.copytree(PROJECT, tmp_path / "work/shop")
    (tmp_path / "work/shop/fastapi-lint.toml").touch()
    monkeypatch.chdir(tmp_path / "work/shop")
    git("init", "-q", "-b", "main", "..")
    git("add", "-A")
    git("commit", "-q", "-m", "all of it")
    _find.cache_clear()

    def run(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main.main(["check", "--no-cache", "--jobs", "1", "--format", "concise", *arguments])
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, *capsys.readouterr())

    yield run
    _find.cache_clear()


def edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text()
    assert old in text
    Path(path).write_text(text.replace(old, new))


def places(ended: Ended) -> list[str]:
    return [" ".join(line.split()[:2]) for line in ended.out.splitlines()]


def test_only_what_touches_a_change_is_reported(check) -> None:  # type: ignore[no-untyped-def]
    ended = check("--since", "main")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "note: 12 findings where nothing has changed since main.\nNo findings.\n"
    edit("bookshop/routers/books.py", "time.sleep(1)", "time.sleep(2)")
    Path("bookshop/new.py").write_text("x = (\n")
    ended = check("--since", "main")
    assert ended.status == 1
    assert places(ended) == ["bookshop/new.py:1:5: FAL001", "bookshop/routers/books.py:57:13: FAL501"]
    assert ended.err.startswith("note: 11 findings where nothing has changed since main.\n2 findings")
    git("add", "-A")
    git("commit", "-q", "-m", "more")
    assert check("--since", "HEAD").status == 0
    assert len(places(check("--since", "HEAD~1"))) == 2
    assert len(places(check("--since", "HEAD~1", "bookshop/new.py"))) == 1


def test_a_login_that_was_taken_out_of_a_signature_shows(check) -> None:  # type: ignore[no-untyped-def]
    edit(
        "bookshop/routers/books.py",
        '@router.delete("/{book_id}", dependencies=[Depends(require_staff)])',
        """\
@router.delete(
    "/{book_id}",
    dependencies=[Depends(require_staff)],
)""",
    )
    git("commit", "-q", "-a", "-m", "another form")
    edit("bookshop/routers/books.py", "    dependencies=[Depends(require_staff)],\n)", ")")
    assert "bookshop/routers/books.py:70:2: FAL301" in places(check("--since", "HEAD"))


def test_evidence_elsewhere_counts(check) -> None:  # type: ignore[no-untyped-def]
    edit("bookshop/stock.py", "requests.get(", "requests.get( ")
    assert places(check("--since", "HEAD")) == ["bookshop/routers/books.py:55:31: FAL502"]


def test_it_works_from_anywhere(check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    edit("bookshop/routers/books.py", "time.sleep(1)", "time.sleep(2)")
    for folder, path in ((".", "bookshop"), ("bookshop/routers", "."), (tmp_path, "work/shop"), (tmp_path, "work")):
        monkeypatch.chdir(tmp_path / "work/shop")
        monkeypatch.chdir(folder)
        assert [place.rpartition("/")[2] for place in places(check(path, "--since", "HEAD"))] == [
            "books.py:57:13: FAL501"
        ]


def test_findings_in_the_configuration(check) -> None:  # type: ignore[no-untyped-def]
    Path("fastapi-lint.toml").write_text('public-paths = ["/nowhere"]\n')
    assert places(check("--since", "HEAD")) == ["fastapi-lint.toml:1:17: FAL005"]
    ended = check("--since", "HEAD", "--add-noqa")
    assert places(ended) == ["fastapi-lint.toml:1:17: FAL005"] and "Added 0 noqa comments" in ended.err
    git("commit", "-q", "-a", "-m", "more")
    assert check("--since", "HEAD").status == 0


def test_a_baseline_goes_first(check) -> None:  # type: ignore[no-untyped-def]
    command = [sys.executable, "-m", "fastapi_lint", "baseline", "create", "--no-cache"]
    subprocess.run(command, check=True, capture_output=True)
    edit("bookshop/routers/books.py", "time.sleep(1)", "time.sleep(2); time.sleep(1)")
    ended = check("--since", "HEAD", "--baseline", "fastapi-lint-baseline.json")
    assert places(ended) == ["bookshop/routers/books.py:57:13: FAL501", "bookshop/routers/books.py:57:28: FAL501"]


@pytest.mark.parametrize("revision", ["nothing", "--all", "-1", ""])
def test_what_is_no_revision(check, revision: str) -> None:  # type: ignore[no-untyped-def]
    ended = check(f"--since={revision}")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"fastapi-lint: --since: git knows no revision `{revision}`.\n"


def test_no_repository_and_no_git(check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = check("--since", "main")
    assert (ended.status, ended.err) == (2, "fastapi-lint: --since: git can't be run: No such file or directory.\n")
    monkeypatch.undo()
    shutil.rmtree(tmp_path / "work/.git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.chdir(tmp_path / "work/shop")
    ended = check("--since", "main")
    assert ended.status == 2 and ended.err.startswith("fastapi-lint: --since: git says of .: not a git repository")
    assert ended.err.count("\n") == 1


def test_comments_are_added_once(check) -> None:  # type: ignore[no-untyped-def]
    Path("bookshop/broken.py").write_text("x = (\n")
    ended = check("--add-noqa", "--reason", "until the audit")
    assert ended.status == 1 and places(ended) == ["bookshop/broken.py:1:5: FAL001"]
    assert ended.err.startswith("Added 11 noqa comments in 4 files: 12 findings silenced.\n1 finding")
    assert "time.sleep(1)  # noqa: FAL501  until the audit\n" in Path("bookshop/routers/books.py").read_text()
    before = {file: file.read_bytes() for file in Path().rglob("*.py")}
    ended = check("--add-noqa")
    assert ended.err.startswith("Added 0 noqa comments in 0 files: 0 findings silenced.\n")
    assert {file: file.read_bytes() for file in Path().rglob("*.py")} == before
    assert places(check()) == ["bookshop/broken.py:1:5: FAL001"]


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (["--add-noqa"], "--add-noqa: standard input can't be changed."),
        (["--since", "HEAD"], "--since: git knows nothing of what standard input holds."),
    ],
)
def test_standard_input(check, monkeypatch: pytest.MonkeyPatch, option: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x = 1\n")))
    ended = check(*option, "--stdin-filename", "bookshop/config.py")
    assert (ended.status, ended.err) == (2, f"fastapi-lint: {said}\n")


def test_comments_are_added_only_for_what_would_be_reported(check) -> None:  # type: ignore[no-untyped-def]
    edit("bookshop/routers/books.py", "time.sleep(1)", "time.sleep(2)")
    assert "Added 1 noqa comment in 1 file: 1 finding silenced.\n" in check("--since", "HEAD", "--add-noqa").err
    assert len(places(check())) == 11


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reason", "why"], "--reason: there is no --add-noqa that it belongs to."),
        (["--add-noqa", "--reason", "E2E"], "--reason: flake8 would take the beginning of `E2E` for a code."),
        (["--add-noqa", "--reason", "a\nb"], "--reason: expected one line of text."),
    ],
)
def test_reasons_that_cannot_be(check, arguments: list[str], said: str) -> None:  # type: ignore[no-untyped-def]
    ended = check(*arguments)
    assert (ended.status, ended.out, ended.err) == (2, "", f"fastapi-lint: {said}\n")
