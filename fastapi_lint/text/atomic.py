"""Writing files so that a reader, or a crash, sees the old content or the new and nothing between."""

from __future__ import annotations

import errno
import glob
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

_BYTES = 8
"""By so many random ones the files are told apart that are written before they take the place of another."""


def write_atomically(file: Path, data: bytes) -> None:
    """Replace the content of a file, or make the file.

    The permissions stay as they were; a symbolic link stays, and the file it leads to is replaced.

    Raises: OSError when the folder or the file cannot be written; then the file is as it was.
    """
    target = Path(os.path.realpath(file))
    try:
        mode: int | None = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mode = None
    if mode is not None and not os.access(target, os.W_OK):
        # The rename below needs no right to the file itself, but who made it read-only meant it.
        raise PermissionError(errno.EACCES, "Permission denied", str(target))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(_BYTES)}.tmp")
    # Not tempfile, whose files nobody else may read: a new file is to have the usual permissions.
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            os.chmod(temporary, mode)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def remove_leftovers(file: Path) -> None:
    """Remove what writers of a file that were killed have left beside it. Nobody else may be writing it."""
    target = Path(os.path.realpath(file))
    for temporary in target.parent.glob(f".{glob.escape(target.name)}.{'[0-9a-f]' * 2 * _BYTES}.tmp"):
        with suppress(OSError):
            temporary.unlink()
