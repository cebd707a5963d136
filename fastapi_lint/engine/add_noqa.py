"""Writes ``# noqa: CODE`` comments beside findings, as flake8 will read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.noqa import LINE, codes_in
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.rules.engine.unused_suppression import UnusedSuppression
from fastapi_lint.rules.registry import WITHOUT_FACTS
from fastapi_lint.text.atomic import write_atomically
from fastapi_lint.text.edits import TextEdit, apply_edits
from fastapi_lint.text.location import Stretch, stretch_of
from fastapi_lint.text.source import Source, UnreadableSource

_NEVER = WITHOUT_FACTS | {UnusedSuppression.code}
"""What no comment can silence, and what another comment would only make worse."""


@dataclass(slots=True)
class Added:
    """What came of it: the findings that are left, how many are silenced now, how many comments are new or have new
    codes, how many files were changed, and why others could not be."""

    left: list[Diagnostic] = field(default_factory=list)
    silenced: int = 0
    comments: int = 0
    files: int = 0
    problems: list[str] = field(default_factory=list)


class _Unchanged(Exception):
    """A file that can't be changed; the message says why."""


def check_reason(reason: str) -> None:
    """Complains about a reason that can't stand behind the codes of a comment.

    Raises:
        UsageError: it is more than one line, or flake8 would take its beginning for a code.
    """
    if not reason.isprintable():
        raise UsageError("--reason: expected one line of text.")
    matched = LINE.search(_comment(["FAL101"], reason))
    if matched is None or len(codes_in(matched)) != 1:
        raise UsageError(f"--reason: flake8 would take the beginning of `{reason}` for a code.")


def add_noqa(root: Path, facts: Mapping[str, ModuleFacts], diagnostics: Iterable[Diagnostic], reason: str) -> Added:
    """Adds comments that silence findings.

    Where flake8 reads a comment already, that gets more codes. Line ends, encoding and all other text stay as they are,
    and each file is written as a whole or not at all.

    Args:
        root: of the project.
        facts: of its Python files; findings elsewhere, as in a configuration file, are left.
        diagnostics: what to silence.
        reason: stands behind the codes of new comments; "" for none.
    """
    result = Added()
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        if diagnostic.code in _NEVER or diagnostic.location.path not in facts:
            result.left.append(diagnostic)
        else:
            by_file.setdefault(diagnostic.location.path, []).append(diagnostic)
    for path, found in by_file.items():
        stretches: dict[Stretch, list[Diagnostic]] = {}
        for diagnostic in found:
            stretches.setdefault(stretch_of(diagnostic.location.line, facts[path].continued_lines), []).append(
                diagnostic
            )
        codes = {stretch: {diagnostic.code for diagnostic in here} for stretch, here in stretches.items()}
        try:
            changed = _change(root / path, facts[path], codes, reason)
        except _Unchanged as problem:
            result.problems.append(f"{path}: {problem}.")
            changed = set()
        result.comments += len(changed)
        result.files += bool(changed)
        for stretch, here in stretches.items():
            if stretch in changed:
                result.silenced += len(here)
            else:
                result.left += here
    result.left.sort(key=lambda diagnostic: diagnostic.sort_key)
    return result


def _change(file: Path, facts: ModuleFacts, codes: Mapping[Stretch, Collection[str]], reason: str) -> set[Stretch]:
    """Adds comments to a file.

    Args:
        file: what to change.
        facts: of it.
        codes: what to silence, by the lines that flake8 takes for one.
        reason: as given.

    Returns:
        The lines for which that could be done.

    Raises:
        _Unchanged: the file can't be read or written, or is another than it was when the facts were made.
    """
    try:
        source = Source.read(file, file.name)
        lines = _lines(source.text, facts)
        edits = {stretch: _edit(stretch, lines, facts, wanted, reason) for stretch, wanted in codes.items()}
        possible = {stretch: edit for stretch, edit in edits.items() if edit is not None}
        if possible:
            write_atomically(file, source.encode(apply_edits(source.text, possible.values())))
    except UnreadableSource as error:
        raise _Unchanged(error.message) from None
    except UnicodeEncodeError as error:
        raise _Unchanged(f"its encoding, {error.encoding}, lacks characters of the reason") from None
    except OSError as error:
        raise _Unchanged(f"can't be written: {error.strerror or error}") from None
    return set(possible)


def _lines(text: str, facts: ModuleFacts) -> list[str]:
    """The lines of a text, without their ends."""
    ends = (*facts.line_starts[1:], len(text))
    lines = [text[start:end] for start, end in zip(facts.line_starts, ends)]
    bare = [line.rstrip("\r\n") for line in lines]
    if any(line == stripped for line, stripped in zip(lines[:-1], bare)) or "\n" in "".join(bare):
        raise _Unchanged("has changed since it was checked")
    return bare


def _edit(
    stretch: Stretch, lines: Sequence[str], facts: ModuleFacts, codes: Collection[str], reason: str
) -> TextEdit | None:
    """The edit that silences codes on lines that flake8 takes for one; None where it reads a comment in a string."""
    first, last = stretch
    before = "\n".join([*lines[first - 1 : last - 1], ""])
    matched = LINE.search(before + lines[last - 1])
    start = facts.line_starts[last - 1]
    if matched is None:
        kept = len(lines[last - 1].rstrip())
        return TextEdit(start + kept, start + len(lines[last - 1]), f"  {_comment(codes, reason)}")
    place = start + matched.start() - len(before)
    if matched["codes"] is None or not any(comment.start <= place < comment.end for comment in facts.comments):
        return None
    at = start + matched.start("codes") - len(before)
    return TextEdit(at, at, "".join(f"{code}, " for code in sorted(codes)))


def _comment(codes: Iterable[str], reason: str) -> str:
    return f"# noqa: {', '.join(sorted(codes))}" + (f"  {reason}" if reason else "")
