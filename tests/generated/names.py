"""Names: words of a web shop, and names that are free."""

from __future__ import annotations

NOUNS = "user item order cart book film ticket invoice product review payment hotel".split()
VERBS = "read list find show fetch make change check send sort".split()
PATH_NAMES = "item_id user_id tenant slug key".split()
"""Names of path parameters. Parameters of functions that have one of these are plain scalars, so that it does not
matter whether the path of a route has it."""
PARAMETER_NAMES = "q limit page size_of name colour since token trace_id user_agent x_key note kind filters".split()


RESERVED = frozenset("router app create_app Server noun path guard schema prefix number".split())
"""Names with a meaning of their own."""


class Names:
    """Gives names, each once."""

    def __init__(self) -> None:
        self._given = set(RESERVED)

    def fresh(self, word: str) -> str:
        """The word, or the word with a number."""
        name, number = word, 1
        while name in self._given:
            number += 1
            name = f"{word}_{number}"
        self._given.add(name)
        return name
