"""Whether a project's pytest runs coroutine tests without a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.async_tests import runs_async_tests


@pytest.mark.parametrize(
    ("file", "text", "runs"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\nasyncio_mode = "auto"\n', True),
        ("pyproject.toml", "[tool.pytest.ini_options]\naddopts = ['--asyncio-mode=auto']\n", True),
        ("pyproject.toml", '[tool.pytest.ini_options]\nanyio_mode = "auto"\n', True),
        ("pyproject.toml", '[tool.pytest.ini_options]\nasyncio_mode = "strict"\n', False),
        ("pyproject.toml", '# asyncio_mode = "auto"\n', False),
        ("pytest.ini", "[pytest]\nasyncio_mode=auto\n", True),
        ("tests/pytest.ini", "[pytest]\nasyncio_mode = auto\n", True),
        ("setup.cfg", "[tool:pytest]\nasyncio_mode = auto\n", True),
        ("other.ini", "[pytest]\nasyncio_mode = auto\n", False),
    ],
)
def test_what_a_file_says(tmp_path: Path, file: str, text: str, runs: bool) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert runs_async_tests(tmp_path) is runs


def test_files_around_a_project_count_up_to_the_repository(tmp_path: Path) -> None:
    project = tmp_path / "backend"
    project.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n")
    assert not runs_async_tests(project)
    (tmp_path / ".git").mkdir()
    assert runs_async_tests(project)
    (project / ".git").mkdir()
    assert not runs_async_tests(project)
