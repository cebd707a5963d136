"""The flake8 plugin: the findings of ``check``, file by file."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest
from command import command, in_folder
from flake8.main.cli import main as run_flake8
from flake8.main.options import JobsArgument
from flake8.utils import stdin_get_value

from fastapi_lint.engine.store import DIRECTORY
from fastapi_lint.flake8_plugin import Plugin

PROJECT = Path(__file__).parent.parent / "fixtures/projects/bookshop"
NAP = """\
import time
from fastapi import FastAPI
app = FastAPI()
@app.get("/nap")
async def nap():
    time.sleep(1)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    target = tmp_path / "bookshop"
    shutil.copytree(PROJECT, target, ignore=shutil.ignore_patterns(DIRECTORY))
    return target


def flake8(cwd: Path, *arguments: str, data: bytes = b"", isolated: bool = True) -> list[str]:
    """What flake8 says in this process (``test_front_ends.py`` starts others)."""
    options = ["--select=FAL", "--jobs=1", *(["--isolated"] if isolated else [])]
    stdin_get_value.cache_clear()
    result = in_folder(cwd, lambda: sys.exit(run_flake8([*options, *arguments])), data)
    assert result.stderr == "", result.stderr
    assert result.returncode == (1 if result.stdout else 0)
    return sorted(line.removeprefix("./") for line in result.stdout.splitlines())


def check(cwd: Path, *arguments: str) -> list[str]:
    """What ``check`` says, in flake8's form."""
    lines = command("check", "--format", "concise", "--no-cache", *arguments, cwd=cwd).stdout.splitlines()
    places = (line.split(" ", 3) for line in lines)
    return sorted(f"{place} {code} {message}" for place, code, _, message in places)


def test_the_same_findings_as_check(project: Path) -> None:
    expected = check(project, ".")
    assert expected
    assert flake8(project, ".") == expected
    assert flake8(project / "bookshop", "routers/books.py") == check(project / "bookshop", "routers/books.py")


