"""Standard input as the text of a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fastapi_lint.engine.overlay import Overlay

STDIN = Path("-")


def overlay_of(paths: tuple[Path, ...], filename: Path | None) -> Overlay | None:
    """What is to be checked from standard input; None when that was not asked for.

    Args:
        paths: as given.
        filename: the file that standard input stands in for.

    Raises:
        UsageError: there are other paths as well, or standard input can't be read.
    """
    if filename is None and STDIN not in paths:
        return None
    if any(path != STDIN for path in paths):
        raise click.UsageError("standard input (`-`) can't be checked together with other paths.")
    from fastapi_lint.engine.overlay import Overlay

    try:
        return Overlay(sys.stdin.buffer.read(), filename)
    except (AttributeError, OSError, ValueError) as error:  # AttributeError: there is none
        reason = getattr(error, "strerror", None) or "it is closed"
        raise click.UsageError(f"standard input can't be read: {reason}.") from None
