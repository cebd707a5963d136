"""``fastapi-lint check -``: standard input as the text of a file."""

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
from fastapi_lint.engine.store import DIRECTORY
from fastapi_lint.report.formats import NAMES

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"
BOOKS = "bookshop/routers/books.py"
Ended = Callable[..., tuple[int, str, str]]
"""How ``check`` ends in a folder, with arguments, and ``data`` on standard input: its status and what it wrote."""

Concise = Callable[..., list[str]]
"""The lines of the concise format."""

LONE = """\
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


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Ended:
    def run(cwd: Path, *arguments: str, data: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as end:
            main.main(["check", "--jobs", "1", *arguments])
        assert isinstance(end.value.code, int)
        out, err = capfdbinary.readouterr()
        return end.value.code, out.decode(), err.decode()

    return run


@pytest.fixture
def concise(ended: Ended) -> Concise:
    return lambda cwd, *arguments, data=b"": ended(cwd, "--format", "concise", *arguments, data=data)[1].splitlines()


@pytest.mark.parametrize("output_format", NAMES)
def test_the_saved_text_has_the_findings_of_the_file(project: Path, output_format: str, ended: Ended) -> None:
    arguments = ("--format", output_format)
    from_file = ended(project, *arguments, BOOKS)
    assert from_file[0] == 1
    data = (project / BOOKS).read_bytes()
    assert ended(project, *arguments, "-", "--stdin-filename", BOOKS, data=data) == from_file
    assert ended(project, *arguments, "--stdin-filename", BOOKS, data=data) == from_file


def test_the_text_stands_in_for_the_file_within_its_project(project: Path, concise: Concise) -> None:
    original = (project / BOOKS).read_bytes()
    lines = original.decode().split("\n")
    lines[34] = lines[34].replace('@router.post(""', '@router.post("", status_code=201')
    (project / BOOKS).write_text("\n".join(lines))
    after = concise(project, BOOKS)
    (project / BOOKS).write_bytes(original)
    assert after and after != concise(project, BOOKS)
    assert concise(project, "--stdin-filename", BOOKS, data="\n".join(lines).encode()) == after
    assert (project / BOOKS).read_bytes() == original


def test_other_files_judge_the_text_and_are_not_reported(project: Path, concise: Concise) -> None:
    """What a text does not say any more is gone for the whole project, but findings elsewhere are not shown."""
    assert (
        concise(project, "--stdin-filename", BOOKS, data=b"from fastapi import APIRouter\nrouter = APIRouter()\n") == []
    )
    assert concise(project) != []


@pytest.mark.parametrize("name", ["bookshop/new.py", "bookshop/deeper/new.py"])
def test_the_file_need_not_exist(project: Path, name: str, concise: Concise) -> None:
    text = (
        "from bookshop.main import app\n"
        "from bookshop.stock import copies_in_stock\n\n\n"
        '@app.get("/new/{isbn}")\n'
        "async def new(isbn: str) -> int:\n"
        "    return copies_in_stock(isbn)\n"
    )
    (line,) = concise(project, "--stdin-filename", name, data=text.encode())
    assert line.startswith(f"{name}:7:12: FAL502 ") and "requests.get" in line
    assert not (project / name).exists()


def test_the_name_is_relative_to_the_working_directory_or_absolute(project: Path, concise: Concise) -> None:
    data = (project / BOOKS).read_bytes()
    expected = concise(project / "bookshop", "routers/books.py")
    assert expected
    assert concise(project / "bookshop", "--stdin-filename", "routers/books.py", data=data) == expected
    assert concise(project / "bookshop", "--stdin-filename", str(project / BOOKS), data=data) == expected
    link = project.parent / "link"
    link.symlink_to(project)
    assert concise(project / "bookshop", "--stdin-filename", str(link / BOOKS), data=data) == expected


def test_a_name_outside_any_project(project: Path, tmp_path: Path, concise: Concise) -> None:
    outside = tmp_path / "nowhere/at/all.py"
    (line,) = concise(project, "--stdin-filename", str(outside), data=LONE.encode())
    assert line.startswith(f"{outside}:8:5: FAL501 ")


def test_without_a_name_the_text_is_a_module_alone(project: Path, concise: Concise) -> None:
    (line,) = concise(project, "-", data=LONE.encode())
    assert line.startswith("-:8:5: FAL501 ")
    text = "from bookshop.main import app\n\n@app.get('/x')\nasync def x():\n    import time; time.sleep(1)\n"
    assert concise(project, "-", data=text.encode()) == []


def test_without_a_name_the_configuration_is_that_of_the_working_directory(tmp_path: Path, concise: Concise) -> None:
    (tmp_path / "fastapi-lint.toml").write_text('ignore = ["FAL501"]\n')
    assert concise(tmp_path, "-", data=LONE.encode()) == []
    (tmp_path / "other.toml").write_text("")
    assert len(concise(tmp_path, "--config", "other.toml", "-", data=LONE.encode())) == 1


def test_text_that_cannot_be_decoded(project: Path, ended: Ended) -> None:
    status, out, _ = ended(project, "--format", "concise", "--stdin-filename", BOOKS, data=b"x = '\xff'\n")
    assert (status, out) == (
        1,
        f"{BOOKS}:1:6: FAL002 [unanalysable-file] this file is not analysed: not valid utf-8: invalid start byte\n",
    )
    (project / BOOKS).write_bytes(b"x = '\xff'\n")
    assert ended(project, "--format", "concise", BOOKS)[1] == out


def test_text_that_does_not_parse(project: Path, ended: Ended) -> None:
    status, out, _ = ended(project, "--stdin-filename", BOOKS, data=b"x = 1\nx = (\n")
    assert status == 1 and out.startswith("error[FAL001]") and f"--> {BOOKS}:2:" in out and "x = (" in out


def test_an_excluded_file_has_no_findings(project: Path, ended: Ended, concise: Concise) -> None:
    (project / "fastapi-lint.toml").write_text('extend-exclude = ["made/"]\n')
    (project / "made").mkdir()
    (project / "made/app.py").write_text(LONE)
    arguments = ("--force-exclude", "made/app.py")
    assert ended(project, "--stdin-filename", "made/app.py", data=LONE.encode()) == ended(project, *arguments)
    assert len(concise(project, "--no-force-exclude", "--stdin-filename", "made/app.py", data=LONE.encode())) == 1
    assert concise(project, "--stdin-filename", "made/new.py", data=LONE.encode()) == []


def test_comments_of_the_text_count(project: Path, concise: Concise) -> None:
    text = LONE.replace("sleep(1)", "sleep(1)  # noqa: FAL501") + "x = 1  # noqa: FAL102\n"
    (line,) = concise(project, "--stdin-filename", "bookshop/new.py", data=text.encode())
    assert ":9:16: FAL003 " in line


def test_the_cache_knows_the_saved_files_only(project: Path, concise: Concise) -> None:
    cache = project / DIRECTORY / "facts.cache"
    concise(project)
    before = cache.read_bytes()
    concise(project, "--stdin-filename", BOOKS, data=(project / BOOKS).read_bytes() + b"x = 1\n")
    concise(project, "--stdin-filename", "bookshop/new.py", data=b"y = 1\n")
    concise(project, "-", data=LONE.encode())
    assert cache.read_bytes() == before


def test_what_cannot_be_asked_for(project: Path, ended: Ended) -> None:
    def message(*arguments: str) -> str:
        status, out, err = ended(project, *arguments)
        assert (status, out) == (2, "")
        (line,) = err.splitlines()
        return line

    assert "can't be checked together with other paths" in message("-", BOOKS)
    assert "can't be checked together with other paths" in message("--stdin-filename", BOOKS, ".")
    assert "bookshop is a folder" in message("--stdin-filename", "bookshop")


def test_standard_input_that_is_closed(project: Path) -> None:
    script = (
        f"import os, sys; os.close(0); os.execv(sys.executable, {[sys.executable, '-m', 'fastapi_lint', 'check', '-']})"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "fastapi-lint: standard input can't be read: it is closed.\n"


def test_json_names_the_file(project: Path, ended: Ended) -> None:
    _, out, _ = ended(project, "--format", "json", "--stdin-filename", "bookshop/new.py", data=LONE.encode())
    assert [finding["path"] for finding in json.loads(out)["findings"]] == ["bookshop/new.py"]
