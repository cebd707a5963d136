"""From what the rules found to what is reported: selection by file, suppressions, and the engine's own findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from fastapi_lint.config.configuration import Configuration
from fastapi_lint.config.per_file import PerFileIgnores
from fastapi_lint.diagnostics import Diagnostic, Edit, Fix
from fastapi_lint.engine.directives import Directives, speaks
from fastapi_lint.engine.outcome import SYNTAX_ERROR, UNANALYSABLE, Fault
from fastapi_lint.engine.scheduling import RuleFailure
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.engine.suppressions import Item, Suppression, Suppressions
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.rules.engine.internal_error import InternalError
from fastapi_lint.rules.engine.invalid_suppression import InvalidSuppression
from fastapi_lint.rules.engine.syntax_error import SyntaxErrorRule
from fastapi_lint.rules.engine.unanalysable_file import UnanalysableFile
from fastapi_lint.rules.engine.unused_suppression import UnusedSuppression
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.location import Location, Position, position_at

WHOLE_PROJECT = "."
"""The path of findings that speak of no file in particular."""


class Reported(NamedTuple):
    """The findings for the user, sorted, and those that comments silence."""

    diagnostics: list[Diagnostic]
    silenced: list[Diagnostic]


def fault_finding(path: str, fault: Fault) -> Diagnostic:
    """FAL000, FAL001 or FAL002 for a file that has no facts."""
    place = Location(path, Position(fault.line, fault.column), Position(fault.line, fault.column + 1))
    if fault.code == SYNTAX_ERROR:
        return SyntaxErrorRule().finding("syntax", place, problem=fault.message)
    if fault.code == UNANALYSABLE:
        return UnanalysableFile().finding("unanalysable", place, problem=fault.message)
    return InternalError().finding("file", place, problem=fault.message)


def failure_finding(failure: RuleFailure) -> Diagnostic:
    """FAL000 for a rule that failed."""
    return InternalError().finding(
        "rule",
        _place_of(failure.object),
        rule=failure.rule.name,
        object=_name_of(failure.object),
        error=f"{type(failure.error).__name__}: {failure.error}",
        more=f" (and {failure.count - 1} more)" if failure.count > 1 else "",
    )


def link_finding(error: Exception) -> Diagnostic:
    """FAL000 for a project that could not be linked."""
    return InternalError().finding("link", _place_of(None), error=f"{type(error).__name__}: {error}")


def reported(
    found: Iterable[Diagnostic],
    *,
    facts: Mapping[str, ModuleFacts],
    wanted: Collection[str],
    enabled: frozenset[str],
    ran: frozenset[str],
    configuration: Configuration,
    registry: Registry,
    sources: SourceLines,
    noqa: bool = True,
) -> Reported:
    """What is left of the findings for the user, with the engine's own about suppressions, and what comments silence.

    Args:
        found: all findings.
        facts: of the project's files.
        wanted: the files that the user asked for.
        enabled: the codes of the rules that the user wants.
        ran: those among them that ran to their end; only of these can it be said that they found nothing.
        configuration: of the project.
        registry: of all rules.
        sources: the lines of files.
        noqa: whether flake8's comments count.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in found:
        by_file.setdefault(diagnostic.location.path, []).append(diagnostic)
    ignores = PerFileIgnores(configuration, registry)
    directives = Directives(registry, noqa, configuration.require_reason)
    # An internal error is our fault, and makes all that is said of the project less sure: nobody may miss it.
    kept = [diagnostic for own in by_file.values() for diagnostic in own if diagnostic.code == InternalError.code]
    silenced: list[Diagnostic] = []
    for path in sorted(wanted):
        module = facts.get(path)
        enabled_here = enabled - ignores.codes(path) - {InternalError.code}
        mine = [diagnostic for diagnostic in by_file.get(path, ()) if diagnostic.code in enabled_here]
        if module is not None and (mine or speaks(module)):
            suppressions = directives.read(module, sources.lines(path))
            mine = suppressions.keep(mine)
            about = _about_suppressions(path, module, suppressions, enabled_here & ran, sources)
            mine += suppressions.keep([diagnostic for diagnostic in about if diagnostic.code in enabled_here])
            silenced += suppressions.silenced
        kept += mine
    return Reported(_sorted(kept, configuration), _sorted(silenced, configuration))


