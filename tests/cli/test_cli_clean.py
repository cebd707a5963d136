"""``clean``: what is kept between runs goes, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from fastapi_lint.cli.main import cli
from fastapi_lint.engine.store import DIRECTORY


def run(*arguments: str) -> str:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False).output


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").write_text("from fastapi import FastAPI\napp = FastAPI()\n")
    return folder


def test_the_cache_of_a_project_is_removed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", str(project))
    assert len(list((project / DIRECTORY).glob("*.cache"))) == 2
    monkeypatch.chdir(project)
    assert run("clean") == "Removed 2 files.\n"
    assert [path.name for path in project.iterdir()] == ["main.py"]
    assert run("clean") == "Nothing is kept.\n"


def test_what_is_not_ours_stays(project: Path) -> None:
    run("check", str(project))
    (project / DIRECTORY / "notes.txt").write_text("mine")
    run("clean", str(project))
    assert [path.name for path in (project / DIRECTORY).iterdir()] == ["notes.txt"]


def test_a_folder_that_several_projects_share(project: Path, tmp_path: Path) -> None:
    other, cache = tmp_path / "other", tmp_path / "cache"
    other.mkdir()
    (other / "main.py").write_text("x = 1\n")
    for folder in (project, other):
        run("check", "--cache-dir", str(cache), str(folder))
    assert run("clean", "--cache-dir", str(cache), str(project)) == "Removed 2 files.\n"
    assert len(list(cache.iterdir())) == 2
