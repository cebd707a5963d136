"""The files that fixes change: which of them may be changed, what they hold then, and how that is written."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping, Set
from pathlib import Path

from fastapi_lint.engine.files import Content
from fastapi_lint.engine.outcome import Fault
from fastapi_lint.text.atomic import remove_leftovers, write_atomically
from fastapi_lint.text.edits import EditError, apply_edits
from fastapi_lint.text.source import Source

_GENERATED = re.compile(
    r"^[ \t]*#.*(?:@generated\b|\bgenerated\b.*\bdo not (?:edit|modify)\b|\bdo not (?:edit|modify)\b.*\bgenerated\b)",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 2_000
"""The characters of a file among which generators say that it is theirs."""


class Unfixable(Exception):
    """A file that can't be changed; the message says why."""


def bytes_to_fix(file: Path, content: Content | Fault) -> bytes:
    """What a file holds, if fixes may change it.

    Args:
        file: where it is.
        content: what it held when it was checked.

    Raises:
        Unfixable: it is generated, can't be written, or its encoding does not give its bytes back.
    """
    if isinstance(content, Fault):
        raise Unfixable("it could not be read")
    source = Source.from_bytes(content.data, file.name)
    if _GENERATED.search(source.text[:_HEAD]):
        raise Unfixable("it is generated, and what made it would undo the fix")
    if not _is_lossless(source, content.data):
        raise Unfixable(f"its encoding, {source.encoding}, does not give all its bytes back")
    target = Path(os.path.realpath(file))
    if not content.unsaved and not (os.access(target, os.W_OK) and os.access(target.parent, os.W_OK)):
        raise Unfixable("it or its folder is read-only")
    return content.data


def _is_lossless(source: Source, data: bytes) -> bool:
    try:
        return source.encode(source.text) == data
    except UnicodeEncodeError:
        return False


def edited(data: bytes, edits: Collection[tuple[int, int, str]]) -> bytes:
    """The bytes of a file after edits of its text.

    Args:
        data: the bytes before.
        edits: in offsets of the text.

    Raises:
        Unfixable: its encoding lacks a character, or something else would change than what the edits say.
    """
    source = Source.from_bytes(data, "")
    try:
        changed = source.encode(apply_edits(source.text, edits))
    except EditError as error:
        raise Unfixable(f"its fixes do not fit together: {error}") from None
    except UnicodeEncodeError as error:
        raise Unfixable(f"its encoding, {error.encoding}, lacks characters of the fix") from None
    if not _is_kept(source, changed, edits):
        raise Unfixable("more would change than the fixes say")
    return changed


def _is_kept(source: Source, data: bytes, edits: Iterable[tuple[int, int, str]]) -> bool:
    """Whether all that no edit touches is the same before and after, byte for byte."""
    mark = source.encode("")
    before, after, position = [mark], [mark], 0
    for start, end, replacement in [*sorted(edits), (len(source.text), len(source.text), "")]:
        kept, taken, put = (
            text.encode(source.encoding) for text in (source.text[position:start], source.text[start:end], replacement)
        )
        before += (kept, taken)
        after += (kept, put)
        position = end
    return b"".join(before) == source.encode(source.text) and b"".join(after) == data


def write_fixed(
    changes: Mapping[Path, bytes], originals: Mapping[Path, bytes], together: Iterable[frozenset[Path]]
) -> dict[Path, str]:
    """Writes files, each as a whole.

    Args:
        changes: what they shall hold.
        originals: what they held when they were checked; one that holds something else now is left alone.
        together: the files that single fixes change: one of them is written only if all others can be.

    Returns:
        The files that were not written, and why.
    """
    failed: dict[Path, str] = {}
    for file in changes:
        try:
            if file.read_bytes() != originals[file]:
                failed[file] = "it has changed since it was checked"
        except OSError as error:
            failed[file] = f"it can't be read: {error.strerror or error}"
    for file in tied_to(set(failed), together) - failed.keys():
        failed[file] = "it is fixed together with another file, which can't be"
    for file, data in changes.items():
        if file in failed:
            continue
        remove_leftovers(file)
        try:
            write_atomically(file, data)
        except OSError as error:
            failed[file] = f"it can't be written: {error.strerror or error}"
    return failed


def tied_to(files: Set[Path], together: Iterable[frozenset[Path]]) -> set[Path]:
    """The files, and all that fixes change together with them, directly or not."""
    groups = [group for group in together if len(group) > 1]
    found = set(files)
    while more := {file for group in groups if not found.isdisjoint(group) for file in group} - found:
        found |= more
    return found
