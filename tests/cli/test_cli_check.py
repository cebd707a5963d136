"""``fastapi-lint check``: exit codes, formats and what goes to which stream."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import command as call

from fastapi_lint.cli import main

CLEAN = "from fastapi import FastAPI\n\napp = FastAPI()\n"
BROKEN = "from fastapi import FastAPI\n\napp = FastAPI(\n"


class Ended:
    """How a command ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main.main(["check", "--no-cache", "--jobs", "1", *arguments])
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, *capsys.readouterr())

    return run


def test_nothing_found(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.py").write_text(CLEAN)
    ended = command()
    assert (ended.status, ended.out, ended.err) == (0, "", "No findings.\n")
    assert json.loads(command("--format", "json").out)["findings"] == []


def test_something_found(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.py").write_text(BROKEN)
    (tmp_path / "other.py").write_text(BROKEN)
    ended = command()
    assert ended.status == 1
    assert ended.out.startswith("error[FAL001]: ") and "--> main.py:3:" in ended.out and "app = FastAPI(" in ended.out
    assert ended.err == "2 findings in 2 files.\n"
    assert command("other.py").err == "1 finding in 1 file.\n"
    assert command("--exit-zero").status == 0
    assert [line.split()[0] for line in command("--format", "concise").out.splitlines()] == [
        "main.py:3:14:",
        "other.py:3:14:",
    ]


def test_json_has_standard_output_to_itself(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.py").write_text(BROKEN)
    ended = command("--output-format", "json", "--timing")
    assert json.loads(ended.out)["findings"][0]["code"] == "FAL001"
    assert "1 files" in ended.err and "discover" in ended.err


def test_timing_shows_the_rules_that_take_a_while(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    functions = "".join(f"def f{number}(x):\n    return [y.dict() for y in x]\n" for number in range(3_000))
    (tmp_path / "main.py").write_text(f"import pydantic\nimport fastapi\n{functions}")
    shown = command("--select", "FAL207,FAL001", "--timing", "--no-cache").err
    assert "  FAL207 " in shown and "FAL001 " not in shown


def test_selection(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.py").write_text(BROKEN)
    assert command("--ignore", "FAL001").status == 0
    assert command("--ignore", "syntax-error,FAL002").status == 0
    assert command("--select", "FAL3").status == 0
    assert command("--select", "FAL3", "--extend-select", "engine").status == 1
    assert command("--extend-ignore", "FAL0", "--profile", "strict").status == 0


def test_selection_by_file(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "scripts").mkdir()
    (tmp_path / "main.py").write_text(BROKEN)
    (tmp_path / "scripts/run.py").write_text(BROKEN)
    (tmp_path / "fastapi-lint.toml").write_text('[per-file-ignores]\n"main.py" = ["engine"]\n')
    assert command("--format", "concise").out.split(":")[0] == "scripts/run.py"
    ended = command("--format", "concise", "--per-file-ignores", "scripts/:FAL0,*.md:ALL")
    assert ended.out.split(":")[0] == "main.py"
    assert command("--extend-per-file-ignores", "scripts/:syntax-error").status == 0
    assert command("--per-file-ignores", "!scripts/:FAL001").err == "1 finding in 1 file.\n"


def test_severities_and_what_fails(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.py").write_text(BROKEN)
    (tmp_path / "fastapi-lint.toml").write_text('fail-on = "warning"\n[severity]\nengine = "info"\n')
    ended = command()
    assert ended.status == 0 and ended.out.startswith("info[FAL001]: ") and ended.err == "1 finding in 1 file.\n"
    assert command("--fail-on", "info").status == 1
    assert command("--config", 'severity = {engine = "error"}', "--fail-on", "never").status == 0
    assert command("--config", 'severity.FAL001 = "warning"').status == 1
    assert command("--config", 'severity.FAL001 = "warning"', "--fail-on", "error").status == 0


def test_which_files_are_read(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("ignored.py\n")
    (tmp_path / "main.py").write_text(CLEAN)
    (tmp_path / "ignored.py").write_text(BROKEN)
    assert command().status == 0
    assert command("--no-respect-gitignore").status == 1
    assert command("--no-respect-gitignore", "--extend-exclude", "x.py,/ignored.py").status == 0
    assert command("ignored.py").status == 1
    ended = command("ignored.py", "--force-exclude")
    assert ended.status == 0 and "warning: ignored.py is excluded by the configuration." in ended.err


def test_a_configuration_given_by_the_user(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "main.py").write_text(BROKEN)
    (tmp_path / "ci").mkdir()
    (tmp_path / "ci/lint.toml").write_text('ignore = ["FAL001"]\n')
    assert command("--config", "ci/lint.toml").status == 0
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/main.py").write_text(BROKEN)
    (tmp_path / "sub/fastapi-lint.toml").touch()
    (tmp_path / "fastapi-lint.toml").touch()
    assert command("--config", "ci/lint.toml").status == 0
    assert command("--config", "fastapi-lint.toml").err == "2 findings in 2 files.\n"


def test_an_internal_error_ends_with_2_whatever_else(tmp_path: Path, command, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def broken(modules: object, settings: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", broken)
    (tmp_path / "main.py").write_text(BROKEN)
    ended = command("--exit-zero", "--ignore", "FAL000")
    assert ended.status == 2 and "error[FAL000]" in ended.out and "error[FAL001]" in ended.out
    assert "Traceback" not in ended.out + ended.err


def test_an_internal_error_is_explained_to_those_who_ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(modules: object, settings: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", broken)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.py").write_text(CLEAN)
    with pytest.raises(SystemExit):
        main.main(["--debug", "check", "--no-cache", "--jobs", "1"])
    assert "Traceback" in capsys.readouterr().err


def test_output_that_the_terminal_has_no_letters_for(tmp_path: Path) -> None:
    (tmp_path / "naïve.py").write_text("ü = (\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "fastapi_lint", "check", "--no-cache"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1 and b"na\\xefve.py" in result.stdout and b"Traceback" not in result.stderr


def test_the_cache_is_kept_where_it_is_told_to(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project/main.py").write_text(CLEAN)
    assert call("check", "--no-cache", "project", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == ["main.py"]
    assert call("check", "--cache-dir", "kept", "project", cwd=tmp_path).returncode == 0
    assert sorted(path.name for path in (tmp_path / "project").iterdir()) == ["main.py"]
    assert len(list((tmp_path / "kept").iterdir())) == 2
    assert call("check", "project", cwd=tmp_path).returncode == 0
    assert (tmp_path / "project/.fastapi_lint_cache/.gitignore").read_text().endswith("*\n")
