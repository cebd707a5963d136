"""Rules that are off in some files."""

from __future__ import annotations

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.patterns import PathPatterns
from fastapi_lint.config.selection import codes_of
from fastapi_lint.rules.registry import Registry


class PerFileIgnores:
    """Which codes are off in which files of a project."""

    def __init__(self, configuration: Configuration, registry: Registry) -> None:
        self._ignores = [
            (
                PathPatterns.of((pattern.removeprefix("!"),)),
                not pattern.startswith("!"),
                frozenset().union(*(codes_of(selector, registry) for selector in selectors)),
            )
            for pattern, selectors in configuration.per_file_ignores
        ]

    def codes(self, path: str) -> frozenset[str]:
        """The codes that are off in a file, by its path relative to the root."""
        return frozenset().union(
            *(codes for patterns, where_it_fits, codes in self._ignores if patterns.covers(path) is where_it_fits)
        )
