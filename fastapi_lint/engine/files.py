"""The files of a project as facts: from the cache where they are known, else by analysis, here or in processes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi_lint.engine.cache import FactsCache, digest
from fastapi_lint.engine.inprocess import analyse_in_process
from fastapi_lint.engine.outcome import UNANALYSABLE, Fault, Outcome
from fastapi_lint.engine.phases import Phases
from fastapi_lint.engine.pool import PoolUnavailableError, Task, analyse_in_processes
from fastapi_lint.facts.codec import decode
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.text.source import MAX_BYTES, Source, UnreadableSource

FILE_TIME_LIMIT = 60.0
"""Seconds that the analysis of one file may take."""

_BYTES_PER_JOB = 150_000
"""Less work than this does not pay the start of another process."""


@dataclass(slots=True)
class Analysed:
    """The facts or the fault of each file, by path; how many came from the cache."""

    facts: dict[str, ModuleFacts] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    cached: int = 0


def analyse_files(
    root: Path,
    paths: Iterable[str],
    overlay: Mapping[str, bytes],
    cache: FactsCache,
    jobs: int | None,
    phases: Phases,
) -> Analysed:
    """Facts and faults of files.

    Args:
        root: the project root.
        paths: the files, relative to it.
        overlay: the contents that stand in for those of files, by path.
        cache: what is known already; gets what is new, but for contents that no file has yet.
        jobs: 1: in this process; more: that many worker processes at most; None: as many as there are processors and
            work for them.
        phases: gets the time spent.
    """
    result = Analysed()
    tasks: list[Task] = []
    keys: dict[str, str] = {}
    unsaved = set()
    for path in paths:
        with phases.measure("discover"):
            saved = data = _read(root / path)
        if path in overlay and saved != overlay[path]:
            data = overlay[path]
            unsaved.add(path)
            if not isinstance(saved, Fault):
                cache.get(digest(saved))  # what is known of the file is kept
        if isinstance(data, Fault):
            result.faults[path] = data
            continue
        with phases.measure("extract"):
            key = keys[path] = digest(data)
            known = cache.get(key)
            if isinstance(known, Fault):
                result.faults[path] = known
            elif known is None or not _decoded_into(result.facts, path, known):
                cache.forget(key)
                tasks.append(Task(path, data))
                continue
        result.cached += 1
    for task, outcome in zip(tasks, _analyse(tasks, jobs), strict=True):
        phases.add("parse", outcome.parse_seconds)
        phases.add("extract", outcome.extract_seconds)
        if outcome.fault is not None:
            result.faults[task.path] = outcome.fault
            if outcome.fault.lasting and task.path not in unsaved:
                cache.put(keys[task.path], outcome.fault)
        elif outcome.facts is not None:
            if task.path not in unsaved:
                cache.put(keys[task.path], outcome.facts)
            result.facts[task.path] = outcome.module or decode(outcome.facts)
    return result


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
