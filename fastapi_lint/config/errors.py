"""What is wrong with a configuration, said in one line."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 80


class ConfigurationError(Exception):
    """The configuration, or an option of the command line, can't be used.

    Args:
        message: what is wrong and what to do.
        source: the file or the command-line option at fault.
        key: the key inside the file.
    """

    def __init__(self, message: str, source: str | None = None, key: str | None = None) -> None:
        self.message, self.source, self.key = message, source, key
        super().__init__(": ".join(part for part in (source, key and f"`{shortened(key)}`", message) if part))


def did_you_mean(word: str, known: Iterable[str], most: int = 1) -> str:
    """`` Did you mean `x`?`` for the nearest known words, at most so many; an empty string when none is near."""
    from difflib import get_close_matches

    candidates = list(known)
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    near = [f"`{by_lower[close]}`" for close in get_close_matches(word.lower(), by_lower, n=most, cutoff=0.6)]
    return f" Did you mean {' or '.join(filter(None, (', '.join(near[:-1]), near[-1])))}?" if near else ""


def listing(known: Iterable[str]) -> str:
    """`` Known: `a`, `b`.``, or that there are none."""
    names = ", ".join(f"`{name}`" for name in sorted(known))
    return f" Known: {names}." if names else " It has none."


def describe(value: object) -> str:
    """A value of a TOML file as a message shows it: ``the number 3``, ``a table``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a huge number"
    if isinstance(value, (int, float)):
        return f"the number {value}"
    if isinstance(value, str):
        return f'the string "{shortened(value)}"' if value else "an empty string"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        if not value:
            return "an empty list"
        wrong = [item for item in value if not isinstance(item, str)]
        # A list in a list is not looked into: nobody knows how deep that goes.
        inner = "a list" if wrong and isinstance(wrong[0], list) else describe(wrong[0]) if wrong else ""
        return f"a list with {inner}" if inner else "a list"
    return f"the {type(value).__name__} {value}"


def shortened(text: str) -> str:
    """A text as a message may quote it: on one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
