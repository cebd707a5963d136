"""Where a project's pytest runs coroutine tests without a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.async_tests import async_test_folders


@pytest.mark.parametrize(
    ("file", "text", "runs"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\nasyncio_mode = "auto"\n', True),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = ['--asyncio-mode=auto']\n", True),
        ("pyproject.toml", '[tool.pytest.ini_options]\nanyio_mode = "auto"\n', True),
        ("pyproject.toml", '[tool.pytest.ini_options]\nasyncio_mode = "strict"\n', False),
        ("pyproject.toml", '# asyncio_mode = "auto"\n', False),
        ("pytest.ini", "[pytest]\nasyncio_mode=auto\n", True),
        ("setup.cfg", "[tool:pytest]\nasyncio_mode = auto\n", True),
        ("other.ini", "[pytest]\nasyncio_mode = auto\n", False),
    ],
)
def test_what_a_file_says(tmp_path: Path, file: str, text: str, runs: bool) -> None:
    (tmp_path / file).write_text(text)
    assert async_test_folders(tmp_path, ["", "tests"]) == (("",) if runs else ())


def test_folders_speak_for_what_is_below_them(tmp_path: Path) -> None:
    for folder, mode in (("orders", "auto"), ("stock/tests", "auto"), ("users", "strict")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "pytest.ini").write_text(f"[pytest]\nasyncio_mode = {mode}\n")
    assert async_test_folders(tmp_path, ["orders", "stock/tests", "users"]) == ("orders", "stock/tests")


def test_files_around_a_project_count_up_to_the_repository(tmp_path: Path) -> None:
    project = tmp_path / "backend"
    project.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n")
    assert not async_test_folders(project, [])
    (tmp_path / ".git").mkdir()
    assert async_test_folders(project, []) == ("",)
    (project / ".git").mkdir()
    assert not async_test_folders(project, [])
