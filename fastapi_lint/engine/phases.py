"""How long the parts of a run take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

PHASES = ("discover", "parse", "extract", "link", "rules")


class Phases:
    """Seconds by phase: "discover" finds and reads files, "parse" is libcst's parser, "extract" makes facts, or takes
    them from the cache.

    With several worker processes, "parse" and "extract" are the sum over all workers. Of the rules each is counted by
    its code, too; what several of them need is counted for the one that needs it first.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(PHASES, 0.0)
        self.rules: dict[str, float] = {}

    def add(self, phase: str, seconds: float) -> None:
        """Counts seconds that were measured elsewhere."""
        self.seconds[phase] += seconds

    def add_rule(self, code: str, seconds: float) -> None:
        """Counts seconds that a rule took."""
        self.rules[code] = self.rules.get(code, 0.0) + seconds

    @contextmanager
    def measure(self, phase: str) -> Iterator[None]:
        """Counts the time spent in the block."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.add(phase, time.perf_counter() - start)
