"""Diagnostics: one finding with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from fastapi_lint.text.location import Location


class Severity(str, Enum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(str, Enum):
    """How sure the linter is of a finding."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Related:
    """One step of the evidence: a message and the place it speaks of, if it has one."""

    message: str
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of the characters ``start`` to ``end`` (offsets) of the file at ``path``."""

    path: str
    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that mends a finding; ``safe`` when the application behaves as before."""

    message: str
    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: which rule, where, what, and why we say so (``related``, the evidence chain in order).

    With ``redact``, what stands at ``location`` must not be shown: no report quotes it.
    With ``flow``, the evidence is a path of execution that leads to ``location`` or passes it.
    ``subject`` is what is said apart from its example of a way there: findings of a rule at one place that share it say
    the same thing. It is for those who collect findings, and not kept.
    """

    code: str
    name: str
    message: str
    location: Location
    severity: Severity = Severity.WARNING
    confidence: Confidence = Confidence.HIGH
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    redact: bool = False
    flow: bool = False
    subject: str = field(default="", compare=False, repr=False)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """The order of reports: by place, then code, then message."""
        return (self.location.path, *self.location.start, self.code, self.message)
