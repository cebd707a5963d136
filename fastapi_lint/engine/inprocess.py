"""Analyses files in this process, on a thread that can be left behind when a file takes too long."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fastapi_lint.engine.outcome import UNANALYSABLE, Fault, Outcome
from fastapi_lint.engine.pool import Task
from fastapi_lint.syntax.deep_stack import start_deep_thread

if TYPE_CHECKING:
    from fastapi_lint.engine.analysis import Analyser

_WATCH_INTERVAL = 0.2


def analyse_in_process(tasks: Sequence[Task], limit: float) -> list[Outcome]:
    """What came of each file, in the order of the tasks.

    A file that takes longer than ``limit`` seconds is left behind on its thread, and the rest goes on on another.
    """
    from fastapi_lint.engine.analysis import Analyser

    analyser = Analyser()
    outcomes: list[Outcome] = []
    with analyser.batch():
        while len(outcomes) < len(tasks):
            batch = _Batch(analyser, tasks[len(outcomes) :])
            thread = start_deep_thread(batch.run, "analysis")
            while thread.is_alive() and not batch.give_up(limit):
                thread.join(_WATCH_INTERVAL)
            outcomes += batch.outcomes
            if batch.given_up:
                message = f"the analysis took longer than {limit:g} seconds and was given up"
                outcomes.append(Outcome(None, Fault(UNANALYSABLE, message)))
    return outcomes


class _Batch:
    """Files that one thread works through."""

    def __init__(self, analyser: Analyser, tasks: Sequence[Task]) -> None:
        self.outcomes: list[Outcome] = []
        self.given_up = False
        self._analyser, self._tasks = analyser, tasks
        self._lock = threading.Lock()
        self._started = time.monotonic()

    def run(self) -> None:
        """Works until the end, or until given up."""
        for task in self._tasks:
            outcome = self._analyser.analyse(task.path, task.data)
            with self._lock:
                if self.given_up:
                    return
                self.outcomes.append(outcome)
                self._started = time.monotonic()

    def give_up(self, limit: float) -> bool:
        """Gives up if the present file has taken too long; says whether it did."""
        with self._lock:
            self.given_up = time.monotonic() - self._started > limit
            return self.given_up
