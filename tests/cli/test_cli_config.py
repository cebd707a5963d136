"""``fastapi-lint config``: what is in force, and where it was said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fastapi_lint.cli import main
from fastapi_lint.config.discovery import _find
from fastapi_lint.config.options import SETTINGS

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, status: int = 0) -> str:
        _find.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main.main(["config", *arguments])
        assert ended.value.code == status
        return "".join(capsys.readouterr())

    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {
        "base.toml": 'select = ["FAL1", "FAL3"]\nextend-exclude = ["x/"]\n[severity]\nFAL101 = "info"\n',
        "fastapi-lint.toml": """
            extend = "base.toml"
            ignore = ["FAL1"]
            [severity]
            security = "error"
            [per-file-ignores]
            "tests/" = ["FAL351"]
            [rules.FAL301]
            reads = true
        """,
        "app/tests/test_a.py": "",
        "x/b.py": "",
    }
    for name, text in files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path


def test_each_value_and_where_it_was_said(project: Path, command) -> None:  # type: ignore[no-untyped-def]
    lines = command("app", "--fail-on", "error", "--config", 'src = "lib"').splitlines()
    assert lines[:3] == [
        f"# project: {project}",
        "# configuration: fastapi-lint.toml, which extends base.toml",
        "",
    ]
    for line in (
        'profile = "recommended"  # default',
        'select = ["FAL1", "FAL3"]  # base.toml',
        'ignore = ["FAL1"]  # fastapi-lint.toml',
        'severity.FAL101 = "info"  # base.toml',
        'severity.security = "error"  # fastapi-lint.toml',
        'per-file-ignores."tests/" = ["FAL351"]  # fastapi-lint.toml',
        "rules.FAL301.reads = true  # fastapi-lint.toml",
        'fail-on = "error"  # command line',
        'src = "lib"  # --config',
        'extend-exclude = ["x/"]  # base.toml',
        "# app: all that are found",
        "# FAL301 unauthenticated-route (error)",
        "# FAL351 hardcoded-secret (error)",
    ):
        assert line in lines, line
    assert any(line.endswith(" rules run for app:") for line in lines)
    assert not any("FAL101 created" in line for line in lines)


def test_a_file_with_rules_of_its_own(project: Path, command) -> None:  # type: ignore[no-untyped-def]
    said = command("app/tests/test_a.py")
    assert "rules run for app/tests/test_a.py:" in said and "FAL301" in said and "# FAL351" not in said
    assert "# x/b.py is left out" in command("x/b.py") and "left out" not in said


def test_selection_that_starts_anew(project: Path, command) -> None:  # type: ignore[no-untyped-def]
    said = command("--profile", "strict", "--extend-ignore", "FAL3")
    assert 'profile = "strict"  # command line' in said and 'extend-ignore = ["FAL3"]  # command line' in said
    assert "ignore = []  # default" in said and "# select: those of the profile" in said
    assert "# FAL101 created-without-201 (info)" in said


def test_json(project: Path, command) -> None:  # type: ignore[no-untyped-def]
    document: dict[str, Any] = json.loads(command("x", "--format", "json", "--extend-exclude", "y/"))
    assert document["root"] == str(project) and document["path"] == "x" and document["left_out"] is True
    assert document["files"] == [str(project / "fastapi-lint.toml"), str(project / "base.toml")]
    assert list(document["options"]) == list(SETTINGS)
    assert document["options"]["extend-exclude"] == [
        {"value": ["x/"], "source": "file", "file": str(project / "base.toml")},
        {"value": ["y/"], "source": "command line", "file": None},
    ]
    assert document["options"]["fail-on"] == [{"value": "info", "source": "default", "file": None}]
    assert document["options"]["src"] == [{"value": None, "source": "default", "file": None}]
    assert {"code": "FAL301", "name": "unauthenticated-route", "severity": "error"} in document["rules"]


def test_releases_that_other_files_state(project: Path, command) -> None:  # type: ignore[no-untyped-def]
    (project / "uv.lock").write_text('[[package]]\nname = "fastapi"\nversion = "0.110.1"\n')
    (project / "requirements.txt").write_text("pydantic<2\nsqlalchemy>=2\n")
    lines = command("--config", 'pydantic-version = "1.10"').splitlines()
    assert 'fastapi-version = "0.110.1"  # uv.lock' in lines and 'pydantic-version = "1.10"  # --config' in lines
    assert "# sqlalchemy-version: what the lock file or the requirements say, else the newest" in lines
    document = json.loads(command("--format", "json"))
    assert document["options"]["pydantic-version"] == [
        {"value": "1.*", "source": "file", "file": str(project / "requirements.txt")}
    ]


def test_without_a_configuration(tmp_path: Path, command) -> None:  # type: ignore[no-untyped-def]
    said = command()
    assert f"# project: {tmp_path}\n# configuration: none\n" in said and " rules run:" in said


def test_the_schema_is_the_one_in_the_documentation(command) -> None:  # type: ignore[no-untyped-def]
    assert command("--schema") == (ROOT / "docs/fastapi-lint.schema.json").read_text(encoding="utf-8")


def test_what_cannot_be_shown(project: Path, command) -> None:  # type: ignore[no-untyped-def]
    assert command("nowhere", status=2) == "fastapi-lint: nowhere does not exist.\n"
    (project / "base.toml").write_text("selct = []\n")
    assert command(status=2) == "fastapi-lint: base.toml: `selct`: unknown option. Did you mean `select`?\n"
