"""What a report is made of: findings with their project, and how paths are shown."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.run import ProjectResult
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.report.redaction import RedactedLines


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic with what is needed to show it: the root its paths are relative to, and the lines of its files."""

    diagnostic: Diagnostic
    root: Path
    sources: SourceLines | RedactedLines


def findings_of(projects: Iterable[ProjectResult]) -> list[Finding]:
    """The findings of all projects, in order."""
    found: list[Finding] = []
    for project in projects:
        sources = RedactedLines(project.sources, project.diagnostics)
        found += [Finding(diagnostic, project.root, sources) for diagnostic in project.diagnostics]
    return found


def shown_path(root: Path, path: str, cwd: Path) -> str:
    """A path of a diagnostic as the user would write it: relative to the working directory when it lies below."""
    absolute = os.path.normpath(root / path)
    try:
        relative = os.path.relpath(absolute, cwd)
    except ValueError:  # another drive
        relative = absolute
    shown = absolute if relative == ".." or relative.startswith(".." + os.sep) else relative
    return printable(shown.replace(os.sep, "/"))


def printable(text: str) -> str:
    """Text that a terminal takes for text: control characters and what is not Unicode are escaped."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
