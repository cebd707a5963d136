"""Where the findings go and how they look: files, colours, statistics, progress, encodings and exit codes."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fastapi_lint.cli import main, progress
from fastapi_lint.report.formats import FOR_PEOPLE, NAMES

CLEAN = "from fastapi import FastAPI\n\napp = FastAPI()\n"
BROKEN = "from fastapi import FastAPI\n\napp = FastAPI(\n"
OPTIONS = ("check", "--no-cache", "--jobs", "1")


class Stream(io.TextIOWrapper):
    """A standard stream that remembers what was written, and may say that it is a terminal."""

    def __init__(self, encoding: str = "utf-8", terminal: bool = False, errors: str = "strict") -> None:
        self.written, self._terminal = io.BytesIO(), terminal
        super().__init__(self.written, encoding, errors, newline="\n", write_through=True)

    def isatty(self) -> bool:
        return self._terminal


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: object
    out: bytes
    err: bytes


Check = Callable[..., Ended]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs the command in the folder of the test."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, encoding: str = "utf-8", terminal: bool = False) -> Ended:
        out, err = Stream(encoding, terminal), Stream(encoding, terminal, "backslashreplace")
        with monkeypatch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            main.main([*OPTIONS, *arguments])
        return Ended(ended.value.code, out.written.getvalue(), err.written.getvalue())

    return run


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A project with one finding."""
    (tmp_path / "main.py").write_text(BROKEN)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_exit_codes_are_those_of_every_format(tmp_path: Path, check: Check, name: str) -> None:
    (tmp_path / "main.py").write_text(CLEAN)
    assert check("--format", name).status == 0
    (tmp_path / "main.py").write_text(BROKEN)
    assert check("--format", name).status == 1
    assert check("--format", name, "--exit-zero").status == 0
    wrong = check("--format", name, "nowhere")
    assert (wrong.status, wrong.out) == (2, b"")


@pytest.mark.parametrize("name", NAMES)
def test_an_internal_error_ends_with_2(broken: Path, check: Check, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(modules: object, settings: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", fails)
    ended = check("--format", name, "--exit-zero")
    assert ended.status == 2 and b"FAL000" in ended.out and b"FAL001" in ended.out


@pytest.mark.parametrize("name", NAMES)
def test_machines_have_standard_output_to_themselves(broken: Path, check: Check, name: str) -> None:
    ended = check("--format", name)
    assert ended.err == (b"1 finding in 1 file.\n" if name in FOR_PEOPLE else b"")
    assert ended.out and b"1 finding in" not in ended.out
    assert check("--format", name, "--quiet").out == ended.out
    assert check("--format", name, "-q").err == b""


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_what_standard_output_would(broken: Path, check: Check, name: str) -> None:
    (broken / "main.py").write_text("é = 'ü' + (  # 🦊\n", encoding="utf-8")
    expected = check("--format", name)
    ended = check("--format", name, "--output-file", "report.txt", encoding="ascii")
    assert ended == Ended(1, b"1 finding in 1 file. Written to report.txt\n", b"")
    assert (broken / "report.txt").read_bytes() == expected.out
    assert check("--format", name, "-q", "-o", "report.txt") == Ended(1, b"", b"")
    assert sorted(path.name for path in broken.iterdir()) == ["main.py", "report.txt"]


def test_a_file_is_replaced_as_a_whole_and_keeps_its_permissions(broken: Path, check: Check) -> None:
    file = broken / "report.json"
    file.write_text("x" * 100_000)
    file.chmod(0o640)
    (broken / "link.json").symlink_to(file)
    assert check("--format", "json", "--output-file", "link.json").status == 1
    assert len(json.loads(file.read_text())["findings"]) == 1
    assert (broken / "link.json").is_symlink() and file.stat().st_mode & 0o777 == 0o640


def test_a_device_stays_a_device(broken: Path, check: Check) -> None:
    assert check("--output-file", "/dev/null").status == 1
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("nowhere/report.json", b"--output-file: the folder nowhere does not exist."),
        ("main.py/report.json", b"--output-file: the folder main.py does not exist."),
        (".", b"--output-file: . is a folder."),
        ("x" * 300, b"can't be written: File name too long."),
    ],
)
def test_a_file_that_cannot_be_written_is_wrong_usage(broken: Path, check: Check, file: str, said: bytes) -> None:
    ended = check("--output-file", file)
    assert (ended.status, ended.out) == (2, b"")
    assert ended.err.startswith(b"fastapi-lint: ") and ended.err.count(b"\n") == 1 and said in ended.err


def test_statistics(broken: Path, check: Check) -> None:
    (broken / "other.py").write_text(BROKEN)
    (broken / "used.py").write_text("x = 1  # fastapi-lint: ignore[FAL301] no reason\n")
    ended = check("--statistics")
    assert ended == Ended(
        1,
        b"2  FAL001  syntax-error\n1  FAL003  unused-suppression\n",
        b"3 findings in 3 files.\n1 can be fixed with --fix.\n",
    )
    assert check("--statistics", "--format", "concise") == ended
    assert json.loads(check("--statistics", "--format", "json").out) == {
        "version": 1,
        "statistics": [
            {"code": "FAL001", "name": "syntax-error", "count": 2, "fixable": 0},
            {"code": "FAL003", "name": "unused-suppression", "count": 1, "fixable": 1},
        ],
    }
    wrong = check("--statistics", "--format", "sarif")
    assert (wrong.status, wrong.out) == (2, b"")
    assert b"--statistics: there are none in the format sarif, only in full, concise, grouped, json." in wrong.err


