"""What is wrong with a configuration, said in one line."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class ConfigurationError(Exception):
    """The configuration, or an option of the command line, can't be used.

    Args:
        message: what is wrong and what to do.
        source: the file or the command-line option at fault.
        key: the key inside the file.
    """

    def __init__(self, message: str, source: str | None = None, key: str | None = None) -> None:
        self.message, self.source, self.key = message, source, key
        super().__init__(": ".join(part for part in (source, key and f"`{key}`", message) if part))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean `x`?`` for the nearest known word, else an empty string."""
    candidates = list(known)
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean `{by_lower[close[0]]}`?" if close else ""
