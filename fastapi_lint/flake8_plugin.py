"""The flake8 plugin: the findings of ``fastapi-lint check``, file by file, under the same codes.

flake8 hands over one file at a time; the project around it is linked at the first file of it that this process sees.
Nothing but this module and the search for the project is imported as long as no file belongs to a project that uses
FastAPI.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from fastapi_lint import __version__

if TYPE_CHECKING:
    import argparse
    import ast

    from fastapi_lint.config.discovery import ProjectPlace

Finding = tuple[int, int, str, type]
"""What flake8 wants: line from 1, column from 0, code and message, and the plugin."""

_MARKS = (b"fastapi", b"FAL")
"""Without one of these in any source file, a project has nothing to do with FastAPI or this linter."""

_linked: dict[tuple[bool, Path], dict[str, list[tuple[int, int, str]]]] = {}
"""The findings of each project root, by absolute path; the key holds whether ``noqa`` comments count."""


class Plugin:
    """What flake8 makes for each file."""

    name = "fastapi-lint"
    version = __version__
    _noqa: ClassVar[bool] = True

    def __init__(self, tree: ast.AST, filename: str, lines: list[str]) -> None:
        self._filename = filename

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Takes from flake8 whether ``noqa`` comments count."""
        cls._noqa = not getattr(options, "disable_noqa", False)

    def run(self) -> Iterator[Finding]:
        """The findings of the file. Never raises: what goes wrong is itself a finding."""
        try:
            found = _findings(self._filename, self._noqa)
        except Exception as error:
            found = [(1, 0, _failure(error))]
        for line, column, text in found:
            yield line, column, text, type(self)


def _findings(filename: str, noqa: bool) -> list[tuple[int, int, str]]:
    """The findings of one file: line, column and text."""
    absolute = os.path.abspath(filename)
    if not os.path.isfile(absolute):
        return []
    path = Path(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))
    from fastapi_lint.config.discovery import find_project

    place = find_project(path)
    key = (noqa, place.root)
    if key not in _linked:
        _linked[key] = _link(place, noqa)
    return _linked[key].get(str(path), [])


def _link(place: ProjectPlace, noqa: bool) -> dict[str, list[tuple[int, int, str]]]:
    """The findings of a project by absolute path."""
    if place.config_file is None and not _concerns_us(place):
        return {}
    from fastapi_lint.config.errors import ConfigurationError

    try:
        from fastapi_lint.engine.run import Request, run

        result = run(Request(place.folders, jobs=1, noqa=noqa))
    except ConfigurationError as error:
        return _everywhere(place, f"FAL000 {error}")
    except Exception as error:
        return _everywhere(place, _failure(error))
    found: dict[str, list[Any]] = {}
    for project in result.projects:
        for diagnostic in project.diagnostics:
            line, column = diagnostic.location.start
            text = f"{diagnostic.code} {diagnostic.message}"
            found.setdefault(str(project.root / diagnostic.location.path), []).append((line, column - 1, text))
    return found


def _concerns_us(place: ProjectPlace) -> bool:
    """Whether any source file of a project mentions FastAPI or our codes."""
    return any(_mentions(file) for file in _sources(place))


def _mentions(file: Path) -> bool:
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return any(mark in content for mark in _MARKS)


def _sources(place: ProjectPlace) -> list[Path]:
    from fastapi_lint.config.configuration import configuration_of
    from fastapi_lint.engine.discovery import discover

    return [place.root / path for path in discover(place, (), configuration_of()).files]


def _everywhere(place: ProjectPlace, text: str) -> dict[str, list[tuple[int, int, str]]]:
    """A finding for the first line of every file: flake8 may visit only one of them."""
    return {str(file): [(1, 0, text)] for file in _sources(place)}


def _failure(error: Exception) -> str:
    return f"FAL000 fastapi-lint failed: {type(error).__name__}: {error}"
