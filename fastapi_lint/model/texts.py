"""Texts as they are written in the source."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi_lint.facts import expressions as ex

HOLE = "{}"
"""What stands in the text of an f-string for an embedded expression."""


def written_text(node: ex.Expression, known: Mapping[str, str] | None = None) -> str | None:
    """The text of a string or f-string, with HOLE for what is embedded; None for all else.

    Args:
        node: any expression.
        known: texts that stand for the names embedded in an f-string.
    """
    if isinstance(node, ex.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ex.FormattedString):
        parts = (part for part in node.parts if not isinstance(part, ex.Format))
        return "".join(_embedded(part, known or {}) for part in parts)
    return None


def _embedded(part: ex.Expression, known: Mapping[str, str]) -> str:
    if isinstance(part, ex.Constant):
        return str(part.value)
    return known.get(part.id, HOLE) if isinstance(part, ex.Name) else HOLE
