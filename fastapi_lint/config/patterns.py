"""Path patterns in git-ignore syntax."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pathspec import GitIgnoreSpec


class BadPattern(ValueError):
    """A pattern that git would not understand."""


class PathPatterns:
    """A list of patterns as in a ``.gitignore`` at the project root.

    Raises:
        BadPattern: a pattern that can't be understood.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        try:
            self._spec = GitIgnoreSpec.from_lines(patterns)
        except (ValueError, re.error) as error:
            raise BadPattern(f"not a path pattern: {error}") from None

    def match(self, path: str) -> bool:
        """Whether ``path`` (relative to the root, forward slashes, a trailing one for folders) matches."""
        return self._spec.match_file(path)
