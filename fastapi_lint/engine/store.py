"""What is kept between runs: text files of one line per entry, in a folder of the project or where the user wants.

A file has a header line and then lines of a key and a text. It holds neither absolute paths nor times, so what was
restored on another machine still hits; and no code, so that a file that came with a repository can only be wrong, not
run. The header has a checksum over the rest. Whatever is wrong with a file, it is ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from fastapi_lint.text.atomic import write_atomically

DIRECTORY = ".fastapi_lint_cache"
KINDS = ("facts", "answers")
"""What is kept of a project."""
_IGNORE_ALL = "# Made by fastapi-lint.\n*\n"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache directory made by fastapi-lint.\n"


def digest(data: bytes) -> str:
    """The name of a content."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def cache_file(root: Path, directory: Path | None, kind: str = "facts") -> Path:
    """Where something that is kept of a project stands.

    Args:
        root: the project root.
        directory: the folder the user wants it in, which several projects may share; None: in the project.
        kind: what is kept.
    """
    if directory is None:
        return root / DIRECTORY / f"{kind}.cache"
    place = os.path.relpath(root, directory)
    return directory / f"{root.name or 'root'}-{digest(os.fsencode(place))[:12]}.{kind}.cache"


def kept_files(root: Path, directory: Path | None) -> list[Path]:
    """What there is of a project in the folder where it would be kept."""
    files = (cache_file(root, directory, kind) for kind in KINDS)
    return [file for file in files if file.is_file()]


class Store:
    """One such file.

    Args:
        file: where it stands; None: there is none, nothing is read or written.
        magic: what it holds.
        version: of everything that decides what the entries look like; those of another version are not used.
    """

    def __init__(self, file: Path | None, magic: str, version: str) -> None:
        self.file, self._magic, self._version = file, magic, version
        self.warning: str | None = None

    def read(self) -> dict[str, str]:
        """The entries; none where there are none that can be used."""
        if self.file is None:
            return {}
        try:
            content = self.file.read_bytes()
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.warning = f"the cache {self.file} can't be read: {error.strerror or error}."
            return {}
        head, _, body = content.partition(b"\n")
        try:
            magic, version, checksum = json.loads(head)
            if magic != self._magic:
                raise ValueError(magic)
            if version != self._version:
                return {}
            if zlib.crc32(body) != checksum:
                raise ValueError(checksum)
            return dict(line.split(" ", 1) for line in body.decode().split("\n") if line)
        except (ValueError, TypeError, RecursionError):
            self.warning = f"the cache {self.file} is damaged or not ours; it is ignored and made anew."
            return {}

    def write(self, entries: Iterable[tuple[str, str]]) -> None:
        """Writes the entries, none of which holds a line end. A folder that can't be written is no error."""
        if self.file is None:
            return
        try:
            self._write(self.file, entries)
        except OSError as error:
            self.warning = f"the cache can't be written to {self.file}: {error.strerror or error}."

    def _write(self, file: Path, entries: Iterable[tuple[str, str]]) -> None:
        body = "".join(f"{key} {entry}\n" for key, entry in entries).encode()
        head = json.dumps([self._magic, self._version, zlib.crc32(body)]).encode()
        folder = file.parent
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", _IGNORE_ALL), ("CACHEDIR.TAG", _TAG)):
            if folder.name == DIRECTORY and not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
        write_atomically(file, b"\n".join((head, body)))
