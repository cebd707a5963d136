"""Nothing that the command writes holds a secret that it found: no format, no cache, no baseline."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import command

from fastapi_lint.report.formats import NAMES

SECRETS = ("f3Xq9LmZ72bTtRk81VwYpQe5", "Xk29vPq7Rt", "ghp_16C7e42F292c6912E7710c838347Ae178B4a", "Zq81!kLmP")
SOURCE = f"""\
from fastapi import FastAPI

app = FastAPI()
SECRET_KEY = "{SECRETS[0]}"
DATABASE = "postgresql://shop:{SECRETS[1]}@db.shop.internal/shop"
TOKEN = "{SECRETS[2]}"


def connect(password="{SECRETS[3]}"): ...


@app.post("/items/{{item_id}}")  # noqa: FAL000
def create(item: str) -> None:
    return None
"""


def run(folder: Path, *arguments: str) -> str:
    ended = command(*arguments, cwd=folder)
    assert ended.returncode in (0, 1), ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text(SOURCE)
    return tmp_path


def written(folder: Path) -> bytes:
    """All that stands in the folder beside the source."""
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != "main.py")


@pytest.mark.parametrize("name", NAMES)
def test_formats(folder: Path, name: str) -> None:
    for _ in range(2):  # the second time from what is kept
        shown = run(folder, "check", "--format", name)
        assert "FAL351" in shown and not [secret for secret in SECRETS if secret in shown]
        assert not [secret for secret in SECRETS if secret.encode() in written(folder)]


@pytest.mark.parametrize("arguments", [("baseline", "create"), ("explain", "main.py:4"), ("check", "--statistics")])
def test_other_commands(folder: Path, arguments: tuple[str, ...]) -> None:
    shown = run(folder, *arguments)
    assert not [secret for secret in SECRETS if secret in shown]
    assert not [secret for secret in SECRETS if secret.encode() in written(folder)]


def test_what_was_kept_before_goes(folder: Path) -> None:
    run(folder, "check", "--ignore", "FAL351")
    run(folder, "check")
    assert not [secret for secret in SECRETS if secret.encode() in written(folder)]


def test_silenced_secrets_are_not_kept(folder: Path) -> None:
    lines = SOURCE.splitlines(keepends=True)
    (folder / "main.py").write_text("".join(line.replace("\n", "  # noqa: FAL351\n", 1) for line in lines))
    run(folder, "check")
    assert not [secret for secret in SECRETS if secret.encode() in written(folder)]
