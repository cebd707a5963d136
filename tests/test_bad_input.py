"""Bad input of every kind ends with a clear message or a finding, never with a traceback or a dead process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import command

APP = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/')\ndef items() -> list[int]:\n    return []\n"


CHECK = ("check", "--format", "concise", "--no-cache")


def check(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """``fastapi-lint check`` in a folder; whatever happens, no exception gets out."""
    return checked(command(*CHECK, *arguments, cwd=cwd))


def check_in_a_process(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, which may die."""
    result = subprocess.run(
        [sys.executable, "-m", "fastapi_lint", *CHECK, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return checked(result)


def checked(result: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    """The result, in which there is no traceback whatever happened."""
    assert "Traceback" not in result.stdout + result.stderr
    assert "FAL000" not in result.stdout, result.stdout
    assert result.returncode in (0, 1, 2)
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text(APP)
    return tmp_path


def usage_error(result: subprocess.CompletedProcess[str], *said: str) -> None:
    """The command ended with 2, one line that says why, and nothing else."""
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("fastapi-lint: ") and result.stderr.count("\n") == 1
    for part in said:
        assert part in result.stderr


def one_finding(result: subprocess.CompletedProcess[str], *said: str) -> None:
    """The command ended with 1 and one finding; the rest of the project was checked."""
    assert result.returncode == 1
    (line,) = result.stdout.splitlines()
    for part in said:
        assert part in line


def test_a_good_project_for_comparison(project: Path) -> None:
    result = check_in_a_process(project)
    assert (result.returncode, result.stdout) == (0, "")


def test_a_missing_path(project: Path) -> None:
    usage_error(check(project, "main.py", "nowhere.py"), "nowhere.py does not exist")


def test_an_empty_folder(tmp_path: Path) -> None:
    usage_error(check(tmp_path), "no Python files in .")


def test_a_folder_without_python(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Notes\n")
    usage_error(check(tmp_path.parent, tmp_path.name), f"no Python files in {tmp_path.name}")


def test_a_folder_whose_python_is_all_excluded(project: Path) -> None:
    (project / "fastapi-lint.toml").write_text('extend-exclude = ["*.py"]\n')
    usage_error(check(project), "no Python files in .")


def test_an_excluded_file_asked_for_by_name_is_no_error(project: Path) -> None:
    (project / "fastapi-lint.toml").write_text('extend-exclude = ["main.py"]\n')
    result = check(project, "main.py")
    assert (result.returncode, result.stderr) == (0, "No findings.\n")
    result = check(project, "main.py", "--force-exclude")
    assert result.returncode == 0 and "warning: main.py is excluded by the configuration" in result.stderr


UNANALYSABLE = {
    "binary": (b"\x7fELF\x02\x01\x01\x00\x00\xff\xfe\x00binary" * 50, "FAL002", "utf-8"),
    "invalid UTF-8": (b"# a comment\nname = 'caf\xe9'\n", "FAL002", ":2:12: "),
    "null byte": (b"x = 1\ny = '\x00'\n", "FAL002", "null byte"),
    "unknown encoding": (b"# -*- coding: no-such-encoding -*-\n", "FAL002", "unknown encoding"),
    "nested brackets": (b"x = " + b"(" * 3000 + b"1" + b")" * 3000 + b"\n", "FAL002", "nested"),
    "open brackets": (b"x = " + b"[" * 3000 + b"\n", "FAL00", ""),
    "long sum": (b"x = " + b" + ".join([b"1"] * 20_000) + b"\n", "FAL002", ""),
    "long condition": (b"x = " + b" and ".join([b"a"] * 20_000) + b"\n", "FAL002", ""),
    "many signs": (b"x = " + b"-" * 20_000 + b"1\n", "FAL002", ""),
    "many attributes": (b"x = a" + b".b" * 20_000 + b"\n", "FAL002", ""),
    "many calls": (b"x = f" + b"()" * 20_000 + b"\n", "FAL002", ""),
    "too large": (b"x = 1\n" * 1_000_000, "FAL002", "too large"),
    "syntax": (b"def f(:\n", "FAL001", ":1:7: "),
    "Python 2": (b"print 'python 2'\n", "FAL001", ":1:"),
    "end of file": (b"x = (\n", "FAL001", ""),
    "indentation": (b"def f():\n\tif x:\n        pass\n", "FAL001", ""),
}


@pytest.fixture(scope="module", params=["1", "2"])
def of_unanalysable_files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of a project that has all of them, with so many jobs."""
    project = tmp_path_factory.mktemp("project")
    (project / "main.py").write_text(APP.replace("'/'", "'/items/{item_id}'"))
    for case, (content, _, _) in UNANALYSABLE.items():
        (project / f"{case}.py").write_bytes(content)
    result = check_in_a_process(project, "--jobs", request.param)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    return result.stdout.splitlines()


@pytest.mark.parametrize("case", UNANALYSABLE)
def test_files_that_cannot_be_analysed(of_unanalysable_files: list[str], case: str) -> None:
    _, code, said = UNANALYSABLE[case]
    (line,) = (line for line in of_unanalysable_files if line.startswith(f"{case}.py:"))
    assert code in line and said in line


def test_the_rest_of_the_project_is_checked(of_unanalysable_files: list[str]) -> None:
    assert [line for line in of_unanalysable_files if line.startswith("main.py:6:")]
    assert {line.partition(".py:")[0] for line in of_unanalysable_files} == {"main", *UNANALYSABLE}


ODD = {
    "empty": b"",
    "byte order mark": b"\xef\xbb\xbfx = 1\r\n",
    "latin-1": b"# -*- coding: latin-1 -*-\nname = 'caf\xe9'\n",
    "old Macintosh": b"x = 1\rdef f(): pass\r",
    "brackets": b"x = " + b"(" * 60 + b"1" + b")" * 60 + b"\n",
    "long list": b"x = [" + b"1, " * 50_000 + b"]\n",
    "long string": b"x = '" + b"a" * 1_000_000 + b"'\n",
    "indentation": b"if x:\n" + b"".join(b" " * n + b"if x:\n" for n in range(1, 60)) + b" " * 60 + b"pass\n",
    "Python 3.12": b"type A[T] = list[T]\nmatch x:\n    case [1, *_] if y: ...\ntry: ...\nexcept* ValueError: ...\n",
    "Python 3.14": b"try: ...\nexcept A, B: ...\nx = t'{y}'\n",
    "form feed": b"\x0cx = 1\n\x0c",
    "joined lines": b"x = 1 \\\n\n",
    "comment": b"# only a comment",
}


def test_odd_files_that_are_python(project: Path) -> None:
    for case, content in ODD.items():
        (project / f"{case}.py").write_bytes(content)
    result = check_in_a_process(project)
    assert (result.returncode, result.stdout) == (0, "")


def test_a_loop_of_links(project: Path) -> None:
    (project / "loop").symlink_to(project)
    (project / "self.py").symlink_to(project / "self.py")
    one_finding(check(project), "self.py:1:1: FAL002", "cannot be read")


def test_a_dangling_link(project: Path) -> None:
    (project / "gone.py").symlink_to(project / "nowhere.py")
    one_finding(check(project), "gone.py:1:1: FAL002", "cannot be read: No such file")
    one_finding(check(project, "gone.py"), "gone.py:1:1: FAL002")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs users")
def test_an_unreadable_file_and_an_unreadable_folder(project: Path) -> None:
    closed = project / "closed.py"
    closed.write_text(APP)
    closed.chmod(0)
    (project / "locked").mkdir()
    (project / "locked").chmod(0)
    # Root may read everything. So everything is imported first, and then the rights are given up.
    script = (
        "import os, sys; sys.path[:] = sys.argv[2:]\n"
        "import fastapi_lint.engine.run, fastapi_lint.engine.analysis, fastapi_lint.facts.extract\n"
        "import fastapi_lint.model.project, fastapi_lint.report.concise, fastapi_lint.report.summary\n"
        "import fastapi_lint.cli.check\n"
        "from fastapi_lint.cli.main import main\n"
        "from fastapi_lint.rules.registry import load\n"
        "load().rules\n"
        "if os.geteuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "main(['check', '--no-cache', '--jobs', '1', '--format', 'concise', sys.argv[1]])"
    )
    folder = project
    while folder != folder.parent:  # nobody must get to the project
        if folder.stat().st_uid == os.geteuid():
            folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent
    result = subprocess.run(
        [sys.executable, "-c", script, str(project), *filter(None, sys.path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in result.stderr
    assert "closed.py:1:1: FAL002" in result.stdout and "Permission denied" in result.stdout
    assert "locked can't be read" in result.stderr
    assert result.returncode == 1


def test_a_pipe_named_py(project: Path) -> None:
    os.mkfifo(project / "pipe.py")
    assert check(project).returncode == 0
    usage_error(check(project, "pipe.py"), "neither a file nor a folder")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("fastapi-lint.toml", "select = [", "fastapi-lint.toml: not valid TOML"),
        ("pyproject.toml", "[tool.fastapi-lint\n", "pyproject.toml: not valid TOML"),
        ("pyproject.toml", "[tool.fastapi-lint]\nselct = []\n", "`selct`: unknown option. Did you mean `select`?"),
        ("pyproject.toml", '[tool.fastapi-lint]\nselect = ["FAL0010"]\n', "`select`: no rule"),
        ("pyproject.toml", '[tool.fastapi-lint]\nselect = "ALL"\n', "`select`: expected a list of strings"),
    ],
)
def test_configurations_that_cannot_be_used(project: Path, name: str, text: str, said: str) -> None:
    (project / name).write_text(text)
    usage_error(check(project), said)


def test_an_unknown_option_or_code(project: Path) -> None:
    usage_error(check(project, "--selct", "ALL"), "No such option", "--select")
    usage_error(check(project, "--select", "FAL9999"), "--select: no rule")


def test_names_that_are_not_unicode_or_hold_newlines(project: Path) -> None:
    for name in (b"caf\xe9.py", b"zeile\nzwei.py", "naïve 🦊.py".encode()):
        with open(os.path.join(os.fsencode(project), name), "wb") as stream:
            stream.write(b"x = (\n")
    result = check_in_a_process(project)
    assert result.returncode == 1
    assert len(result.stdout.splitlines()) == 3
    assert all("FAL001" in line for line in result.stdout.splitlines())


def test_a_cache_that_cannot_be_used(project: Path) -> None:
    (project / ".fastapi_lint_cache").write_text("a file where the folder should be")
    result = subprocess.run(
        [sys.executable, "-m", "fastapi_lint", "check"], cwd=project, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0
    assert result.stderr.count("warning: the cache") == 1
