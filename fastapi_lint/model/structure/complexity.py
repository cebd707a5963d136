"""How many ways lead through a body."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi_lint.facts import expressions as ex
from fastapi_lint.facts import statements as st
from fastapi_lint.facts.search import walk


def complexity(statements: Iterable[st.Statement]) -> int:
    """McCabe's number of statements: one, and one more wherever the way parts; functions inside count.

    Args:
        statements: a body.
    """
    return 1 + sum(map(_partings, walk(statements)))


def _partings(node: object) -> int:
    if isinstance(node, (st.If, st.For, st.While, st.Handler, ex.Conditional)):
        return 1
    if isinstance(node, st.Case):
        return int(not node.irrefutable)
    if isinstance(node, ex.Clause):
        return 1 + len(node.conditions)
    return int(isinstance(node, ex.Operation) and node.operator in ("and", "or"))
