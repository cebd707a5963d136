"""Where a report goes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Page:
    """What a report may want to know of where it goes.

    Attributes:
        cwd: the folder from which paths are shown.
        width: the columns of the terminal; None: there is no limit.
        command: the command that makes the report.
    """

    cwd: Path
    width: int | None = None
    command: str = ""