def with_fixes_of(diagnostics: Iterable[Diagnostic], codes: frozenset[str]) -> list[Diagnostic]:
    """The findings, those of other rules without their fixes."""
    return [
        replace(diagnostic, fix=None) if diagnostic.fix is not None and diagnostic.code not in codes else diagnostic
        for diagnostic in diagnostics
    ]


def _sorted(diagnostics: list[Diagnostic], configuration: Configuration) -> list[Diagnostic]:
    """Each finding once, with the severity that the configuration gives it."""
    graded = (_graded(diagnostic, configuration) for diagnostic in diagnostics)
    return sorted(dict.fromkeys(graded), key=lambda diagnostic: diagnostic.sort_key)


def _graded(diagnostic: Diagnostic, configuration: Configuration) -> Diagnostic:
    """A finding with the severity that the configuration gives it; an internal error is always one."""
    severity = configuration.severities.get(diagnostic.code)
    if severity is None or diagnostic.code == InternalError.code:
        return diagnostic
    return replace(diagnostic, severity=severity)


def _about_suppressions(
    path: str, module: ModuleFacts, suppressions: Suppressions, ran: frozenset[str], sources: SourceLines
) -> Iterator[Diagnostic]:
    """FAL003 and FAL004 of a file."""

    def place(start: int, end: int) -> Location:
        return Location(path, position_at(module.line_starts, start), position_at(module.line_starts, end))

    for malformed in suppressions.malformed:
        yield InvalidSuppression().finding("invalid", place(malformed.start, malformed.end), problem=malformed.message)
    rule = UnusedSuppression()
    for comment, idle in suppressions.unused(ran):
        names = ", ".join(f"`{item.text}`" for item in idle)
        edit = _removal(path, module, comment, idle, sources)
        yield rule.finding(
            "unused",
            place(idle[0].start, idle[-1].end),
            items=names,
            fix=Fix(rule.messages["remove"].format(items=names), safe=True, edits=(edit,)),
        )


def _removal(path: str, module: ModuleFacts, comment: Suppression, idle: list[Item], sources: SourceLines) -> Edit:
    """The edit that takes idle items out of a comment, or the comment itself when nothing else is in it."""
    if len(idle) < len(comment.items):
        rest = [item.text for item in comment.items if item not in idle]
        return Edit(path, comment.items[0].start, comment.items[-1].end, ", ".join(rest))
    line, column = position_at(module.line_starts, comment.start)
    line_start = module.line_starts[line - 1]
    text = sources.lines(path)[line - 1]
    before, after = text[: column - 1], text[comment.end - line_start :]
    if after.strip():
        return Edit(path, comment.start, comment.end + len(after) - len(after.lstrip()), "")
    if before.strip():
        return Edit(path, line_start + len(before.rstrip()), line_start + len(text), "")
    following = module.line_starts[line] if line < len(module.line_starts) else line_start + len(text)
    return Edit(path, line_start, following, "")


def _place_of(subject: Any) -> Location:
    place = getattr(subject, "location", None)
    if isinstance(place, Location):
        return place
    path = getattr(subject, "path", None)
    is_file = isinstance(path, str) and path.endswith(".py")
    return Location(path if is_file and isinstance(path, str) else WHOLE_PROJECT, Position(1, 1), Position(1, 2))


def _name_of(subject: Any) -> str:
    for attribute in ("qualified_name", "path", "name"):
        name = getattr(subject, attribute, None)
        if isinstance(name, str) and name:
            return f"{type(subject).__name__.lower()} `{name}`"
    return type(subject).__name__.lower()
