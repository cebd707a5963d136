"""The files of a project as facts: from the cache where they are known, else by analysis, here or in processes."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from fastapi_lint.engine.cache import FactsCache
from fastapi_lint.engine.inprocess import analyse_in_process
from fastapi_lint.engine.outcome import UNANALYSABLE, Fault, Outcome
from fastapi_lint.engine.phases import Phases
from fastapi_lint.engine.pool import PoolUnavailableError, Task, analyse_in_processes
from fastapi_lint.engine.store import digest
from fastapi_lint.facts.codec import decode
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.text.source import MAX_BYTES, Source, UnreadableSource

FILE_TIME_LIMIT = 60.0
"""Seconds that the analysis of one file may take."""

_BYTES_PER_JOB = 150_000
"""Less work than this does not pay the start of another process."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds.

    Attributes:
        data: the bytes.
        key: their digest.
        unsaved: whether they stand in for those of the file.
        saved: the digest of what the file itself holds then; None: it is that very content, or there is no such file.
    """

    data: bytes
    key: str
    unsaved: bool = False
    saved: str | None = None


Contents = Mapping[str, "Content | Fault"]
"""What files hold, or why they can't be read, by path."""


@dataclass(slots=True)
class Analysed:
    """The facts or the fault of each file, by path; how many came from the cache."""

    facts: Mapping[str, ModuleFacts]
    faults: dict[str, Fault] = field(default_factory=dict)
    cached: int = 0


def read_files(root: Path, paths: Iterable[str], overlay: Mapping[str, bytes]) -> dict[str, Content | Fault]:
    """What files hold.

    Args:
        root: the project root.
        paths: the files, relative to it.
        overlay: the contents that stand in for those of files, by path.
    """
    contents: dict[str, Content | Fault] = {}
    for path in paths:
        saved = _read(root / path)
        if path in overlay and saved != overlay[path]:
            key = None if isinstance(saved, Fault) else digest(saved)
            contents[path] = Content(overlay[path], digest(overlay[path]), True, key)
        else:
            contents[path] = saved if isinstance(saved, Fault) else Content(saved, digest(saved))
    return contents


def analyse_files(contents: Contents, cache: FactsCache, jobs: int | None, phases: Phases) -> Analysed:
    """Facts and faults of files.

    Args:
        contents: of the files.
        cache: what is known already; gets what is new, but for contents that no file has yet.
        jobs: 1: in this process; more: that many worker processes at most; None: as many as there are processors and
            work for them.
        phases: gets the time spent.
    """
    facts: dict[str, ModuleFacts] = {}
    result = Analysed(facts)
    tasks: list[Task] = []
    with phases.measure("extract"):
        for path, content in contents.items():
            if isinstance(content, Fault):
                result.faults[path] = content
                continue
            if content.saved is not None:
                cache.get(content.saved)  # what is known of the file is kept
            known = cache.get(content.key)
            if isinstance(known, Fault):
                result.faults[path] = known
            elif known is None or not _decoded_into(facts, path, known):
                cache.forget(content.key)
                tasks.append(Task(path, content.data))
                continue
            result.cached += 1
    for task, outcome in zip(tasks, _analyse(tasks, jobs), strict=True):
        phases.add("parse", outcome.parse_seconds)
        phases.add("extract", outcome.extract_seconds)
        content = contents[task.path]
        assert isinstance(content, Content)
        if outcome.fault is not None:
            result.faults[task.path] = outcome.fault
            if outcome.fault.lasting and not content.unsaved:
                cache.put(content.key, outcome.fault)
        elif outcome.facts is not None:
            if not content.unsaved:
                cache.put(content.key, outcome.facts)
            facts[task.path] = decode(outcome.facts)
    return result


class KnownFacts(Mapping[str, ModuleFacts]):
    """The facts of files that are needed here and there only, made when somebody asks.

    Args:
        contents: of the files.
        cache: gives the cache of facts.
    """

    def __init__(self, contents: Contents, cache: Callable[[], FactsCache]) -> None:
        self._contents, self._cache = contents, lru_cache(maxsize=1)(cache)
        self._facts: dict[str, ModuleFacts] = {}

    def __getitem__(self, path: str) -> ModuleFacts:
        if path not in self._facts:
            one = {path: self._contents[path]}
            self._facts[path] = analyse_files(one, self._cache(), 1, Phases()).facts[path]
        return self._facts[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)


def _read(file: Path) -> bytes | Fault:
    """The bytes of a file, or why they can't be had."""
    try:
        status = os.stat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size > MAX_BYTES:
            Source.read(file, file.name)
        return file.read_bytes()
    except UnreadableSource as error:
        return Fault(UNANALYSABLE, error.message, error.line, error.column)
    except OSError as error:
        return Fault(UNANALYSABLE, f"cannot be read: {error.strerror or error}")


def _decoded_into(facts: dict[str, ModuleFacts], path: str, encoded: str) -> bool:
    """Decodes cached facts; False when they are not what the codec writes."""
    try:
        facts[path] = decode(encoded)
    except (ValueError, TypeError, LookupError, AttributeError):
        return False
    return True


def _analyse(tasks: list[Task], jobs: int | None) -> list[Outcome]:
    work = sum(len(task.data) for task in tasks)
    if jobs is None:
        jobs = min(_processors(), 1 + work // _BYTES_PER_JOB)
    if not tasks:
        return []
    if jobs > 1:
        try:
            return analyse_in_processes(tasks, jobs, FILE_TIME_LIMIT)
        except PoolUnavailableError:
            pass  # a system that allows no child processes
    return analyse_in_process(tasks, FILE_TIME_LIMIT)


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every platform
        return os.cpu_count() or 1
