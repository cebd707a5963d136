"""Writing files so that a reader, or a crash, sees the old content or the new and nothing between."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path


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
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}.tmp")
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
