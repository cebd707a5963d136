"""What one module says: :class:`ModuleFacts`, the unit of extraction and of the cache."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from fastapi_lint.facts.statements import Statement


class Comment(NamedTuple):
    """A comment that may speak to us (noqa, ``fastapi-lint:``, ``public:``) or goes on below one; ``text`` begins with
    ``#``, ``standalone`` when nothing else stands on its line."""

    text: str
    standalone: bool
    start: int
    end: int
    kind: str = "@comment"


class ModuleFacts(NamedTuple):
    """The facts of one file. They know neither its path nor its module name, so that a cache can be moved.

    ``line_starts`` are the offsets at which lines begin; ``long_lines`` the first and last line numbers of each logical
    line that spans several; ``continued_lines`` those of the stretches that strings and backslashes alone make of
    several lines; ``imports`` the top-level packages that the file imports anywhere, in functions too; ``names`` the
    identifiers that stand in it, each between spaces; ``codes`` the offsets of texts with something long and without
    spaces in them, as keys and tokens are, or a URL, in ascending order.
    """

    body: tuple[Statement, ...]
    docstring: str | None
    comments: tuple[Comment, ...]
    line_starts: tuple[int, ...]
    long_lines: tuple[tuple[int, int], ...]
    continued_lines: tuple[tuple[int, int], ...] = ()
    imports: tuple[str, ...] = ()
    names: str = ""
    codes: tuple[int, ...] = ()
    kind: str = "@module"

    def may_hold_code(self, start: int, end: int) -> bool:
        """Whether one of ``codes`` stands in a stretch."""
        following = bisect_left(self.codes, start)
        return following < len(self.codes) and self.codes[following] < end

    def may_name(self, *names: str) -> bool:
        """Whether one of these identifiers may stand in it; annotations that are texts apart."""
        return not self.names or any(f" {name} " in self.names for name in names)
