"""Changes of files as a patch that ``git apply`` and ``patch -p1`` take in the folder where it was made."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from fastapi_lint.report.findings import path_from

_NO_LINE_END = b"\n\\ No newline at end of file\n"


def patch(before: Mapping[Path, bytes], after: Mapping[Path, bytes]) -> bytes:
    """The patch that makes some contents of files of others: their bytes as they are, whatever the encoding.

    Args:
        before: the contents by absolute path.
        after: the same after the changes.
    """
    return b"".join(line for file in sorted(after) for line in _of_file(file, before[file], after[file]))


def _of_file(file: Path, before: bytes, after: bytes) -> Iterator[bytes]:
    name = os.fsencode(path_from(Path.cwd().resolve(), file.parent, file.name))
    end = b"\t\n" if b" " in name else b"\n"  # behind a name with spaces, a tab says where it ends
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(before), _lines(after), b"a/" + name, b"b/" + name, lineterm=b"\n"
    )
    for number, line in enumerate(lines):
        if number < 2:
            yield line.rstrip(b"\t\n") + end
        else:
            yield line if line.endswith(b"\n") else line + _NO_LINE_END


def _lines(data: bytes) -> list[bytes]:
    """The lines as git has them: only a line feed ends one."""
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
