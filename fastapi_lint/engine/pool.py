"""Worker processes that outlive the death of one of them.

Each worker has one file at a time. If it dies, or takes longer than the limit and is killed, that file is the culprit:
it becomes a fault, and a fresh worker goes on with the rest. The workers are ordinary child processes of this
interpreter, so that the pool works the same from threads, daemonic processes and under any start method.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

from fastapi_lint.engine.outcome import INTERNAL_ERROR, UNANALYSABLE, Fault, Outcome
from fastapi_lint.engine.worker import read_frame, read_outcome, write_frame

_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1:]; from fastapi_lint.engine.worker import main; main()"
_START_LIMIT = 60.0
_WATCH_INTERVAL = 0.1


class PoolUnavailableError(Exception):
    """No worker process can be started here."""


class Task(NamedTuple):
    """A file to analyse."""

    path: str
    data: bytes


class _Worker:
    """One worker process. ``deadline`` is when the watcher kills it."""

    def __init__(self) -> None:
        if not sys.executable:
            raise PoolUnavailableError
        self.late = False
        self.deadline = time.monotonic() + _START_LIMIT
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _BOOTSTRAP, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise PoolUnavailableError from error
        assert self.process.stdin and self.process.stdout
        self._requests, self._answers = self.process.stdin, self.process.stdout

    def wait_until_ready(self) -> None:
        """Waits until the worker has imported what it needs.

        Raises:
            PoolUnavailableError: it never gets there.
        """
        try:
            read_frame(self._answers)
        except EOFError:
            raise PoolUnavailableError from None

    def analyse(self, task: Task, limit: float) -> Outcome:
        """What came of a file.

        Raises:
            EOFError, OSError: the worker died.
        """
        self.deadline = time.monotonic() + limit
        write_frame(self._requests, task.path.encode("utf-8", "surrogatepass"))
        write_frame(self._requests, task.data)
        self._requests.flush()
        return read_outcome(self._answers)

    def check(self) -> None:
        """Kills the worker if its time is over."""
        if time.monotonic() > self.deadline and self.process.poll() is None:
            self.late = True
            self.process.kill()

    def close(self) -> None:
        """Ends the worker."""
        for stream in (self._requests, self._answers):
            with suppress(OSError):
                stream.close()
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class _Driver(threading.Thread):
    """Feeds one worker at a time from the common queue."""

    def __init__(self, queue: deque[tuple[int, Task]], limit: float, done: Callable[[int, Outcome], None]) -> None:
        super().__init__(daemon=True)
        self.queue, self.limit, self.done = queue, limit, done
        self.worker: _Worker | None = None
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while self.queue:
                self._drive()
        except IndexError:
            pass  # another driver took the last file
        except BaseException as error:
            self.failure = error
        finally:
            if self.worker is not None:
                self.worker.close()

    def _drive(self) -> None:
        if self.worker is None:
            self.worker = _Worker()
            self.worker.wait_until_ready()
        index, task = self.queue.popleft()
        try:
            outcome = self.worker.analyse(task, self.limit)
        except (EOFError, OSError):
            worker, self.worker = self.worker, None
            worker.close()
            outcome = Outcome(None, _culprit(worker, self.limit))
        else:
            self.worker.deadline = float("inf")
        self.done(index, outcome)


def analyse_in_processes(tasks: Iterable[Task], jobs: int, limit: float) -> list[Outcome]:
    """What came of each file, in the order of the tasks.

    Args:
        tasks: the files.
        jobs: how many worker processes, at most.
        limit: seconds that one file may take.

    Raises:
        PoolUnavailableError: no worker process can be started; nothing was lost, the caller may do the work itself.
    """
    numbered = list(enumerate(tasks))
    results: dict[int, Outcome] = {}
    # The largest first, so that no worker is left alone with one at the end.
    queue = deque(sorted(numbered, key=lambda item: -len(item[1].data)))
    drivers = [_Driver(queue, limit, results.__setitem__) for _ in range(min(jobs, len(numbered)))]
    for driver in drivers:
        driver.start()
    try:
        _watch(drivers)
    except BaseException:
        queue.clear()
        for driver in drivers:
            if driver.worker is not None:
                driver.worker.process.kill()
        raise
    failures = [driver.failure for driver in drivers if driver.failure is not None]
    if len(results) < len(numbered):
        raise next((error for error in failures if not isinstance(error, PoolUnavailableError)), PoolUnavailableError())
    return [results[index] for index, _ in numbered]


def _watch(drivers: list[_Driver]) -> None:
    """Waits for the drivers, and kills workers whose time is over."""
    for driver in drivers:
        while driver.is_alive():
            driver.join(_WATCH_INTERVAL)
            for other in drivers:
                if other.worker is not None:
                    other.worker.check()


def _culprit(worker: _Worker, limit: float) -> Fault:
    if worker.late:
        return Fault(UNANALYSABLE, f"the analysis took longer than {limit:g} seconds and was stopped")
    status = worker.process.returncode
    how = f"signal {-status}" if status is not None and status < 0 else f"exit status {status}"
    return Fault(INTERNAL_ERROR, f"the process that analysed this file died ({how}); the other files are not affected")
