"""Texts as they are written in the source."""

from __future__ import annotations

from fastapi_lint.facts import expressions as ex

HOLE = "{}"
"""What stands in the text of an f-string for an embedded expression."""


def written_text(node: ex.Expression) -> str | None:
    """The text of a string or f-string, with HOLE for what is embedded; None for all else."""
    if isinstance(node, ex.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ex.FormattedString):
        parts = (part for part in node.parts if not isinstance(part, ex.Format))
        return "".join(str(part.value) if isinstance(part, ex.Constant) else HOLE for part in parts)
    return None
