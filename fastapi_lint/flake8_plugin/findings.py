"""The findings of one run of flake8, by file. Nothing heavy is imported before a project is linked."""

from __future__ import annotations

import io
import os
import tokenize
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi_lint.flake8_plugin.wishes import Wishes

if TYPE_CHECKING:
    from fastapi_lint.config.discovery import ProjectPlace
    from fastapi_lint.engine.run import Request

Told = tuple[int, int, str]
"""A finding as flake8 is told it: line from 1, column from 0, code and message."""


class Findings:
    """What flake8 is told of each file, in one run of it.

    Args:
        wishes: what flake8 was asked for.

    Attributes:
        wishes: as given.
        linked: the paths whose files are known, each with what went wrong there, if anything did.
        by_file: the findings by absolute path.
        jobs: how many files are analysed at a time; None: as the machine allows.
    """

    def __init__(self, wishes: Wishes) -> None:
        self.wishes = wishes
        self.linked: dict[str, str | None] = {}
        self.by_file: dict[str, list[Told]] = {}
        self.jobs = wishes.jobs

    def of_file(self, filename: str) -> list[Told]:
        """The findings of a file."""
        path = _absolute(filename)
        if not path.is_file():
            return []
        for paths in (self.wishes.paths, (filename,)):
            if self._around(path) is None:
                self.link(paths)
        around = self._around(path)
        problem = self.linked[around] if around is not None else None
        return [(1, 0, problem)] if problem else self.by_file.get(str(path), [])

    def of_text(self, lines: list[str], filename: str | None) -> list[Told]:
        """The findings of standard input.

        Args:
            lines: what stands there.
            filename: the file that it stands in for, which need not exist; None: it is a module alone.
        """
        from fastapi_lint.flake8_plugin.relevance import concerns_us, mentions_us

        data = _encoded("".join(lines))
        if not mentions_us(data) and not (filename is not None and concerns_us(self._place(_absolute(filename)))):
            return []
        from fastapi_lint.engine.overlay import Overlay
        from fastapi_lint.engine.run import Request

        found = self._run(Request((), overlay=Overlay(data, Path(filename) if filename is not None else None)))
        return [told for of_file in found.values() for told in of_file]

    def link(self, paths: Iterable[str]) -> None:
        """Finds all there is to say of files and folders, as far as they exist and have to do with FastAPI."""
        from fastapi_lint.flake8_plugin.relevance import concerns_us

        by_root: dict[Path, dict[ProjectPlace, list[Path]]] = {}
        for path in map(_absolute, paths):
            if path.exists():
                place = self._place(path)
                by_root.setdefault(place.root, {}).setdefault(place, []).append(path)
        for by_place in by_root.values():
            of_root = [path for of_place in by_place.values() for path in of_place]
            problem = self._link_project(of_root) if any(map(concerns_us, by_place)) else None
            self.linked.update((str(path), problem) for path in of_root)

    def _link_project(self, paths: Iterable[Path]) -> str | None:
        """Adds the findings in a project's paths; says what went wrong, if anything did."""
        from fastapi_lint.engine.run import Request

        try:
            self.by_file.update(self._run(Request(tuple(paths))))
        except Exception as error:
            return words_for(error)
        return None

    def _place(self, path: Path) -> ProjectPlace:
        from fastapi_lint.config.discovery import find_project

        return find_project(path, self.wishes.config)

    def _around(self, path: Path) -> str | None:
        """What was linked and is a path or around it."""
        return next((around for around in map(str, (path, *path.parents)) if around in self.linked), None)

    def _run(self, request: Request) -> dict[str, list[Told]]:
        """What a run of the linter finds, by absolute path."""
        from dataclasses import replace

        from fastapi_lint.config.configuration import Layer
        from fastapi_lint.engine.errors import UsageError
        from fastapi_lint.engine.run import run

        wishes = self.wishes
        # Editors ask for whatever file is open.
        overrides = (Layer("flake8", {"force-exclude": True}),)
        try:
            result = run(
                replace(
                    request,
                    config=wishes.config,
                    overrides=overrides,
                    cache=wishes.cache,
                    noqa=wishes.noqa,
                    jobs=self.jobs,
                )
            )
        except UsageError:
            return {}  # there is no Python
        found: dict[str, list[Told]] = {}
        for project in result.projects:
            for diagnostic in project.diagnostics:
                line, column = diagnostic.location.start
                told = (line, column - 1, f"{diagnostic.code} {diagnostic.message}")
                found.setdefault(str(project.root / diagnostic.location.path), []).append(told)
        return found


def words_for(error: Exception) -> str:
    """What flake8 is told of an error: a configuration or baseline that can't be used, or what nobody expected."""
    from fastapi_lint.config.errors import ConfigurationError
    from fastapi_lint.engine.errors import UsageError

    if isinstance(error, (ConfigurationError, UsageError)):
        return f"FAL000 {error}"
    return f"FAL000 fastapi-lint failed: {type(error).__name__}: {error}"


def _absolute(path: str) -> Path:
    """A path as the engine names it: absolute, with links to folders resolved."""
    if os.path.isdir(path):
        return Path(os.path.realpath(path))
    absolute = os.path.abspath(path)
    return Path(os.path.realpath(os.path.dirname(absolute)), os.path.basename(absolute))


def _encoded(text: str) -> bytes:
    """A text in the encoding that it declares."""
    data = text.encode("utf-8", "surrogatepass")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return text.encode(encoding)
    except (SyntaxError, UnicodeError):
        return data
