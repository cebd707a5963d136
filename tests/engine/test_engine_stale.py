"""FAL005: when the configuration is judged, and when it is not. What is found is for the fixtures to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Layer
from fastapi_lint.config.discovery import _find
from fastapi_lint.engine.run import Request, run
from fastapi_lint.rules.engine.stale_setting import StaleSetting

APP = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/a')\ndef a() -> None: ...\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    _find.cache_clear()
    (tmp_path / "sub").mkdir()
    (tmp_path / "main.py").write_text(APP)
    (tmp_path / "sub/other.py").write_text("x = 1\n")
    (tmp_path / "fastapi-lint.toml").write_text('# é\npublic-paths = ["/b"]\n', encoding="utf-8-sig")
    return tmp_path


def codes(*paths: Path, **options: object) -> list[str]:
    result = run(Request(paths, cache=False, jobs=1, **options))  # type: ignore[arg-type]
    return [f"{d.location} {d.code}" for found in result.projects for d in found.diagnostics if d.code < "FAL1"]


def test_when_the_whole_project_is_checked(project: Path) -> None:
    assert codes(project) == ["fastapi-lint.toml:2 FAL005"]
    assert codes(project, overrides=(Layer("command line", {"fail-on": "error"}),)) == ["fastapi-lint.toml:2 FAL005"]


def test_not_when_only_a_part_is_checked(project: Path) -> None:
    assert codes(project / "main.py") == codes(project / "sub") == []


@pytest.mark.parametrize("said", [{"extend-exclude": ("sub/",)}, {"app": ("main:app",)}, {"ignore": ("FAL005",)}])
def test_not_when_the_command_line_says_what_there_is(project: Path, said: dict[str, object]) -> None:
    assert codes(project, overrides=(Layer("command line", said),)) == []


def test_not_when_the_file_lies_elsewhere(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "lint.toml"
    elsewhere.write_text('public-paths = ["/b"]\n')
    assert codes(project, config=elsewhere) == []


def test_each_project_by_its_own_file(project: Path) -> None:
    (project / "sub/fastapi-lint.toml").write_text('src = "gone"\n')
    assert codes(project) == ["fastapi-lint.toml:2 FAL005", "fastapi-lint.toml:1 FAL005"]


def test_a_failure_is_an_internal_error(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: object, *arguments: object, **values: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(StaleSetting, "finding", broken)
    assert codes(project) == [".:1 FAL000"]
