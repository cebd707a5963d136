"""Styles of text on a terminal (ECMA-48, "select graphic rendition")."""

from __future__ import annotations

BOLD = "1"
FAINT = "2"
RED = "31"
BLUE = "34"
BOLD_RED = "1;31"
BOLD_YELLOW = "1;33"
BOLD_BLUE = "1;34"
BOLD_CYAN = "1;36"


def styled(text: str, style: str, color: bool = True) -> str:
    """``text`` in a style, or as it is without ``color``."""
    return f"\x1b[{style}m{text}\x1b[0m" if color and text else text
