"""The cache of facts: what each file said, by the digest of its content."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from fastapi_lint.engine.outcome import Fault
from fastapi_lint.engine.store import Store

_FACTS, _FAULT = "=", "!"
_LINE_END = "\t"
"""Stands for the newline behind the header of encoded facts; JSON has neither."""


class FactsCache:
    """The facts of a project's files as of the last run, and those of this run.

    Args:
        file: where it stands; None: there is none, every file is analysed anew and nothing is written.
        version: of everything that decides what facts look like; a cache of another version is not used.
        faults_version: gives the version of everything that decides whether a file has facts at all; asked only when
            there is a fault.
    """

    def __init__(self, file: Path | None, version: str, faults_version: Callable[[], str]) -> None:
        self._store = Store(file, "fastapi-lint facts", version)
        self._faults_version = lru_cache(maxsize=1)(faults_version)
        self._old = self._store.read()
        self._new: dict[str, str] = {}

    @property
    def warning(self) -> str | None:
        """What the user should know of the file."""
        return self._store.warning

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

    def withhold(self, key: str) -> None:
        """Does not keep what is known of a content, because nobody shall read it in the file."""
        self._new.pop(key, None)

    def save(self) -> None:
        """Writes what this run used, if that is not what the file holds."""
        if self._new.keys() != self._old.keys():
            self._store.write(sorted(self._new.items()))
