"""What comes of a run of the linter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.options import NEVER, SEVERITIES
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.files import Contents
from fastapi_lint.engine.fingerprints import Fingerprints
from fastapi_lint.engine.layout import Layouts
from fastapi_lint.engine.outcome import Fault
from fastapi_lint.engine.phases import Phases
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.text.location import Location

if TYPE_CHECKING:
    from fastapi_lint.model.project import Project


@dataclass(slots=True)
class ProjectResult:
    """What came of one project.

    Attributes:
        root: its folder; the paths of diagnostics are relative to it.
        configuration: the options in force.
        diagnostics: what is reported, in order.
        silenced: what comments silence.
        known: what a baseline knows.
        fingerprints: what each finding is recognised by in the next run, those that are left out of the report too.
        hidden_places: what no report may show, because a finding says so that is reported or not.
        project: the model; None when it could not be built.
        contents: of its files.
        sources: the lines of its files.
        facts: of its files, as far as they could be analysed.
        layouts: the statements of its files.
        ran: the codes of the rules that ran to their end.
        wanted: the files that were asked for.
        covered: the folders of which all files were asked for.
        files: how many Python files it has.
        lines: how many lines they have.
        cached: how many files were known from the last run.
        faults: why files are not part of the model, by path.
        tracebacks: of rules that failed, for those who want to mend them.
    """

    root: Path
    configuration: Configuration
    diagnostics: list[Diagnostic]
    silenced: list[Diagnostic]
    fingerprints: Fingerprints
    hidden_places: list[Location]
    project: Project | None
    contents: Contents
    sources: SourceLines
    facts: Mapping[str, ModuleFacts]
    layouts: Layouts
    ran: frozenset[str]
    wanted: set[str]
    covered: frozenset[Path]
    files: int
    lines: int
    cached: int
    known: list[Diagnostic] = field(default_factory=list)
    faults: dict[str, Fault] = field(default_factory=dict)
    tracebacks: list[str] = field(default_factory=list)

    @property
    def fails(self) -> bool:
        """Whether there are findings of the severity on which the check fails."""
        severities = (*SEVERITIES, NEVER)
        least = severities.index(self.configuration.fail_on)
        return any(severities.index(diagnostic.severity.value) >= least for diagnostic in self.diagnostics)


@dataclass(slots=True)
class Result:
    """What came of a run: a result per project, warnings and notes for the user, and the time spent."""

    projects: list[ProjectResult] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    phases: Phases = field(default_factory=Phases)
