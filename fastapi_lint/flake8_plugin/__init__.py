"""The flake8 plugin: the findings of ``fastapi-lint check``, file by file, under the same codes.

flake8 hands over one file at a time, and files to several processes; what it was asked to check is linked once, before
there are any. Nothing heavy is imported as long as no file belongs to a project that uses FastAPI.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from fastapi_lint import __version__
from fastapi_lint.flake8_plugin.findings import Findings, words_for
from fastapi_lint.flake8_plugin.sharing import is_worker, link_for_all
from fastapi_lint.flake8_plugin.wishes import STDIN_NAME, Wishes

if TYPE_CHECKING:
    import argparse
    import ast

    from fastapi_lint.flake8_plugin.findings import Told

Finding = tuple[int, int, str, type]
"""What flake8 wants: line from 1, column from 0, code and message, and the plugin."""


class Plugin:
    """What flake8 makes for each file."""

    name = "fastapi-lint"
    version = __version__
    _findings: ClassVar[Findings] = Findings(Wishes())

    def __init__(self, tree: ast.AST, filename: str, lines: list[str]) -> None:
        self._filename, self._lines = filename, lines

    @classmethod
    def add_options(cls, manager: Any) -> None:
        """Tells flake8 of our options, for its command line and its configuration."""
        manager.add_option(
            "--fastapi-lint-config", metavar="FILE", parse_from_config=True, normalize_paths=True,
            help="Use this configuration file of fastapi-lint.",
        )  # fmt: skip
        manager.add_option(
            "--fastapi-lint-no-cache", action="store_true", default=False, parse_from_config=True,
            help="Neither read nor write the cache of fastapi-lint.",
        )  # fmt: skip

    @classmethod
    def parse_options(cls, options: argparse.Namespace) -> None:
        """Begins a run of flake8. When there may be several processes, all is linked now, so that each of them has the
        findings."""
        from fastapi_lint.config.discovery import forget_projects

        forget_projects()
        wishes = Wishes.of(options)
        cls._findings = Findings(wishes)
        if wishes.parallel or is_worker():
            link_for_all(cls._findings)

    def run(self) -> Iterator[Finding]:
        """The findings of the file. Never raises: what goes wrong is itself a finding."""
        for line, column, text in self._told():
            yield line, column, text, type(self)

    def _told(self) -> list[Told]:
        try:
            if self._findings.wishes.stdin_name == self._filename:
                return self._findings.of_text(self._lines, None if self._filename == STDIN_NAME else self._filename)
            return self._findings.of_file(self._filename)
        except Exception as error:
            return [(1, 0, words_for(error))]
