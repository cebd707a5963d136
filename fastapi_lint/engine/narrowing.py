"""Which of the findings are reported: not those that a baseline knows, and only those that touch what was changed."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fastapi_lint.config.files import shown
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.baseline import Comparison, Entry, compare, path_in_baseline, read_baseline
from fastapi_lint.engine.discovery import SUFFIX
from fastapi_lint.engine.findings import WHOLE_PROJECT
from fastapi_lint.engine.results import ProjectResult
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.rules.registry import INTERNAL_ERROR, Registry
from fastapi_lint.text.words import counted


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is left out of a report.

    Attributes:
        baseline: the baseline to go by instead of the configured one, absolute.
        use_baseline: whether baselines count at all.
        since: the revision of git since which something must have changed where a finding is.
    """

    baseline: Path | None = None
    use_baseline: bool = True
    since: str | None = None

    def baseline_of(self, project: ProjectResult) -> Path | None:
        """The baseline that counts for a project, or None."""
        if not self.use_baseline:
            return None
        configured = project.configuration.baseline
        file = self.baseline or (project.root / configured if configured is not None else None)
        return Path(os.path.realpath(file.parent), file.name) if file is not None else None


def narrow(
    projects: Sequence[ProjectResult], narrowing: Narrowing, registry: Registry, edited: Collection[Path] = ()
) -> list[str]:
    """Takes out of the findings of projects what is not to be reported.

    Args:
        projects: with all that was found.
        narrowing: what is left out.
        registry: of all rules.
        edited: the files that shall hold something else than they do.

    Returns:
        What the user should know of it, a sentence each.

    Raises:
        UsageError: a baseline can't be used, or git has no answer.
    """
    notes: list[str] = []
    by_baseline: dict[Path, list[ProjectResult]] = {}
    for project in projects:
        file = narrowing.baseline_of(project)
        if file is not None:
            by_baseline.setdefault(file, []).append(project)
    for file, concerned in by_baseline.items():
        comparison = compare_projects(file, read_baseline(file), concerned, registry)
        new = set(comparison.new)
        for project in concerned:
            found, project.diagnostics = project.diagnostics, []
            for diagnostic in found:
                is_new = diagnostic.code == INTERNAL_ERROR or entry_of(file, project, diagnostic) in new
                (project.diagnostics if is_new else project.known).append(diagnostic)
        notes += _about(comparison)
    if narrowing.since is not None:
        before = sum(len(project.diagnostics) for project in projects)
        for project in projects:
            _leave_what_changed(project, narrowing.since, edited)
        left_out = before - sum(len(project.diagnostics) for project in projects)
        if left_out:
            notes.append(f"{counted(left_out, 'finding')} where nothing has changed since {narrowing.since}.")
    return notes


def compare_projects(
    file: Path, entries: Iterable[Entry], projects: Sequence[ProjectResult], registry: Registry
) -> Comparison:
    """Holds the entries of a baseline against all that was found in the projects that it counts for."""
    found = {
        entry_of(file, project, diagnostic)
        for project in projects
        for diagnostic in project.diagnostics
        if diagnostic.code != INTERNAL_ERROR
    }
    entries = list(entries)
    checked = {entry for entry in entries if _was_checked(file.parent / entry.path, entry.code, projects, registry)}
    return compare(file, entries, found, checked)


def entry_of(file: Path, project: ProjectResult, diagnostic: Diagnostic) -> Entry:
    """A finding as an entry of the baseline ``file``."""
    path, scope, value = project.fingerprints[diagnostic]
    return Entry(path_in_baseline(file, project.root, path), diagnostic.code, scope, value)


def _was_checked(path: Path, code: str, projects: Iterable[ProjectResult], registry: Registry) -> bool:
    """Whether a finding of a rule in a file would have been found, were it there: the rule ran, or there is none of
    this code any more, and the file was asked for, or all files around it that there are."""
    absolute = Path(os.path.normpath(path))
    owners = [project for project in projects if project.root in absolute.parents]
    if not owners:
        return False
    owner = max(owners, key=lambda project: len(project.root.parts))
    if code not in owner.ran and registry.find_entry(code) is not None:
        return False
    return absolute.relative_to(owner.root).as_posix() in owner.wanted or not owner.covered.isdisjoint(absolute.parents)


def _leave_what_changed(project: ProjectResult, revision: str, edited: Collection[Path]) -> None:
    from fastapi_lint.engine.changes import changes_since

    paths = {diagnostic.location.path for diagnostic in project.diagnostics} | project.wanted
    others = sorted(path for path in paths if not path.endswith(SUFFIX) and path != WHOLE_PROJECT)
    changes = changes_since(project.root, revision, others)
    saved = SourceLines(project.root)
    for path in paths:
        if project.root / path in edited:
            changes.follow(path, saved.lines(path), project.sources.lines(path))
    project.diagnostics = [found for found in project.diagnostics if changes.touch(found, project.layouts)]


def _about(comparison: Comparison) -> list[str]:
    """What the user should know of a baseline that was used."""
    name, notes = shown(comparison.file), []
    known = len(comparison.known) + len(comparison.moved)
    if known:
        notes.append(f"{counted(known, 'finding')} known to {name}.")
    wrong = []
    if comparison.stale:
        wrong.append(f"{counted(len(comparison.stale), 'entry', 'entries')} that no finding answers to")
    if comparison.moved:
        wrong.append(f"{counted(len(comparison.moved), 'entry', 'entries')} of files that have moved")
    if wrong:
        notes.append(f"{name} has {' and '.join(wrong)}: `fastapi-lint baseline update` mends it.")
    return notes
