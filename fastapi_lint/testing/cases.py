"""Cases: the fixtures of a rule, found in its folder and read.

``fixtures/rules/FAL121-shadowed-route/`` is the folder of a rule. Each ``.py`` file in it is a case, a project of one
module; each folder in it is a case too, a project of several files. ``name.fixed.py`` beside a file holds its text
after fixing and is no case.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.config.files import OWN_FILE, SHARED_FILE, own_table
from fastapi_lint.config.parse import parse_table
from fastapi_lint.config.selection import enabled_codes
from fastapi_lint.config.toml import dumps
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry
from fastapi_lint.testing.comments import python_comments
from fastapi_lint.testing.expectations import Expectation, ExpectationError, read_expectations

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_FIXED_SUFFIX = ".fixed.py"
_FOLDER = re.compile(r"(FAL\d{3})-([a-z0-9-]+)")
_HEADER = re.compile(r"#\s*(?P<word>select|options|settings):(?P<value>.*)")
_IGNORED = frozenset({"__pycache__", ".fastapi_lint_cache"})


class CaseError(ValueError):
    """A case that cannot be read; the message names the file."""


@dataclass(frozen=True, slots=True)
class CasePath:
    """Where a case is: the code and name of the rule its folder is for, and the file or folder."""

    code: str
    rule_name: str
    path: Path

    def has_fix(self) -> bool:
        """Whether the case says what a file is after fixing."""
        if self.path.is_file():
            return self.path.with_name(self.path.stem + _FIXED_SUFFIX).is_file()
        return any(file.name.endswith(_FIXED_SUFFIX) for file in _walk(self.path))

    def has_modules(self) -> bool:
        """Whether the case is a project of several modules."""
        return self.path.is_dir() and sum(file.suffix == ".py" for file in _walk(self.path)) > 1

    @property
    def id(self) -> str:
        """``FAL121-shadowed-route/name``: what the case is called in reports."""
        return f"{self.code}-{self.rule_name}/{self.path.name}"


@dataclass(frozen=True, slots=True)
class Case:
    """A case that was read.

    Attributes:
        place: where it is.
        files: the content of all its files, with that of its configuration, by path relative to its root.
        codes: of the rules that run on it.
        expectations: what its comments announce.
        fixed: the contents after fixing, by the path of the file that is fixed.
    """

    place: CasePath
    files: Mapping[str, bytes]
    codes: frozenset[str]
    expectations: tuple[Expectation, ...]
    fixed: Mapping[str, bytes]

    def shown(self, path: str) -> str:
        """A path of the case as a report shows it: one that an editor can open."""
        return (self.place.path / path if self.place.path.is_dir() else self.place.path).as_posix()

    def line(self, path: str, line: int) -> str:
        """The text of a line, without outer spaces; "" if there is none."""
        lines = decode(self.files.get(path, b"")).splitlines()
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def find_cases(folder: Path) -> list[CasePath]:
    """The cases of all rules below ``folder``, in order.

    Raises:
        CaseError: a folder in it is not named after a rule.
    """
    found: list[CasePath] = []
    for rule_folder in sorted(folder.iterdir()):
        if not rule_folder.is_dir() or rule_folder.name in _IGNORED:
            continue
        match = _FOLDER.fullmatch(rule_folder.name)
        if match is None:
            raise CaseError(f"{rule_folder}: not named after a rule, as FAL121-shadowed-route is")
        for path in sorted(rule_folder.iterdir()):
            is_module = path.suffix == ".py" and not path.name.endswith(_FIXED_SUFFIX)
            if is_module or (path.is_dir() and path.name not in _IGNORED):
                found.append(CasePath(match[1], match[2], path))
    return found


def read_case(place: CasePath, registry: Registry) -> Case:
    """Read a case.

    Raises:
        CaseError: its rule does not exist, its header or configuration cannot be used, there is no Python in it.
        ExpectationError: an expectation cannot be read, or speaks of a rule that does not run.
    """
    rule = registry.find(place.code)
    if rule is None or rule.name != place.rule_name:
        what = f"it is called {rule.name}" if rule else "there is none of this code"
        raise CaseError(f"{place.path.parent}: no rule {place.code} {place.rule_name}: {what}")
    files, fixed = _read_files(place.path)
    if not any(is_python(path) for path in files):
        raise CaseError(f"{place.path}: there is no Python file in it")
    table = _configuration(place, files, rule)
    # What says itself which rules run stays as it is, so that its comments may hold expectations.
    is_complete = place.path.is_dir() and "select" in table
    table.setdefault("select", [rule.code])
    try:
        layer = parse_table(table, str(place.path), registry)
    except ConfigurationError as error:
        raise CaseError(str(error)) from None
    codes = enabled_codes((layer.choice,), registry)
    expectations = tuple(
        expectation for path, data in files.items() for expectation in read_expectations(path, decode(data))
    )
    for expectation in expectations:
        if expectation.code not in codes:
            raise ExpectationError(
                f"{place.path} line {expectation.line}: {expectation.code} does not run here (only "
                f"{', '.join(sorted(codes))}); name it in a '# select:' line or the configuration"
            )
    if not is_complete:
        # fastapi-lint.toml goes before pyproject.toml, which stays as it is for what else it says.
        files[OWN_FILE] = dumps(table).encode()
    return Case(place, files, codes, expectations, fixed)


def decode(data: bytes) -> str:
    """``data`` as text with line feeds, whatever it is: for looking at comments and lines only."""
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_files(path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of a case, and those that hold what they are after fixing."""
    if path.is_file():
        files = {path.name: path.read_bytes()}
        after = path.with_name(path.stem + _FIXED_SUFFIX)
        return files, {path.name: after.read_bytes()} if after.is_file() else {}
    files, fixed = {}, {}
    for file in _walk(path):
        name = file.relative_to(path).as_posix()
        if name.endswith(_FIXED_SUFFIX):
            fixed[name[: -len(_FIXED_SUFFIX)] + ".py"] = file.read_bytes()
        else:
            files[name] = file.read_bytes()
    return files, fixed


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in _IGNORED:
                yield from _walk(path)
        else:
            yield path