def test_statistics_of_nothing(tmp_path: Path, check: Check) -> None:
    (tmp_path / "main.py").write_text(CLEAN)
    assert check("--statistics") == Ended(0, b"", b"No findings.\n")
    assert json.loads(check("--statistics", "--format", "json").out)["statistics"] == []


@pytest.mark.parametrize(
    ("arguments", "environment", "terminal", "coloured"),
    [
        ((), {}, False, False),
        ((), {}, True, True),
        (("--color", "always"), {"NO_COLOR": "1"}, False, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, True, False),
        ((), {"FORCE_COLOR": "1"}, False, True),
        ((), {"FORCE_COLOR": ""}, False, False),
        ((), {"NO_COLOR": "1"}, True, False),
        ((), {"NO_COLOR": ""}, True, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ((), {"TERM": "dumb"}, True, False),
        (("--format", "json"), {}, True, False),
        (("--output-file", "/dev/stdout"), {}, True, False),
    ],
)
def test_colours(
    broken: Path,
    check: Check,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    terminal: bool,
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (b"\x1b[" in check(*arguments, terminal=terminal).out) is coloured


def test_the_file_has_colours_for_those_who_insist(broken: Path, check: Check) -> None:
    check("--output-file", "plain.txt", terminal=True)
    check("--output-file", "coloured.txt", "--color", "always")
    assert b"\x1b" not in (broken / "plain.txt").read_bytes()
    assert b"\x1b[1;31merror[FAL001]\x1b[0m" in (broken / "coloured.txt").read_bytes()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that are long as such things go here."""
    import fastapi_lint.engine.run as engine
    from fastapi_lint.engine.run import run

    def slowly(request: object) -> object:
        import time

        time.sleep(0.3)
        return run(request)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "run", slowly)
    monkeypatch.setattr(progress, "_DELAY", 0.05)


@pytest.mark.usefixtures("slow")
def test_a_long_run_says_so_on_a_terminal_and_takes_it_back(broken: Path, check: Check) -> None:
    said = check("--format", "concise", terminal=True).err
    erase = b"\r\x1b[K"
    assert said.startswith(erase + "Analysing … 0 s".encode())
    assert said.endswith(erase + b"1 finding in 1 file.\n")


@pytest.mark.usefixtures("slow")
def test_only_a_terminal_is_told_and_only_if_it_wants_to_know(broken: Path, check: Check) -> None:
    assert check("--quiet", terminal=True).err == b""
    assert check().err == b"1 finding in 1 file.\n"


def test_a_short_run_says_nothing(broken: Path, check: Check) -> None:
    assert check(terminal=True).err == b"1 finding in 1 file.\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16-le"])
@pytest.mark.parametrize("name", NAMES)
def test_no_encoding_is_too_small(broken: Path, check: Check, name: str, encoding: str) -> None:
    with open(os.fsencode(broken) + b"/caf\xe9 \xf0\x9f\xa6\x8a\n%.py", "wb") as stream:
        stream.write("名 = '🦊' + (\n".encode())
    ended = check("--format", name, encoding=encoding)
    assert ended.status == 1
    # GitHub reads UTF-8, whatever the encoding is.
    assert ended.out.decode("utf-8" if name == "github" else encoding).count("FAL001") >= 2


def test_the_summary_of_a_step(broken: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    file = broken / "summary.md"
    file.write_text("# Checks\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    assert check("--format", "github").status == 1
    text = file.read_text()
    assert text.startswith("# Checks\n## fastapi-lint\n\n1 finding in 1 file. (1 error)\n")
    check("--format", "concise")
    assert file.read_text() == text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(broken))
    ended = check("--format", "github")
    assert ended.status == 1 and ended.out.startswith(b"::error ")
    assert ended.err == f"warning: GITHUB_STEP_SUMMARY: {broken} can't be written: Is a directory.\n".encode()


def test_a_real_terminal(broken: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "fastapi_lint", *OPTIONS],
        cwd=broken, env={**environment, "TERM": "xterm"}, stdout=slave, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    seen = b""
    try:
        while more := os.read(master, 65536):
            seen += more
    except OSError:  # the other side is closed
        pass
    os.close(master)
    assert process.wait() == 1
    assert b"\x1b[1;31merror[FAL001]\x1b[0m" in seen and seen.endswith(b"1 finding in 1 file.\r\n")


@pytest.mark.parametrize("name", ["full", "sarif"])
def test_a_reader_that_goes_away_is_no_error(broken: Path, name: str) -> None:
    for number in range(300):  # more than a pipe holds
        (broken / f"module_{number:03}_{'x' * 100}.py").write_text(BROKEN)
    process = subprocess.Popen(
        [sys.executable, "-m", "fastapi_lint", *OPTIONS, "--format", name],
        cwd=broken, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None and process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    assert (process.wait(), said) == (2, b"")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_error(broken: Path, closed: str) -> None:
    script = f'"$0" -m fastapi_lint check --no-cache --jobs 1 {closed}'
    ended = subprocess.run(["sh", "-c", script, sys.executable], cwd=broken, capture_output=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == (b"1 finding in 1 file.\n" if closed == ">&-" else b"")
