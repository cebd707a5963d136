"""What came of one file: its facts, or why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

SYNTAX_ERROR = "FAL001"
UNANALYSABLE = "FAL002"
INTERNAL_ERROR = "FAL000"


class Fault(NamedTuple):
    """Why a file has no facts.

    ``lasting`` when reading the same bytes again can only give the same fault, so that it may be cached; a time limit
    or a dead process may not strike twice.
    """

    code: str
    message: str
    line: int = 1
    column: int = 1
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: encoded facts or a fault, and the seconds spent."""

    facts: str | None
    fault: Fault | None
    parse_seconds: float = 0.0
    extract_seconds: float = 0.0
