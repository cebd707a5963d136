"""``check --fix`` and its kin: exit codes, patches, and what goes to which stream."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fastapi_lint.cli import main

HEAD = "from fastapi import FastAPI\n\napp = FastAPI()\n"
BEFORE = HEAD + '\n\n@app.api_route("/a", methods=["GET"])\ndef a() -> int:\n    return 1\n'
AFTER = HEAD + '\n\n@app.get("/a")\ndef a() -> int:\n    return 1\n'
MORE = '\n\n@app.get("/b", response_model=dict)\ndef b() -> dict:\n    return {}\n'
ONLY = ("--select", "FAL124")


class Ended:
    """How a command ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


Command = Callable[..., Ended]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main.main(["check", "--no-cache", "--jobs", "1", *arguments])
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, *capfd.readouterr())

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text(BEFORE)
    return tmp_path / "main.py"


def test_all_fixed_is_nothing_found(file: Path, command: Command) -> None:
    ended = command("--fix", *ONLY)
    assert (ended.status, ended.out) == (0, "") and file.read_text() == AFTER
    assert ended.err == "Fixed 1 finding in 1 file: 1 FAL124.\nNo findings.\n"


def test_what_is_left_counts(file: Path, command: Command) -> None:
    file.write_text(BEFORE + MORE)
    ended = command("--fix", "--select", "FAL124,FAL133", "--unfixable", "FAL133", "--format", "concise")
    assert ended.status == 1 and "FAL133" in ended.out and "FAL124" not in ended.out
    assert file.read_text() == AFTER + MORE


def test_all_fixed_can_be_a_failure(file: Path, command: Command) -> None:
    assert command("--fix", "--exit-non-zero-on-fix", *ONLY).status == 1
    assert file.read_text() == AFTER and command("--fix", "--exit-non-zero-on-fix", *ONLY).status == 0


def test_without_fix_nothing_is_changed(file: Path, command: Command) -> None:
    for options in ([], ["--unsafe-fixes"], ["--exit-non-zero-on-fix"]):
        assert command(*options, *ONLY).status == 1 and file.read_text() == BEFORE


def test_a_patch(file: Path, command: Command) -> None:
    ended = command("--diff", *ONLY)
    assert ended.status == 1 and file.read_text() == BEFORE
    assert ended.err == "Would fix 1 finding in 1 file: 1 FAL124.\n"
    assert ended.out.startswith("--- a/main.py\n+++ b/main.py\n@@ ") and '\n+@app.get("/a")\n' in ended.out
    file.write_text(AFTER)
    ended = command("--diff", *ONLY)
    assert (ended.status, ended.out) == (0, "")


