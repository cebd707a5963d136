"""How the command starts, what it says when it is used wrongly, and what it imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import command

from fastapi_lint import __version__
from fastapi_lint.cli.main import COMMANDS


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "fastapi_lint", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)


def test_version(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout.split()[-1] == __version__


@pytest.mark.parametrize(
    "arguments", [("--help",), ("check", "--help"), ("routes", "-h"), ("deps", "-h"), ("rule", "--help")]
)
def test_help(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = command(*arguments, cwd=tmp_path)
    assert result.returncode == 0 and result.stdout.startswith("Usage: fastapi-lint")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chekc",), "No such command 'chekc'"),
        (("check", "--frmat", "json"), "No such option"),
        (("check", "--format", "xml"), "'xml' is not one of 'full', 'concise', 'grouped', 'json'"),
        (("check", "--profile", "lax"), "'lax' is not one of 'recommended', 'strict'"),
        (("check", "--select", "FAL0,FAL999"), "--select: no rule, prefix or group is called 'FAL999'"),
        (("check", "--ignore", "unused-supression"), "did you mean unused-suppression"),
        (("check", "--extend-select", "E501"), "--extend-select: no rule"),
        (("check", "--extend-ignore", "x"), "--extend-ignore: no rule"),
        (("check", "--jobs", "0"), "--jobs: expected a number from 1 to 256 or `auto`, found `0`"),
        (("check", "--jobs", "many"), "--jobs: expected a number"),
        (("check", "--config", "nowhere.toml"), "--config: nowhere.toml is not a file"),
        (("check", "--config", "a b = 3"), "--config: not valid TOML"),
        (("check", "--config", "selct=[]"), "--config: `selct`: unknown option. Did you mean `select`?"),
        (("routes", "--config", "severity.FAL001=1"), "--config: `severity.FAL001`: expected"),
        (("check", "--config", 'extend="x.toml"'), "--config: `extend`: only a file can build on another"),
        (("check", "--fail-on", "fatal"), "'fatal' is not one of 'info', 'warning', 'error', 'never'"),
        (("check", "--per-file-ignores", "tests"), "--per-file-ignores: expected PATTERN:RULE, found `tests`"),
        (("check", "--per-file-ignores", "tests/:FAL999"), "--per-file-ignores: `tests/`: no rule, prefix or group"),
        (("check", "--exclude", "a[b"), '--exclude: the string "a[b" is no path pattern: one of its brackets has no'),
        (("check", "nowhere"), "nowhere does not exist"),
        (("routes", "nowhere"), "nowhere does not exist"),
        (("routes", "--unresolved", "--tag", "x"), "--unresolved: --tag is about routes"),
        (("deps",), "Missing argument 'ROUTE'"),
        (("deps", "/x", "nowhere"), "nowhere does not exist"),
        (("deps", "/x", "."), "no Python files"),
        (("rule", "FAL0033"), "no rule has the code or name `FAL0033`. Did you mean `FAL003`?"),
        (("rule",), "Missing argument"),
    ],
)
def test_wrong_usage_is_answered_in_one_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = command(*arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("fastapi-lint: ") and result.stderr.count("\n") == 1
    assert said in result.stderr


def test_a_rule_is_explained_by_code_and_by_name(tmp_path: Path) -> None:
    by_code, by_name = (command("rule", rule, cwd=tmp_path) for rule in ("FAL003", "unused-suppression"))
    assert by_code.returncode == 0 and by_code.stdout == by_name.stdout
    assert "unused-suppression" in by_code.stdout and "Why is this bad?" in by_code.stdout


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["check", "--help"], ["deps", "--help"], ["config", "--help"], ["rule", "FAL003"]],
)
def test_nothing_heavy_is_imported_for_little(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from fastapi_lint.cli.main import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "heavy = {'libcst', 'fastapi_lint.facts.extract', 'tomllib', 'multiprocessing'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert result.stdout.splitlines()[-1] == "HEAVY []"


def test_an_unexpected_error_is_one_line_unless_one_debugs(tmp_path: Path) -> None:
    (tmp_path / "fastapi_lint_broken.py").touch()
    script = (
        "import fastapi_lint.engine.run as engine, sys\n"
        "def broken(request): raise KeyError('oh')\n"
        "engine.run = broken\n"
        "from fastapi_lint.cli.main import main\n"
        "main(sys.argv[1:])"
    )

    def run_broken(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script, *arguments],
            cwd=tmp_path,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    quiet = run_broken("check")
    assert quiet.returncode == 2 and quiet.stderr.count("\n") == 1
    assert quiet.stderr.startswith("fastapi-lint: internal error: KeyError: 'oh'.")
    assert "Traceback" in run_broken("--debug", "check").stderr
    assert "Traceback" in run_broken("check", FASTAPI_LINT_DEBUG="1").stderr


def test_the_folder_one_works_in_hides_no_module(tmp_path: Path) -> None:
    """The command is used inside projects that have modules named like those of the standard library."""
    for name in ("json", "click", "dataclasses", "signal", "secrets", "libcst", "platform"):
        (tmp_path / f"{name}.py").write_text("x = 1\n")
    for jobs in ("1", "2"):
        result = run("check", "--no-cache", "--jobs", jobs, cwd=tmp_path)
        assert (result.returncode, result.stderr) == (0, "No findings.\n")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("x = (\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "fastapi_lint", "check", "--no-cache"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert "Traceback" not in process.stderr.read() and process.wait() != 0


def test_every_command_is_listed_with_its_help(tmp_path: Path) -> None:
    listed = command("--help", cwd=tmp_path).stdout.partition("Commands:")[2]
    for name in COMMANDS:
        assert f"  {name} " in listed
        assert command(name, "--help", cwd=tmp_path).stdout.startswith(f"Usage: fastapi-lint {name} ")


def test_documentation_of_rules_needs_no_rule() -> None:
    call = "main(['rule', 'FAL003'])"
    script = f"import sys; from fastapi_lint.cli.main import main\ntry: {call}\nfinally: print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stdout
    modules = output.split("\n")[-2].split() if output else []
    assert "fastapi_lint.cli.rule" in modules
    assert not [name for name in modules if name.startswith(("fastapi_lint.rules", "fastapi_lint.model", "libcst"))]
