"""Which releases of libraries a project uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.versions import find_versions, is_manifest, newest_allowed

ANY = 999_999


@pytest.mark.parametrize(
    ("specifier", "expected"),
    [
        ("==0.104.1", (0, 104, 1)),
        ("===2.0", (2, 0)),
        ("0.104.1", (0, 104, 1)),
        ("==0.104.*", (0, 104, ANY)),
        (">=0.100,<0.110", (0, 109, ANY)),
        ("<2", (1, ANY)),
        ("<2.0.0", (1, ANY)),
        ("<=1.4.50", (1, 4, 50)),
        ("~=0.104.1", (0, 104, ANY)),
        ("~=2.1", (2, ANY)),
        ("^0.104.1", (0, 104, ANY)),
        ("^1.2", (1, ANY)),
        ("^0.0.3", (0, 0, 3, ANY)),
        ("~1.2", (1, 2, ANY)),
        ("~1", (1, ANY)),
        (">=0.100,!=0.101", None),
        (">=0.100", None),
        ("*", None),
        ("", None),
        ("<0", None),
        ("nonsense", None),
    ],
)
def test_the_newest_release_a_requirement_allows(specifier: str, expected: tuple[int, ...] | None) -> None:
    assert newest_allowed(specifier) == expected


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_a_lock_file_speaks_before_requirements(tmp_path: Path) -> None:
    lock = write(
        tmp_path,
        "uv.lock",
        'version = 1\n\n[[package]]\nname = "fastapi"\nversion = "0.115.2"\nsource = { registry = "x" }\n\n'
        '[[package]]\nname = "SQLAlchemy"\nversion = "2.0.36.post1"\n\n[[package]]\nname = "odd"\nversion = "dev"\n',
    )
    required = write(tmp_path, "requirements.txt", "fastapi==0.100.0\npydantic<2\n")
    assert find_versions([required, lock]) == {
        "fastapi": (0, 115, 2),
        "sqlalchemy": (2, 0, 36),
        "pydantic": (1, ANY),
    }


def test_requirements_in_their_many_forms(tmp_path: Path) -> None:
    text = (
        "# a comment\n-r other.txt\n--hash=sha256:0\nfastapi[standard] == 0.110.0 ; python_version > '3.8'\n"
        "python_jose[cryptography]==3.3.0  # old\npydantic (>=1.10,<2.0)\nsqlalchemy>=2\ngit+https://example.com/x.git\n"
    )
    assert find_versions([write(tmp_path, "requirements-dev.txt", text)]) == {
        "fastapi": (0, 110, 0),
        "python-jose": (3, 3, 0),
        "pydantic": (1, ANY),
    }


def test_a_pyproject_of_either_kind(tmp_path: Path) -> None:
    standard = write(tmp_path, "pyproject.toml", '[project]\ndependencies = ["fastapi~=0.110.0", "pydantic>=2"]\n')
    poetry = write(
        tmp_path,
        "sub/pyproject.toml",
        '[tool.poetry.dependencies]\npython = "^3.11"\nsqlalchemy = {version = "^1.4", extras = ["asyncio"]}\n'
        'fastapi = "0.95.0"\n',
    )
    found = find_versions([poetry, standard])
    assert found["fastapi"] == (0, 110, ANY)
    assert found["sqlalchemy"] == (1, ANY)
    assert "pydantic" not in found


@pytest.mark.parametrize("text", ["[project\n", "project = 3\n", "[project]\ndependencies = 3\n", "\xff\n"])
def test_what_cannot_be_read_says_nothing(tmp_path: Path, text: str) -> None:
    assert find_versions([write(tmp_path, "pyproject.toml", text), tmp_path / "uv.lock"]) == {}


def test_which_files_are_asked() -> None:
    asked = ("uv.lock", "poetry.lock", "pdm.lock", "pyproject.toml", "requirements.txt", "requirements-dev.txt")
    assert all(map(is_manifest, asked))
    assert not any(map(is_manifest, ("setup.py", "requirements.in", "my-requirements.txt", "package-lock.json")))
