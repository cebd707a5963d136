"""The same findings whichever way the linter is called, and from wherever: the command with folders, files and standard
input, the pre-commit hook, flake8 with any number of processes."""

from __future__ import annotations

import io
import json
import multiprocessing
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fastapi_lint.cli import main

ROOT = Path(__file__).parent.parent
PROJECTS = {
    "bookshop": {
        file.relative_to(ROOT / "fixtures/projects/bookshop").as_posix(): file.read_text()
        for file in sorted((ROOT / "fixtures/projects/bookshop").rglob("*"))
        if file.suffix in (".py", ".toml")
    },
    "own": {
        "pyproject.toml": '[project]\nname = "shop"\n[tool.fastapi-lint]\nextend-exclude = ["made/"]\n',
        "src/shop/__init__.py": "",
        "src/shop/slow.py": "import time\n\n\ndef pause():\n    time.sleep(1)\n",
        "src/shop/api/__init__.py": "",
        "src/shop/api/pages.py": (
            "from fastapi import APIRouter\n\nfrom ..slow import pause\n\nrouter = APIRouter()\n\n\n"
            '@router.get("/pages/{page}")\nasync def read(page: str):\n    pause()\n\n\n'
            '@router.delete("/pages/{page}")\ndef delete(page: str) -> None: ...\n\n\n'
            '@router.delete("/all")  # noqa: FAL102\ndef delete_all() -> None: ...\n\n\nx = 1  # noqa: FAL102, FAL501\n'
        ),
        "src/shop/main.py": (
            "# -*- coding: utf-8 -*-\nimport time\n\nfrom fastapi import FastAPI\nfrom shop.api import pages\n\n"
            'app = FastAPI(title="Läden")\napp.include_router(pages.router)\n\n\n'
            '@app.get("/über")\nasync def über():\n    größe = 1; time.sleep(größe)\n'
        ),
        "made/app.py": "import time\n",
    },
}

Found = tuple[str, int, int, str, str]
"""A finding as all front ends show it: absolute path, line, column, code, message."""

Check = Callable[..., set[Found]]
"""What ``check`` says in a folder, with arguments, and ``data`` on standard input."""


@pytest.fixture(params=PROJECTS)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    target = tmp_path / "project"
    for path, text in PROJECTS[request.param].items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_text(text, encoding="utf-8")
    return target


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Check:
    def run(cwd: Path, *arguments: str, data: bytes = b"") -> set[Found]:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as ended:
            main.main(["check", "--jobs", "1", "--format", "json", *arguments])
        assert ended.value.code in (0, 1)
        found = set()
        for finding in json.loads(capfdbinary.readouterr().out)["findings"]:
            path = str((cwd / finding["path"]).resolve())
            start = finding["start"]
            found.add((path, start["line"], start["column"], finding["code"], finding["message"]))
        return found

    return run


@pytest.fixture
def expected(project: Path, check: Check) -> set[Found]:
    found = check(project, ".")
    assert len({path for path, *_ in found}) > 1
    return found


def files(project: Path) -> list[Path]:
    return sorted(project.rglob("*.py"))


def of_file(found: set[Found], file: Path) -> set[Found]:
    return {finding for finding in found if finding[0] == str(file)}


def flake8(cwd: Path, *arguments: str, method: str | None = None, text: bytes = b"") -> set[Found]:
    """What flake8 says, whose processes are started by a method."""
    start = f"import multiprocessing; multiprocessing.set_start_method({method!r}); " if method else ""
    options = ("--isolated", "--select=FAL", "--format=%(path)s\t%(row)d\t%(col)d\t%(code)s\t%(text)s")
    script = f"{start}import sys; from flake8.main.cli import main; sys.exit(main())"
    result = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, *options, *arguments],
        cwd=cwd,
        input=text,
        capture_output=True,
        check=False,
    )
    assert result.stderr == b"", result.stderr
    found = set()
    for line in result.stdout.decode().splitlines():
        path, row, column, code, message = line.split("\t")
        found.add((str((cwd / path).resolve()), int(row), int(column), code, message))
    return found


def test_the_command_from_any_folder(project: Path, check: Check, expected: set[Found], tmp_path: Path) -> None:
    inside = next(file for file in files(project) if file.parent != project).parent
    for cwd in (inside, tmp_path, Path(tmp_path.anchor)):
        assert check(cwd, str(project)) == expected
    assert check(tmp_path, "project") == expected


def test_the_command_with_single_files(project: Path, check: Check, expected: set[Found]) -> None:
    found: set[Found] = set()
    for file in files(project):
        of_this = check(file.parent, "--force-exclude", file.name)
        assert of_this == of_file(expected, file)
        found |= of_this
    assert found == expected


def test_standard_input(project: Path, check: Check, expected: set[Found], tmp_path: Path) -> None:
    for file in files(project):
        for cwd, name in ((project, file.relative_to(project)), (file.parent, file.name), (tmp_path, file)):
            found = check(cwd, "-", "--stdin-filename", str(name), data=file.read_bytes())
            assert found == of_file(expected, file)


def test_the_hook_with_one_file(project: Path, check: Check, expected: set[Found]) -> None:
    entry = re.search(r"^  entry: fastapi-lint check(.*)$", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.MULTILINE)
    assert entry is not None
    for file in files(project):
        found = check(project, *entry[1].split(), file.relative_to(project).as_posix())
        assert found == of_file(expected, file)


@pytest.mark.parametrize("method", sorted({"fork", "spawn"}.intersection(multiprocessing.get_all_start_methods())))
def test_flake8_with_several_processes(project: Path, expected: set[Found], method: str) -> None:
    assert flake8(project, "--jobs=4", ".", method=method) == expected


def test_flake8_with_one_process_from_elsewhere(project: Path, expected: set[Found], tmp_path: Path) -> None:
    assert flake8(project, "--jobs=1", ".") == expected
    assert flake8(tmp_path, "--jobs=1", "project") == expected


def test_flake8_with_one_file_or_its_text(project: Path, expected: set[Found]) -> None:
    file = Path(max(expected)[0])
    assert of_file(expected, file)
    assert flake8(file.parent, file.name) == of_file(expected, file)
    found = flake8(project, f"--stdin-display-name={file}", "-", text=file.read_bytes())
    assert found == of_file(expected, file)


def test_a_cold_and_a_warm_cache_and_none(project: Path, check: Check, expected: set[Found]) -> None:
    assert check(project) == expected
    assert check(project, "--no-cache") == expected
    shutil.rmtree(project / ".fastapi_lint_cache")
    assert flake8(project, "--jobs=1", ".") == expected