def _configuration(place: CasePath, files: Mapping[str, bytes], rule: type[Rule]) -> dict[str, Any]:
    """The table of options that the case asks for."""
    if place.path.is_file():
        return _header(place.path, decode(files[place.path.name]), rule)
    for name in (OWN_FILE, SHARED_FILE):
        if name in files:
            try:
                table = own_table(place.path / name)
            except ConfigurationError as error:
                raise CaseError(str(error)) from None
            if table is not None:
                return dict(table)
    return {}


def _header(path: Path, text: str, rule: type[Rule]) -> dict[str, Any]:
    """What the comments above all code of a case say: ``# select:``, ``# options:`` (of the rule of the folder) and
    ``# settings:`` (of the project)."""
    table: dict[str, Any] = {}
    for comment in python_comments(text).found:
        match = _HEADER.fullmatch(comment.text)
        if match is None or not comment.is_header:
            continue
        value = match["value"].strip()
        if match["word"] == "select":
            table["select"] = [code.strip() for code in value.split(",")]
        elif match["word"] == "options":
            table.setdefault("rules", {}).setdefault(rule.name, {}).update(_values(value, path, comment.line))
        else:
            table.update(_values(value, path, comment.line))
    return table


def _values(text: str, path: Path, line: int) -> dict[str, Any]:
    """What stands behind ``# options:``: a JSON object, or TOML pairs of one line."""
    try:
        return dict(json.loads(text)) if text.startswith("{") else tomllib.loads(text)
    except (ValueError, TypeError) as error:
        raise CaseError(f"{path}:{line}: neither a JSON object nor a TOML pair: {error}") from None


def is_python(path: str) -> bool:
    """Whether a path of a case is that of a Python file."""
    return PurePosixPath(path).suffix == ".py"
