"""Searching facts without interpreting them."""

from __future__ import annotations

from collections.abc import Iterable


def contains(nodes: Iterable[object], kinds: frozenset[type]) -> bool:
    """Whether facts of some kinds are among ``nodes`` or in them, nested functions included.

    Args:
        nodes: statements or expressions.
        kinds: classes of facts.
    """
    pending: list[object] = list(nodes)
    while pending:
        node = pending.pop()
        if type(node) in kinds:
            return True
        pending += [part for part in node if isinstance(part, tuple)]  # type: ignore[attr-defined]
    return False
