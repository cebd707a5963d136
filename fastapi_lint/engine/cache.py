"""The cache of facts: what each file said, by the hash of its content.

One text file per project: a header line, then one line per file content: digest, a tag, encoded facts. It holds neither
paths nor times, so a cache that was restored on another machine still hits; and no code, so that a cache that came with
a repository can only be wrong, not run. The header has a checksum over the rest. Whatever is wrong with a cache, it is
ignored: the facts are extracted again.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from fastapi_lint.engine.outcome import Fault
from fastapi_lint.text.atomic import write_atomically

DIRECTORY = ".fastapi_lint_cache"
_FILE = "facts.cache"
_MAGIC = "fastapi-lint facts"
_FACTS, _FAULT = "=", "!"
_LINE_END = "\t"
"""Stands for the newline behind the header of encoded facts; JSON has neither."""
_IGNORE_ALL = "# Made by fastapi-lint.\n*\n"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache directory made by fastapi-lint.\n"


def digest(data: bytes) -> str:
    """The name of a file's content."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def cache_file(root: Path, directory: Path | None) -> Path:
    """Where the cache of a project stands.

    Args:
        root: the project root.
        directory: the folder the user wants it in, which several projects may share; None: in the project.
    """
    if directory is None:
        return root / DIRECTORY / _FILE
    place = os.path.relpath(root, directory)
    return directory / f"{root.name or 'root'}-{digest(os.fsencode(place))[:12]}.cache"


class FactsCache:
    """The facts of a project's files as of the last run, and those of this run.

    Args:
        file: where it stands; None: there is none, every file is analysed anew and nothing is written.
        version: of everything that decides what facts look like; a cache of another version is not used.
        faults_version: gives the version of everything that decides whether a file has facts at all; asked only when
            there is a fault.
    """

    def __init__(self, file: Path | None, version: str, faults_version: Callable[[], str]) -> None:
        self.file = file
        self._version, self._faults_version = version, lru_cache(maxsize=1)(faults_version)
        self.warning: str | None = None
        self._old = self._read() if file is not None else {}
        self._new: dict[str, str] = {}

    def get(self, key: str) -> str | Fault | None:
        """The encoded facts, or the fault, of a content; None when it is not known."""
        entry = self._old.get(key)
        if entry is None:
            return None
        if entry.startswith(_FACTS):
            self._new[key] = entry
            return entry[1:].replace(_LINE_END, "\n")
        try:
            version, fault = json.loads(entry[1:])
            found = Fault(*fault)
        except (ValueError, TypeError):
            return None
        if version != self._faults_version():
            return None
        self._new[key] = entry
        return found

    def put(self, key: str, outcome: str | Fault) -> None:
        """Remembers encoded facts or a lasting fault."""
        if isinstance(outcome, Fault):
            self._new[key] = _FAULT + json.dumps([self._faults_version(), outcome])
        else:
            self._new[key] = _FACTS + outcome.replace("\n", _LINE_END)

    def forget(self, key: str) -> None:
        """Drops an entry that turned out to be unusable."""
        self._old.pop(key, None)
        self._new.pop(key, None)

    def save(self) -> None:
        """Writes what this run used, if that is not what the file holds. A folder that can't be written is no error."""
        if self.file is None or self._new.keys() == self._old.keys():
            return
        try:
            self._write(self.file)
        except OSError as error:
            self.warning = f"the cache can't be written to {self.file}: {error.strerror or error}."

    def _read(self) -> dict[str, str]:
        assert self.file is not None
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
            if magic != _MAGIC:
                raise ValueError(magic)
            if version != self._version:
                return {}
            if zlib.crc32(body) != checksum:
                raise ValueError(checksum)
            return dict(line.split(" ", 1) for line in body.decode().split("\n") if line)
        except (ValueError, TypeError, RecursionError):
            self.warning = f"the cache {self.file} is damaged or not ours; it is ignored and made anew."
            return {}

    def _write(self, file: Path) -> None:
        body = "".join(f"{key} {entry}\n" for key, entry in sorted(self._new.items())).encode()
        head = json.dumps([_MAGIC, self._version, zlib.crc32(body)]).encode()
        folder = file.parent
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in ((".gitignore", _IGNORE_ALL), ("CACHEDIR.TAG", _TAG)):
            if folder.name == DIRECTORY and not (folder / name).exists():
                (folder / name).write_text(text, encoding="utf-8")
        write_atomically(file, b"\n".join((head, body)))
