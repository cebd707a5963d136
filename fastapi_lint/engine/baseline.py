"""Baselines: files of findings that are known and left for later.

A baseline is JSON with an entry a line, sorted, each line complete in itself, so that git merges what two branches add
to it. An entry says the file of a finding, relative to the folder of the baseline, the rule's code, the function or
class it stands in, and its fingerprint; neither message nor source.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from fastapi_lint.config.files import shown
from fastapi_lint.engine.errors import UsageError

DEFAULT_NAME = "fastapi-lint-baseline.json"
"""What a baseline is called when nobody says otherwise; it lies at the root of the project."""

_FORMAT = "fastapi-lint baseline"
_VERSION = 1
_CODE = re.compile(r"[A-Z]+[0-9]+")
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")


class Entry(NamedTuple):
    """A known finding: the path of its file relative to the folder of the baseline, with forward slashes; the code of
    its rule; the dotted names of the functions and classes it stands in; the value of its fingerprint."""

    path: str
    code: str
    scope: str
    fingerprint: str


@dataclass(slots=True)
class Comparison:
    """A baseline held against the findings of a check.

    Attributes:
        file: the baseline.
        known: the entries that a finding answers to.
        moved: entries whose file is gone while a finding answers to them in another, with what they are now.
        stale: the entries that no finding answers to, although their file and their rule were checked.
        unchecked: those that nothing can be said of.
        new: the findings that no entry stands for.
    """

    file: Path
    known: list[Entry] = field(default_factory=list)
    moved: dict[Entry, Entry] = field(default_factory=dict)
    stale: list[Entry] = field(default_factory=list)
    unchecked: list[Entry] = field(default_factory=list)
    new: list[Entry] = field(default_factory=list)

    def updated(self, accept_new: bool) -> list[Entry]:
        """The entries of a baseline that is true again: without the stale, and with new ones only if wanted."""
        return [*self.known, *self.moved.values(), *self.unchecked, *(self.new if accept_new else ())]


def read_baseline(file: Path) -> list[Entry]:
    """The entries of a baseline.

    Raises:
        UsageError: there is no such file, it can't be read, or it is no baseline.
    """
    try:
        content = json.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise UsageError(f"there is no baseline {shown(file)}; `fastapi-lint baseline create` makes it.") from None
    except OSError as error:
        raise UsageError(f"the baseline {shown(file)} can't be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError) as error:
        reason = f"line {error.lineno} is no JSON" if isinstance(error, json.JSONDecodeError) else "it is no JSON"
        raise UsageError(f"{shown(file)} is no baseline: {reason}.") from None
    header, *lines = content if isinstance(content, list) and content else (None,)
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise UsageError(f"{shown(file)} is no baseline of fastapi-lint.")
    if header.get("version") != _VERSION:
        raise UsageError(f"{shown(file)} is a baseline of another release: its version is {header.get('version')!r}.")
    entries = [_entry(line) for line in lines]
    if None in entries:
        raise UsageError(f"{shown(file)} is damaged: entry {entries.index(None) + 1} is no finding.")
    return [entry for entry in dict.fromkeys(entries) if entry is not None]


def write_baseline(file: Path, entries: Iterable[Entry]) -> None:
    """Writes a baseline, so that nobody sees it half written.

    Raises:
        UsageError: it can't be written.
    """
    from fastapi_lint.text.atomic import write_atomically

    lines = ["[", json.dumps({"format": _FORMAT, "version": _VERSION})]
    # The comma stands in front so that a line stays as it is when one is added behind it.
    lines += [f",{_line(entry)}" for entry in sorted(set(entries))]
    try:
        write_atomically(file, "".join(f"{line}\n" for line in [*lines, "]"]).encode())
    except OSError as error:
        raise UsageError(f"the baseline {shown(file)} can't be written: {error.strerror or error}.") from None


def compare(file: Path, entries: Sequence[Entry], found: Collection[Entry], checked: Collection[Entry]) -> Comparison:
    """Holds the entries of a baseline against what was found.

    An entry whose file is gone is taken to have moved when its very finding is new in another file; each entry stands
    for one finding only.

    Args:
        file: the baseline.
        entries: those of it that the checked projects are concerned with.
        found: the findings as entries.
        checked: the entries that would have been found if they were still true.
    """
    result = Comparison(file)
    open_entries = dict.fromkeys(entries)
    new = []
    for finding in sorted(found):
        if finding in open_entries:
            del open_entries[finding]
            result.known.append(finding)
        else:
            new.append(finding)
    gone: dict[str, list[Entry]] = {}
    for entry in open_entries:
        if not os.path.lexists(file.parent / entry.path):
            gone.setdefault(entry.fingerprint, []).append(entry)
    for finding in new:
        if same := gone.get(finding.fingerprint):
            entry = same.pop(0)
            del open_entries[entry]
            result.moved[entry] = finding
        else:
            result.new.append(finding)
    for entry in open_entries:
        (result.stale if entry in checked else result.unchecked).append(entry)
    return result


def path_in_baseline(file: Path, root: Path, path: str) -> str:
    """The path of a project's file as the baseline ``file`` names it."""
    absolute = os.path.normpath(root / path)
    try:
        relative = os.path.relpath(absolute, file.parent)
    except ValueError:  # another drive
        relative = absolute
    return relative.replace(os.sep, "/")


def _line(entry: Entry) -> str:
    scope = {"in": entry.scope} if entry.scope else {}
    return json.dumps({"path": entry.path, "code": entry.code, **scope, "fingerprint": entry.fingerprint})


def _entry(line: Any) -> Entry | None:
    """The entry that a line holds, or None."""
    if not isinstance(line, dict):
        return None
    entry = Entry(line.get("path"), line.get("code"), line.get("in", ""), line.get("fingerprint"))
    if not all(isinstance(part, str) for part in entry) or not entry.path or "\0" in entry.path:
        return None
    return entry if _CODE.fullmatch(entry.code) and _FINGERPRINT.fullmatch(entry.fingerprint) else None
