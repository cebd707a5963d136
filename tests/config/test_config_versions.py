"""Which releases of libraries a project uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.config.bounds import newest_allowed
from fastapi_lint.config.versions import find_versions, is_manifest

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
        ("==2.0.0b1", (2, 0, 0)),
        ("==0.95.0+local", (0, 95, 0)),
        ("<2.0.0a1", (1, ANY)),
        ("^1.10 || ^2.0", (2, ANY)),
        (">=1,<2 | >=3", None),
        ("@ https://example.com/fastapi.whl", None),
    ],
)
def test_the_newest_release_a_requirement_allows(specifier: str, expected: tuple[int, ...] | None) -> None:
    assert newest_allowed(specifier) == expected


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def versions(folder: Path, files: dict[str, str]) -> dict[str, tuple[int, ...]]:
    """What the files of a project say."""
    return find_versions(folder, [write(folder, name, text) for name, text in files.items()])


# lock files

LOCKS = {
    "uv.lock": (
        'version = 1\nrequires-python = ">=3.10"\n\n[[package]]\nname = "fastapi"\nversion = "0.115.2"\n'
        'source = { registry = "x" }\n\n[[package]]\nname = "SQLAlchemy"\nversion = "2.0.36.post1"\n\n'
        '[[package]]\nname = "odd"\nversion = "dev"\n'
    ),
    "poetry.lock": (
        '[[package]]\ncategory = "main"\ndescription = "x"\nname = "fastapi"\noptional = false\n'
        'python-versions = ">=3.6"\nversion = "0.115.2"\n\n[package.dependencies]\nname = "other"\nversion = "9"\n\n'
        '[[package]]\nname = "sqlalchemy"\nversion = "2.0.36"\ngroups = ["main"]\n\n[metadata]\nlock-version = "2.1"\n'
    ),
    "pdm.lock": (
        '[metadata]\ngroups = ["default"]\n\n[[package]]\nname = "fastapi"\nversion = "0.115.2"\n\n'
        '[[package]]\nname = "sqlalchemy"\nversion = "2.0.36"\nextras = ["asyncio"]\n'
    ),
    "pylock.toml": (
        'lock-version = "1.0"\n\n[[packages]]\nname = "fastapi"\nversion = "0.115.2"\nwheels = []\n\n'
        '[[packages]]\nname = "sqlalchemy"\nversion = "2.0.36"\n'
    ),
    "Pipfile.lock": (
        '{"_meta": {}, "default": {"fastapi": {"hashes": [], "version": "==0.115.2"}, "own": {"path": "."}},'
        ' "develop": {"sqlalchemy": {"version": "==2.0.36"}}}'
    ),
}


@pytest.mark.parametrize("name", [*LOCKS, "pylock.server.toml"])
def test_lock_files(name: str, tmp_path: Path) -> None:
    text = LOCKS.get(name) or LOCKS["pylock.toml"]
    expected = {"fastapi": (0, 115, 2), "sqlalchemy": (2, 0, 36)}
    assert is_manifest(name)
    assert versions(tmp_path, {name: text}) == expected


def test_of_several_releases_in_a_lock_file_the_newest_counts(tmp_path: Path) -> None:
    text = '[[package]]\nname = "pydantic"\nversion = "2.5.3"\n\n[[package]]\nname = "pydantic"\nversion = "2.10.0"\n'
    assert versions(tmp_path, {"uv.lock": text}) == {"pydantic": (2, 10, 0)}


# requirements


def test_lists_in_their_many_forms(tmp_path: Path) -> None:
    text = (
        "# a comment\n-r other.txt\n--hash=sha256:0\nfastapi[standard] == 0.110.0 ; python_version > '3.8'\n"
        "python_jose[cryptography]==3.3.0  # old\npydantic (>=1.10,<2.0)\nsqlalchemy>=2\ngit+https://example.com/x.git\n"
        "starlette==0.36.3 \\\n    --hash=sha256:0\n"
    )
    assert versions(tmp_path, {"requirements-dev.txt": text}) == {
        "fastapi": (0, 110, 0),
        "python-jose": (3, 3, 0),
        "pydantic": (1, ANY),
        "starlette": (0, 36, 3),
    }


def test_lists_that_include_others(tmp_path: Path) -> None:
    files = {
        "requirements.txt": "-r parts/base.pip\n-c parts/pins.pip\n--requirement=missing.pip\nfastapi\n",
        "parts/base.pip": "-r ../requirements.txt\nsqlalchemy==2.0.1\n",
        "parts/pins.pip": "fastapi==0.100.0\npydantic<2\n",
    }
    for name, text in files.items():
        write(tmp_path, name, text)
    found = find_versions(tmp_path, [tmp_path / "requirements.txt"])
    assert found == {"fastapi": (0, 100, 0), "sqlalchemy": (2, 0, 1), "pydantic": (1, ANY)}


def test_a_list_of_powershell(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes("fastapi==0.110.0\r\npydantic==2.6.1\r\n".encode("utf-16"))
    assert find_versions(tmp_path, [tmp_path / "requirements.txt"])["fastapi"] == (0, 110, 0)


PYPROJECTS = {
    "project": '[project]\ndependencies = ["fastapi~=0.110.0", "pydantic>=2"]\n',
    "optional": '[project.optional-dependencies]\nserver = ["fastapi>=0.100,<0.111"]\nall = ["fastapi"]\n',
    "groups": '[dependency-groups]\ndev = ["fastapi==0.110.*", {include-group = "test"}]\ntest = ["pytest"]\n',
    "poetry": '[tool.poetry.dependencies]\npython = "^3.11"\nfastapi = {version = "^0.110", extras = ["all"]}\n',
    "poetry group": '[tool.poetry.group.dev.dependencies]\nfastapi = "~0.110"\nown = {path = "../own"}\n',
    "poetry alternatives": (
        '[tool.poetry.dependencies]\nfastapi = [{version = "<0.90", python = "<3.8"},'
        ' {version = "^0.110", python = ">=3.8"}]\n'
    ),
    "uv": '[tool.uv]\nconstraint-dependencies = ["fastapi<0.111"]\ndev-dependencies = ["pytest"]\n',
    "pdm": '[tool.pdm.dev-dependencies]\ntest = ["fastapi<0.111"]\n',
}


@pytest.mark.parametrize("case", PYPROJECTS)
def test_pyproject(case: str, tmp_path: Path) -> None:
    assert versions(tmp_path, {"pyproject.toml": PYPROJECTS[case]})["fastapi"] == (0, 110, ANY)


SETUPS = {
    "setup.cfg": (
        "[options]\ninstall_requires =\n    fastapi>=0.65,<0.80\n[options.extras_require]\ndb = sqlalchemy<2\n"
    ),
    "setup.py": (
        "from setuptools import setup\nNEEDED = ['fastapi>=0.65,<0.80']\n"
        "setup(name='x', install_requires=NEEDED, extras_require={'db': ['sqlalchemy<2']}, tests_require=make())\n"
    ),
    "Pipfile": (
        '[packages]\nfastapi = "<0.80"\nuvicorn = "*"\n[dev-packages]\nsqlalchemy = {version = "<2", extras = ["x"]}\n'
    ),
}


@pytest.mark.parametrize("name", SETUPS)
def test_older_files_with_requirements(name: str, tmp_path: Path) -> None:
    assert versions(tmp_path, {name: SETUPS[name]}) == {"fastapi": (0, 79, ANY), "sqlalchemy": (1, ANY)}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("fastapi>=0.100,<0.110\nfastapi", (0, 109, ANY)),
        ("fastapi<0.110\nfastapi<0.100", (0, 99, ANY)),
        ("fastapi<0.90 ; python_version < '3.8'\nfastapi<0.110 ; python_version >= '3.8'", (0, 109, ANY)),
        ("fastapi<0.90 ; python_version < '3.8'\nfastapi ; python_version >= '3.8'", None),
        ("fastapi<0.90 ; python_version < '3.8'\nfastapi==0.110", (0, 110)),
    ],
)
def test_requirements_of_one_thing_all_hold_but_for_environments(
    lines: str, expected: tuple[int, ...] | None, tmp_path: Path
) -> None:
    assert versions(tmp_path, {"requirements.txt": lines}).get("fastapi") == expected


# which file counts


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"uv.lock": LOCKS["uv.lock"], "requirements.txt": "fastapi==0.100.0"}, (0, 115, 2)),
        ({"pyproject.toml": PYPROJECTS["project"], "requirements.txt": "fastapi==0.110.3"}, (0, 110, 3)),
        (
            {"pyproject.toml": '[project]\ndependencies = ["fastapi"]', "requirements.txt": "fastapi<0.100"},
            (0, 99, ANY),
        ),
        ({"requirements.txt": "fastapi==0.110.3", "requirements-dev.txt": "fastapi==0.100.0"}, (0, 110, 3)),
        ({"requirements.txt": "fastapi<0.100", "docs/uv.lock": LOCKS["uv.lock"]}, (0, 99, ANY)),
        ({"requirements.txt": "fastapi", "tests/requirements.txt": "fastapi==0.100.0"}, None),
        ({"requirements.txt": "uvicorn", "backend/requirements.txt": "fastapi==0.100.0"}, (0, 100, 0)),
        ({"requirements.txt": "uvicorn", "requirements/base.txt": "fastapi==0.100.0"}, (0, 100, 0)),
    ],
)
def test_which_file_counts(files: dict[str, str], expected: tuple[int, ...] | None, tmp_path: Path) -> None:
    assert all(map(is_manifest, files))
    assert versions(tmp_path, files).get("fastapi") == expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({}, (0, 115, 2)),
        ({"pyproject.toml": '[project]\ndependencies = ["fastapi<0.120"]'}, (0, 115, 2)),
        ({"requirements.txt": "fastapi==0.100.0"}, (0, 100, 0)),
        ({"uv.lock": LOCKS["uv.lock"].replace("0.115.2", "0.111.0")}, (0, 111, 0)),
    ],
)
def test_lock_files_of_a_workspace(own: dict[str, str], expected: tuple[int, ...], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "uv.lock", LOCKS["uv.lock"])
    write(tmp_path, "services/Pipfile.lock", "{}")
    member = tmp_path / "services/member"
    member.mkdir()
    assert versions(member, own)["fastapi"] == expected


def test_a_lock_file_outside_the_repository_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, "uv.lock", LOCKS["uv.lock"])
    (tmp_path / "repository/member").mkdir(parents=True)
    assert versions(tmp_path / "repository/member", {}) == {}
    (tmp_path / "repository/.git").write_text("gitdir: elsewhere")
    assert versions(tmp_path / "repository/member", {}) == {}


UNREADABLE = {
    "pyproject.toml": ["[project\n", "project = 3\n", "[project]\ndependencies = 3\n", "\xff\n", "[tool]\npoetry = []"],
    "Pipfile": ["packages = 3"],
    "Pipfile.lock": ["{", "[]", '{"default": []}', '{"default": {"x": 3, "y": {"version": 4}}}'],
    "setup.cfg": ["[options\n", "[options]\ninstall_requires = %(x)s\n"],
    "setup.py": ["setup(", "setup(install_requires=read())", "setup(install_requires=3)", "\0setup()"],
    "uv.lock": ["[[package]]\n", '[[package]]\nname = "x"\n'],
    "requirements.txt": ["-r a\0b\n", "-r requirements.txt\n", "-r .\n", f"fastapi=={'9' * 5000}\n", "fastapi[", "==1"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in UNREADABLE.items() for text in texts])
def test_what_cannot_be_read_says_nothing(name: str, text: str, tmp_path: Path) -> None:
    assert versions(tmp_path, {name: text}) == {}
    assert find_versions(tmp_path, [tmp_path / "missing" / name]) == {}


def test_which_files_are_asked() -> None:
    asked = "pyproject.toml sub/setup.py setup.cfg Pipfile requirements/prod.txt dev-requirements.txt requirements.in"
    assert all(map(is_manifest, asked.split()))
    assert not any(map(is_manifest, ("package-lock.json", "requirements.md", "docs/base.txt", "Cargo.lock")))
