"""What a report is made of: findings with their project, and how paths and texts are shown."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi_lint.diagnostics import Diagnostic, Fingerprint
from fastapi_lint.engine.fingerprints import Fingerprints
from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.report.redaction import RedactedLines


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with what is needed to show it: the root its paths are relative to, the lines of its files, and the
    fingerprints of all findings of its project."""

    diagnostic: Diagnostic
    root: Path
    sources: SourceLines | RedactedLines
    fingerprints: Fingerprints | Mapping[Diagnostic, Fingerprint]

    @property
    def fingerprint(self) -> Fingerprint:
        """What it is recognised by in another run."""
        return self.fingerprints[self.diagnostic]


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that is not reported, and whether a comment in the source says so, or a baseline."""

    finding: Finding
    in_source: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What a format turns into lines.

    Attributes:
        findings: in order.
        silenced: those that are not reported, for the formats that can say so.
        cwd: the working directory, which paths are shown from.
        color: whether a terminal shows it; formats that machines read have no colours all the same.
    """

    findings: Sequence[Finding]
    cwd: Path
    color: bool = False
    silenced: Sequence[Silenced] = ()


def findings_of(projects: Iterable[ProjectResult]) -> list[Finding]:
    """The findings of all projects, in order."""
    found: list[Finding] = []
    for project in projects:
        sources = RedactedLines(project.sources, project.hidden_places)
        found += [
            Finding(diagnostic, project.root, sources, project.fingerprints) for diagnostic in project.diagnostics
        ]
    return found


def silenced_of(projects: Iterable[ProjectResult]) -> list[Silenced]:
    """The findings of all projects that comments silence, and those that a baseline knows."""
    found: list[Silenced] = []
    for project in projects:
        sources = RedactedLines(project.sources, project.hidden_places)
        own = Fingerprints(project.silenced, project.layouts, project.sources)
        found += [Silenced(Finding(each, project.root, sources, own), True) for each in project.silenced]
        known = project.fingerprints
        found += [Silenced(Finding(each, project.root, sources, known), False) for each in project.known]
    return found


@lru_cache(maxsize=4096)
def path_from(base: Path, root: Path, path: str) -> str:
    """A path of a diagnostic as ``base`` sees it: relative when it lies below, absolute otherwise, with forward
    slashes."""
    absolute = os.path.normpath(root / path)
    try:
        relative = os.path.relpath(absolute, base)
    except ValueError:  # another drive
        relative = absolute
    found = absolute if relative == ".." or relative.startswith(".." + os.sep) else relative
    return found.replace(os.sep, "/")


def shown_path(root: Path, path: str, cwd: Path) -> str:
    """A path of a diagnostic as the user would write it, and as a terminal can show it."""
    return printable(path_from(cwd, root, path))


def printable(text: str) -> str:
    """Text that a terminal takes for text: control characters and what is not Unicode are escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