def test_findings_that_no_patch_mends_do_not_count_with_it(file: Path, command: Command) -> None:
    assert command("--diff", "--unfixable", "ALL").status == 0
    assert command("--diff", "--fixable", "FAL133", *ONLY).status == 0
    assert command("--diff", "--fixable", "FAL124", "--unfixable", "FAL1", *ONLY).status == 1, "the narrower word wins"


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
@pytest.mark.parametrize("where", [".", "api"])
def test_a_patch_makes_what_a_fix_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command, where: str
) -> None:
    odd = {
        "crlf.py": BEFORE.replace("\n", "\r\n").encode(),
        "bom.py": b"\xef\xbb\xbf" + BEFORE.encode(),
        "latin.py": b"# coding: latin-1\n# \xe4\n" + BEFORE.encode(),
        "end.py": BEFORE.replace("\n\n\n", "\n").replace(":\n    return 1\n", ": ...").encode(),
        "wide.py": "# 𝔘\n".encode() + BEFORE.encode(),
        "with space/ünï.py": b"x = 1\x0c\n" + BEFORE.encode(),
        "pages.py": b"\x0c\n" + BEFORE.encode(),
        "clean.py": b"x = 1\n",
    }
    names = {f"api/{name}": data for name, data in odd.items()}
    patched, fixed = tmp_path / "patched", tmp_path / "fixed"
    for folder in (patched, fixed):
        for name, data in names.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    monkeypatch.chdir(fixed / where)
    assert command("--fix", *ONLY).status == 0
    monkeypatch.chdir(patched / where)
    with (tmp_path / "patch").open("wb") as stream:
        diff = [sys.executable, "-m", "fastapi_lint", "check", "--diff", "--no-cache", *ONLY]
        run = subprocess.run(diff, stdout=stream, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 1, run.stderr
    subprocess.run(["git", "apply", str(tmp_path / "patch")], check=True)
    for name in names:
        assert (patched / name).read_bytes() == (fixed / name).read_bytes(), name
        assert ("clean" in name) == ((fixed / name).read_bytes() == names[name])


def test_standard_input_is_fixed_to_standard_output(
    file: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def given(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    file.write_text("x = 1\n")
    for name in ("main.py", "new.py"):
        given(BEFORE + MORE)
        ended = command("--fix", "--stdin-filename", name, "--select", "FAL124,FAL133", "--unfixable", "FAL133", "-")
        assert ended.status == 1 and ended.out == AFTER + MORE and "FAL133" in ended.err
    given(AFTER)
    assert command("--fix", "-", *ONLY).out == AFTER
    given(BEFORE)
    assert command("--diff", "--stdin-filename", "main.py", *ONLY).out.startswith("--- a/main.py\n")
    assert file.read_text() == "x = 1\n"


def test_what_is_not_fixed_is_said(file: Path, command: Command) -> None:
    file.write_text("# @generated\n" + BEFORE)
    ended = command("--fix", "--quiet", "--format", "concise", *ONLY)
    assert ended.status == 1 and ended.out.count("\n") == 1
    assert ended.err == "warning: main.py is not fixed: it is generated, and what made it would undo the fix.\n"


def test_a_patch_and_comments_exclude_each_other(file: Path, command: Command) -> None:
    assert command("--diff", "--add-noqa").status == 2


def test_what_has_no_fix_can_be_silenced_in_the_same_run(file: Path, command: Command) -> None:
    file.write_text(BEFORE + MORE)
    ended = command("--fix", "--add-noqa", "--select", "FAL124,FAL133", "--unfixable", "FAL133")
    assert ended.status == 0 and file.read_text() == AFTER + MORE.replace("dict)", "dict)  # noqa: FAL133", 1)


@pytest.mark.parametrize(("options", "shown"), [((), True), (("--unfixable", "FAL124"), False)])
def test_reports_show_fixes(file: Path, command: Command, options: tuple[str, ...], shown: bool) -> None:
    findings = json.loads(command("--format", "json", *ONLY, *options).out)["findings"]
    assert (findings[0]["fix"] is not None) == shown
    if shown:
        text = BEFORE
        for edit in sorted(findings[0]["fix"]["edits"], key=lambda edit: -edit["start"]):
            text = text[: edit["start"]] + edit["replacement"] + text[edit["end"] :]
        assert text == AFTER and findings[0]["fix"]["safe"] is True
    sarif = json.loads(command("--format", "sarif", *ONLY, *options).out)
    assert ("fixes" in sarif["runs"][0]["results"][0]) == shown
    assert ("help: write `.get`" in command(*ONLY, *options).out) == shown


def test_the_summary_says_what_can_be_fixed(file: Path, command: Command) -> None:
    assert command(*ONLY).err == "1 finding in 1 file.\n1 can be fixed with --fix.\n"
    assert command(*ONLY, "--unfixable", "ALL").err == "1 finding in 1 file.\n"


def test_the_fix_of_one_edit_is_a_suggestion(file: Path, command: Command) -> None:
    file.write_text(BEFORE.replace(', methods=["GET"]', ""))
    (diagnostic,) = json.loads(command("--format", "rdjson", *ONLY).out)["diagnostics"]
    (suggestion,) = diagnostic["suggestions"]
    assert suggestion == {
        "range": {"start": {"line": 6, "column": 6}, "end": {"line": 6, "column": 15}},
        "text": "get",
    }
