"""Reads the comments of a file that silence findings: flake8's, and our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi_lint.engine import ignores, noqa
from fastapi_lint.engine.suppressions import Suppressions
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.rules.registry import Registry


@dataclass(frozen=True, slots=True)
class Directives:
    """Which comments count, and how.

    Attributes:
        registry: the rules that comments may name.
        noqa: whether flake8's comments count.
        require_reason: whether our own comments must say why.
    """

    registry: Registry
    noqa: bool = True
    require_reason: bool = False

    def read(self, facts: ModuleFacts, lines: Sequence[str]) -> Suppressions:
        """The suppressions of a file.

        Args:
            facts: of the file.
            lines: its lines, without their ends.
        """
        found = Suppressions()
        if self.noqa:
            noqa.Reader(facts, lines, self.registry, found).read()
        ignores.Reader(facts, lines, self.registry, found, self.require_reason).read()
        return found


def speaks(facts: ModuleFacts) -> bool:
    """Whether a file has comments that may be malformed or unused suppressions."""
    return any("noqa" in comment.text.lower() or ignores.WORD in comment.text for comment in facts.comments)
