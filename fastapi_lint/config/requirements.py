"""Requirements: the files in which projects write them, and what stands there."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fastapi_lint.config.bounds import Requirement, read_requirement, required
from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.files import SHARED_FILE, read_text, read_toml

_LIST = re.compile(r"[\w.-]*requirements[\w.-]*\.(?:txt|in)")
_LIST_IN_FOLDER = re.compile(r"(?:.*/)?requirements/[\w.-]+\.(?:txt|in)")
_INCLUDED = re.compile(r"\s*(?:-r|--requirement|-c|--constraint)[\s=]*(\S+)")


def is_requirements(path: str) -> bool:
    """Whether a file may require distributions, by its path with forward slashes: ``pyproject.toml``, ``setup.py``,
    ``setup.cfg``, ``Pipfile``, ``requirements*.txt`` and kin, and the files of a folder ``requirements``."""
    name = path.rpartition("/")[2]
    if name in _READERS:
        return True
    return _LIST.fullmatch(name) is not None or _LIST_IN_FOLDER.fullmatch(path) is not None


def read_requirements(path: Path) -> Iterator[Requirement]:
    """The requirements in a file. What can't be read says nothing."""
    read = _READERS.get(path.name, _list)
    yield from read(path)


def _list(path: Path, around: tuple[Path, ...] = ()) -> Iterator[Requirement]:
    """A list as pip takes it, those included that it names (``-r``, ``-c``)."""
    for line in read_text(path).replace("\\\n", " ").splitlines():
        if matched := _INCLUDED.match(line):
            included = path.parent / matched[1]
            if included not in (*around, path):
                yield from _list(included, (*around, path))
        else:
            yield from _requirements([line.partition(" --")[0]])


def _pyproject(path: Path) -> Iterator[Requirement]:
    """Those of the project (https://packaging.python.org/en/latest/specifications/pyproject-toml/), of its dependency
    groups (https://packaging.python.org/en/latest/specifications/dependency-groups/), and of uv, PDM and Poetry."""
    content = _toml(path)
    project, uv, poetry = _table(content, "project"), _table(content, "tool", "uv"), _table(content, "tool", "poetry")
    yield from _requirements(project.get("dependencies"))
    groups = _table(project, "optional-dependencies"), _table(content, "dependency-groups")
    for group in (*groups, _table(content, "tool", "pdm", "dev-dependencies")):
        for listed in group.values():
            yield from _requirements(listed)
    for key in ("dev-dependencies", "constraint-dependencies", "override-dependencies"):
        yield from _requirements(uv.get(key))
    yield from _packages(_table(poetry, "dependencies"))
    yield from _packages(_table(poetry, "dev-dependencies"))
    for name in _table(poetry, "group"):
        yield from _packages(_table(poetry, "group", name, "dependencies"))


def _pipfile(path: Path) -> Iterator[Requirement]:
    content = _toml(path)
    yield from _packages(_table(content, "packages"))
    yield from _packages(_table(content, "dev-packages"))


def _setup_cfg(path: Path) -> Iterator[Requirement]:
    from configparser import ConfigParser, Error

    parser = ConfigParser(interpolation=None)
    try:
        parser.read_string(read_text(path))
    except Error:
        return
    yield from _requirements(parser.get("options", "install_requires", fallback="").splitlines())
    if parser.has_section("options.extras_require"):
        for _, listed in parser.items("options.extras_require"):
            yield from _requirements(listed.splitlines())


def _setup_py(path: Path) -> Iterator[Requirement]:
    """What is written out in the call of ``setup``, or in a list or dict of the module that is passed to it."""
    import ast

    text = read_text(path)
    if "setup(" not in text:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    values = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and "setup" in (getattr(node.func, "id", ""), getattr(node.func, "attr", "")):
            for keyword in node.keywords:
                if keyword.arg not in ("install_requires", "extras_require"):
                    continue
                given = keyword.value
                if isinstance(given, ast.Name):
                    given = values.get(given.id, given)
                try:
                    value = ast.literal_eval(given)
                except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                    continue
                for listed in value.values() if isinstance(value, dict) else [value]:
                    yield from _requirements(listed)


_READERS = {SHARED_FILE: _pyproject, "Pipfile": _pipfile, "setup.cfg": _setup_cfg, "setup.py": _setup_py}


def _requirements(lines: Any) -> Iterator[Requirement]:
    """The requirements in a list of texts."""
    for line in lines if isinstance(lines, Iterable) else ():
        requirement = read_requirement(line) if isinstance(line, str) else None
        if requirement is not None:
            yield requirement


def _packages(table: dict[str, Any]) -> Iterator[Requirement]:
    """The requirements in a table of Poetry or Pipenv: a version by name, alone, in a table, or in a list of tables."""
    for name, wanted in table.items():
        alternatives = wanted if isinstance(wanted, list) else [wanted]
        for alternative in alternatives:
            version = alternative.get("version", "") if isinstance(alternative, dict) else alternative
            if isinstance(version, str):
                yield required(name, version, len(alternatives) > 1)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path)
    except ConfigurationError:
        return {}


def _table(content: dict[str, Any], *path: str) -> dict[str, Any]:
    for key in path:
        inner = content.get(key)
        if not isinstance(inner, dict):
            return {}
        content = inner
    return content
