"""The entries of a baseline as ``baseline show`` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from fastapi_lint.engine.baseline import Comparison, Entry
from fastapi_lint.report.findings import shown_path
from fastapi_lint.rules.registry import Registry
from fastapi_lint.text.words import counted


def entry_lines(
    comparison: Comparison, lines: Mapping[Entry, int], registry: Registry, cwd: Path, *, only_stale: bool
) -> Iterator[str]:
    """A line for each entry: where the finding is, the rule, the function or class, and what is to be said of it.

    Args:
        comparison: of the baseline.
        lines: the lines of the findings that were found.
        registry: the rules.
        cwd: the working directory, which paths are shown from.
        only_stale: whether only the entries are wanted that no finding answers to.
    """

    def shown(entry: Entry, remark: str = "") -> str:
        line = f":{lines[entry]}" if entry in lines else ""
        rule = registry.find(entry.code)
        name = f" [{rule.name}]" if rule is not None else ""
        scope = f" in {entry.scope}" if entry.scope else ""
        return f"{shown_path(comparison.file.parent, entry.path, cwd)}{line}: {entry.code}{name}{scope}{remark}"

    found = {entry: shown(entry, ": found no more") for entry in comparison.stale}
    if not only_stale:
        found |= {entry: shown(entry) for entry in comparison.known}
        found |= {entry: shown(entry, ": not checked") for entry in comparison.unchecked}
        for before, entry in comparison.moved.items():
            found[entry] = shown(entry, f": moved from {shown_path(comparison.file.parent, before.path, cwd)}")
    for entry in sorted(found, key=lambda entry: (entry.path, lines.get(entry, 0), entry)):
        yield found[entry]


def summary(comparison: Comparison) -> str:
    """How many entries there are of each kind."""
    kinds = {
        "found": comparison.known,
        "moved": comparison.moved,
        "found no more": comparison.stale,
        "not checked": comparison.unchecked,
    }
    total = sum(len(entries) for entries in kinds.values())
    parts = ", ".join(f"{len(entries):,} {kind}" for kind, entries in kinds.items() if entries)
    return f"{counted(total, 'entry', 'entries')}{f': {parts}' if parts else ''}."