def in_processes(cwd: Path, method: str, jobs: int, *, shared: bool = True) -> tuple[list[str], list[str]]:
    """What flake8 says when its processes are started by a method, and which processes linked a project."""
    log = cwd.parent / "linked.log"
    log.write_text("")
    script = cwd.parent / "run_flake8.py"
    script.write_text(
        "import multiprocessing, os, sys\n"
        "import fastapi_lint.engine.run as engine\n"
        "import fastapi_lint.flake8_plugin.sharing as sharing\n"
        "run = engine.run\n"
        "def logged(request):\n"
        f"    with open({str(log)!r}, 'a') as file:\n"
        "        file.write(f'{multiprocessing.current_process().name}\\n')\n"
        "    return run(request)\n"
        "engine.run = logged\n"
        f"if not {shared}:\n"
        "    sharing._offer = lambda findings: None\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method(sys.argv.pop(1))\n"
        "    from flake8.main.cli import main\n"
        "    sys.exit(main())\n"
    )
    started = [sys.executable, str(script), method, "--isolated", "--select=FAL", f"--jobs={jobs}", "."]
    result = subprocess.run(started, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.stderr == "", result.stderr
    return sorted(line.removeprefix("./") for line in result.stdout.splitlines()), log.read_text().split()


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_project_is_linked_once_however_processes_are_started(project: Path, method: str) -> None:
    expected = check(project, ".")
    assert in_processes(project, method, 2) == (expected, ["MainProcess"])


def test_processes_that_cannot_have_the_findings_link_themselves(project: Path) -> None:
    found, linked = in_processes(project, "spawn", 2, shared=False)
    assert found == check(project, ".")
    assert len(linked) > 1


def test_noqa_comments_count_unless_flake8_says_otherwise(project: Path) -> None:
    file = project / "bookshop/routers/books.py"
    before = [line for line in flake8(project, ".") if ":35:" in line]
    assert any("FAL101" in line for line in before)
    text = file.read_text()
    lines = text.split("\n")
    lines[34] += "  # noqa: FAL101"
    lines.append("x = 1  # noqa: FAL102\n")
    file.write_text("\n".join(lines))
    assert flake8(project, ".") == check(project, ".")
    assert not any("FAL101" in line and ":35:" in line for line in flake8(project, "."))
    assert any("FAL003" in line for line in flake8(project, "."))
    assert any("FAL101" in line and ":35:" in line for line in flake8(project, "--disable-noqa", "."))


def test_a_configuration_that_cannot_be_used_is_a_finding(project: Path) -> None:
    (project / "pyproject.toml").write_text("[tool.fastapi-lint]\nselct = []\n")
    (line,) = flake8(project, "bookshop/main.py")
    assert line.startswith("bookshop/main.py:1:1: FAL000 ") and "`selct`: unknown option" in line


def options(*filenames: str, **more: object) -> Namespace:
    """What flake8 hands over for a command line with these paths and one job."""
    given: dict[str, object] = {
        "filenames": list(filenames),
        "stdin_display_name": "stdin",
        "disable_noqa": False,
        "jobs": JobsArgument("1"),
        "fastapi_lint_config": None,
        "fastapi_lint_no_cache": True,
    }
    return Namespace(**{**given, **more})


def found(filename: Path | str, *lines: str) -> list[tuple[int, int, str]]:
    plugin = Plugin(None, str(filename), list(lines))  # type: ignore[arg-type]
    return [(line, column, text) for line, column, text, _ in plugin.run()]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the engine is asked for."""
    import fastapi_lint.engine.run as engine

    requests: list[object] = []
    run = engine.run
    monkeypatch.setattr(engine, "run", lambda request: (requests.append(request), run(request))[1])
    return requests


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_what_goes_wrong_inside_is_a_finding(project: Path, monkeypatch: pytest.MonkeyPatch, jobs: str) -> None:
    import fastapi_lint.engine.run

    def broken(request: object) -> None:
        raise KeyError("oh")

    monkeypatch.setattr(fastapi_lint.engine.run, "run", broken)
    Plugin.parse_options(options(str(project), jobs=JobsArgument(jobs)))
    for name in ("main.py", "config.py"):
        assert found(project / "bookshop" / name) == [(1, 0, "FAL000 fastapi-lint failed: KeyError: 'oh'")]
    Plugin.parse_options(options("-"))
    assert found("stdin", "import fastapi\n") == [(1, 0, "FAL000 fastapi-lint failed: KeyError: 'oh'")]


@pytest.mark.parametrize("filename", ["-", "stdin", "nowhere.py", ""])
def test_what_is_no_file_has_no_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filename: str) -> None:
    monkeypatch.chdir(tmp_path)
    Plugin.parse_options(options(filename))
    assert found(filename) == []


@pytest.mark.parametrize("jobs", ["1", "4", "auto"])
def test_a_project_is_linked_once(project: Path, runs: list[object], jobs: str) -> None:
    Plugin.parse_options(options(str(project), jobs=JobsArgument(jobs)))
    assert any([found(file) for file in sorted(project.rglob("*.py"))])
    assert len(runs) == 1


def test_projects_inside_a_project_are_linked_with_it(project: Path, runs: list[object]) -> None:
    (project / "fastapi-lint.toml").write_text("")
    inner = project / "inner"
    inner.mkdir()
    (inner / "fastapi-lint.toml").write_text('select = ["FAL501"]\n')
    (inner / "app.py").write_text(NAP)
    Plugin.parse_options(options(str(project)))
    assert [text.split()[0] for _, _, text in found(inner / "app.py")] == ["FAL501"]
    assert any(found(file) for file in sorted(project.rglob("*.py")))
    assert len(runs) == 1


def test_packages_without_anything_around_them_are_one_project(tmp_path: Path, runs: list[object]) -> None:
    for name, text in (
        ("web", NAP.replace("time.sleep", "pause").replace("import time", "from tools import pause")),
        ("tools", "from time import sleep\n\ndef pause(seconds): sleep(seconds)\n"),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(text)
    web, tools = tmp_path / "web/__init__.py", tmp_path / "tools/__init__.py"
    Plugin.parse_options(options(str(web), str(tools)))
    assert [text.split()[0] for _, _, text in found(web)] == ["FAL502"] and found(tools) == []
    assert len(runs) == 1


def test_files_that_flake8_did_not_announce(project: Path, runs: list[object]) -> None:
    """Programs that use flake8 as a library may ask for what was not on the command line."""
    Plugin.parse_options(options(str(project / "bookshop/config.py")))
    assert found(project / "bookshop/routers/books.py")
    assert found(project / "bookshop/routers/books.py")
    assert len(runs) == 2


def test_options_of_flake8(project: Path) -> None:
    (project / "strict.toml").write_text('select = ["FAL502"]\n')
    (project / ".flake8").write_text("[flake8]\nfastapi-lint-config = ./strict.toml\nfastapi-lint-no-cache = true\n")
    for cwd in (project, project / "bookshop"):
        assert {line.split()[1] for line in flake8(cwd, ".", isolated=False)} == {"FAL502"}
    (line,) = {line.split(" ", 1)[1] for line in flake8(project, "--fastapi-lint-config=none.toml", "bookshop")}
    assert line.startswith("FAL000 none.toml: can't be read: ")
    assert not (project / DIRECTORY).exists()
    flake8(project, ".")
    assert (project / DIRECTORY).exists()


def test_excluded_files_have_no_findings_even_when_an_editor_asks(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    (project / "made.py").write_text(NAP)
    Plugin.parse_options(options("made.py"))
    assert len(found("made.py")) == 1
    (project / "fastapi-lint.toml").write_text('extend-exclude = ["made.py"]\n')
    Plugin.parse_options(options("made.py"))
    assert found("made.py") == []
    Plugin.parse_options(options("-", stdin_display_name="made.py"))
    assert found("made.py", *NAP.splitlines(keepends=True)) == []


def test_codes_are_selected_by_flake8(project: Path) -> None:
    lines = flake8(project, "--select=FAL5", "--extend-ignore=FAL501", ".")
    assert {line.split()[1] for line in lines} == {"FAL502"}


def from_stdin(cwd: Path, text: str | bytes, *arguments: str) -> list[str]:
    return flake8(cwd, *arguments, "-", data=text if isinstance(text, bytes) else text.encode())


def test_standard_input_stands_in_for_the_file_of_its_name(project: Path) -> None:
    name = "bookshop/routers/books.py"
    text = (project / name).read_text()
    assert from_stdin(project, text, f"--stdin-display-name={name}") == check(project, name)
    longer = "# further down\n" + text.replace("async def read_stock", "def read_stock")
    (project / name).write_text(longer)
    expected = check(project, name)
    (project / name).write_text(text)
    assert expected != check(project, name)
    assert from_stdin(project, longer, f"--stdin-display-name={name}") == expected
    assert from_stdin(project, longer.replace("\n", "\r\n"), f"--stdin-display-name={name}") == expected
    assert from_stdin(project, "\ufeff" + longer, f"--stdin-display-name={name}") == expected
    assert [
        line.replace(str(project / name), name)
        for line in from_stdin(project.parent, longer, f"--stdin-display-name={project / name}")
    ] == expected


def test_standard_input_of_a_file_that_is_not_saved(project: Path) -> None:
    (line,) = from_stdin(project, NAP, "--stdin-display-name=bookshop/new.py")
    assert line.startswith("bookshop/new.py:6:5: FAL501 ")


def test_standard_input_without_a_name(project: Path) -> None:
    (line,) = from_stdin(project, NAP)
    assert line.startswith("stdin:6:5: FAL501 ")
    assert from_stdin(project, "x = 1\n") == []


def test_standard_input_in_another_encoding(project: Path) -> None:
    text = "# -*- coding: latin-1 -*-\n" + NAP.replace("nap()", "nap(é: int)").replace("/nap", "/nap/{é}")
    (line,) = from_stdin(project, text.encode("latin-1"), "--stdin-display-name=bookshop/new.py")
    assert line.startswith("bookshop/new.py:7:5: FAL501 ")


def test_nothing_heavy_is_imported_without_fastapi(tmp_path: Path) -> None:
    (tmp_path / "setup.py").write_text("x = 1\n")
    (tmp_path / "app.py").write_text("import flask\n")
    script = (
        "import sys\n"
        "from argparse import Namespace\n"
        "from flake8.options.manager import OptionManager\n"
        "from flake8.main.options import JobsArgument\n"
        "from fastapi_lint.flake8_plugin import Plugin\n"
        "options = Namespace(filenames=['-', '.'], stdin_display_name='new.py', disable_noqa=False)\n"
        "options.jobs, options.fastapi_lint_config, options.fastapi_lint_no_cache = JobsArgument('4'), None, False\n"
        "Plugin.parse_options(options)\n"
        "found = [list(Plugin(None, name, []).run()) for name in ('setup.py', 'app.py', 'new.py')]\n"
        "ours = ('fastapi_lint.' + name for name in ('engine', 'model', 'rules', 'facts', 'syntax'))\n"
        "heavy = {'libcst', 'click', 'pathspec', *ours} & set(sys.modules)\n"
        "print(found, sorted(heavy))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[[], [], []] []"


def test_a_project_that_does_not_mention_fastapi_is_not_linked(tmp_path: Path, runs: list[object]) -> None:
    (tmp_path / "setup.py").write_text("DEFAULT = FALSE = 'FAL'\n")
    Plugin.parse_options(options(str(tmp_path)))
    assert found(tmp_path / "setup.py") == [] and runs == []
    for text in ("import fastapi\n", "x = 1  # noqa: FAL301\n", "x = 1  # fastapi-lint: ignore\n"):
        (tmp_path / "other.py").write_text(text)
        Plugin.parse_options(options(str(tmp_path)))
        found(tmp_path / "setup.py")
        assert len(runs) == 1
        runs.clear()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "other.py").rename(tmp_path / ".venv/other.py")
    Plugin.parse_options(options(str(tmp_path)))
    assert found(tmp_path / "setup.py") == [] and runs == []


def test_links_lead_to_the_same_findings(project: Path) -> None:
    link = project.parent / "link"
    link.symlink_to(project)
    assert flake8(project.parent, "link/bookshop/routers/books.py") == [
        line.replace("bookshop/routers", "link/bookshop/routers", 1)
        for line in flake8(project, "bookshop/routers/books.py")
    ]
