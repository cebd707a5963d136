"""The flake8 plugin: the findings of ``check``, file by file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fastapi_lint import flake8_plugin
from fastapi_lint.flake8_plugin import Plugin

PROJECT = Path(__file__).parent.parent / "fixtures/projects/bookshop"
COMMAND = [sys.executable, "-m", "flake8", "--isolated", "--select=FAL"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    target = tmp_path / "bookshop"
    shutil.copytree(PROJECT, target)
    return target


def flake8(cwd: Path, *arguments: str) -> list[str]:
    result = subprocess.run([*COMMAND, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    assert result.stderr == "", result.stderr
    assert result.returncode == (1 if result.stdout else 0)
    return sorted(line.removeprefix("./") for line in result.stdout.splitlines())


def check(cwd: Path, *arguments: str) -> list[str]:
    """What ``check`` says, in flake8's form."""
    command = [sys.executable, "-m", "fastapi_lint", "check", "--format", "concise", "--no-cache", *arguments]
    lines = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False).stdout.splitlines()
    places = (line.split(" ", 3) for line in lines)
    return sorted(f"{place} {code} {message}" for place, code, _, message in places)


def test_the_same_findings_as_check(project: Path) -> None:
    expected = check(project, ".")
    assert expected
    assert flake8(project, "--jobs=1", ".") == expected
    assert flake8(project, "--jobs=2", ".") == expected
    assert flake8(project / "bookshop", "routers/books.py") == check(project / "bookshop", "routers/books.py")


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


def test_what_goes_wrong_inside_is_a_finding(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fastapi_lint.engine.run

    def broken(request: object) -> None:
        raise KeyError("oh")

    monkeypatch.setattr(fastapi_lint.engine.run, "run", broken)
    monkeypatch.setattr(flake8_plugin, "_linked", {})
    for name in ("main.py", "config.py"):
        plugin = Plugin(None, str(project / "bookshop" / name), [])  # type: ignore[arg-type]
        assert [(line, column, text) for line, column, text, _ in plugin.run()] == [
            (1, 0, "FAL000 fastapi-lint failed: KeyError: 'oh'")
        ]


@pytest.mark.parametrize("filename", ["-", "stdin", "nowhere.py", ""])
def test_what_is_no_file_has_no_findings(filename: str) -> None:
    assert list(Plugin(None, filename, []).run()) == []  # type: ignore[arg-type]


def test_a_project_is_linked_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fastapi_lint.engine.run as engine

    runs = []
    run = engine.run
    monkeypatch.setattr(engine, "run", lambda request: (runs.append(request), run(request))[1])
    monkeypatch.setattr(flake8_plugin, "_linked", {})
    for file in sorted(project.rglob("*.py")):
        list(Plugin(None, str(file), []).run())  # type: ignore[arg-type]
    assert len(runs) == 1


def test_nothing_heavy_is_imported_without_fastapi(tmp_path: Path) -> None:
    (tmp_path / "setup.py").write_text("x = 1\n")
    (tmp_path / "app.py").write_text("import flask\n")
    script = (
        "import sys\n"
        "from fastapi_lint.flake8_plugin import Plugin\n"
        "found = [list(Plugin(None, name, []).run()) for name in ('setup.py', 'app.py')]\n"
        "heavy = {'libcst', 'click', 'fastapi_lint.model.project', 'fastapi_lint.engine.run'} & set(sys.modules)\n"
        "print(found, sorted(heavy))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[[], []] []"


def test_links_lead_to_the_same_findings(project: Path) -> None:
    link = project.parent / "link"
    link.symlink_to(project)
    assert flake8(project.parent, "link/bookshop/routers/books.py") == [
        line.replace("bookshop/routers", "link/bookshop/routers", 1)
        for line in flake8(project, "bookshop/routers/books.py")
    ]
