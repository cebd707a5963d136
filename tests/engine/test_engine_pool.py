"""Worker processes: the death of one costs one file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from fastapi_lint.engine import pool
from fastapi_lint.engine.outcome import INTERNAL_ERROR, SYNTAX_ERROR, UNANALYSABLE
from fastapi_lint.engine.pool import PoolUnavailableError, Task, analyse_in_processes

TREACHERY = """
import os, time
from fastapi_lint.engine.analysis import Analyser
analyse = Analyser.analyse
def treacherous(self, path, data):
    if data == b"die":
        os._exit(7)
    if data == b"abort":
        os.abort()
    if data == b"sleep":
        time.sleep(60)
    if data == b"noise":
        print("noise on standard output")
    return analyse(self, path, data)
Analyser.analyse = treacherous
"""


@pytest.fixture
def treacherous(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes in which the content of a file says what is to happen to the process."""
    script = tmp_path / "treachery.py"
    script.write_text(TREACHERY)
    serve = "from fastapi_lint.engine.worker import main"
    assert serve in pool._BOOTSTRAP
    betray = f"exec(open({str(script)!r}).read())"
    monkeypatch.setattr(pool, "_BOOTSTRAP", pool._BOOTSTRAP.replace(serve, f"{betray}; {serve}"))


def tasks(*contents: bytes) -> list[Task]:
    return [Task(f"file{number}.py", content) for number, content in enumerate(contents)]


def test_outcomes_come_in_the_order_of_the_tasks() -> None:
    contents = [b"x = %d\n" % number * (1 + number % 7) for number in range(40)]
    outcomes = analyse_in_processes(tasks(*contents, b"x ="), 3, 60)
    alone = analyse_in_processes(tasks(*contents, b"x ="), 1, 60)
    assert [outcome.facts for outcome in outcomes] == [outcome.facts for outcome in alone]
    assert all(outcome.fault is None for outcome in outcomes[:-1])
    assert outcomes[-1].fault is not None and outcomes[-1].fault.code == SYNTAX_ERROR


@pytest.mark.usefixtures("treacherous")
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_file_that_kills_its_worker_is_named_and_the_rest_goes_on(jobs: int) -> None:
    outcomes = analyse_in_processes(tasks(b"a = 1", b"die", b"b = 1", b"abort", b"noise", b"c = 1"), jobs, 60)
    faults = [outcome.fault for outcome in outcomes]
    assert [fault and fault.code for fault in faults] == [None, INTERNAL_ERROR, None, INTERNAL_ERROR, None, None]
    assert faults[1] is not None and "exit status 7" in faults[1].message and not faults[1].lasting
    assert faults[3] is not None and "signal 6" in faults[3].message
    assert all(outcome.facts for outcome in (outcomes[0], outcomes[2], outcomes[4], outcomes[5]))


@pytest.mark.usefixtures("treacherous")
def test_a_file_that_takes_too_long_is_stopped() -> None:
    start = time.monotonic()
    outcomes = analyse_in_processes(tasks(b"sleep", b"a = 1", b"b = 1"), 1, 0.5)
    assert time.monotonic() - start < 30
    fault = outcomes[0].fault
    assert fault is not None and fault.code == UNANALYSABLE and "longer than 0.5 seconds" in fault.message
    assert outcomes[1].facts and outcomes[2].facts


def test_no_interpreter_to_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(PoolUnavailableError):
        analyse_in_processes(tasks(b"a = 1"), 2, 60)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(PoolUnavailableError):
        analyse_in_processes(tasks(b"a = 1"), 2, 60)


def test_a_worker_that_cannot_begin_its_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_BOOTSTRAP", "raise SystemExit(3)")
    with pytest.raises(PoolUnavailableError):
        analyse_in_processes(tasks(b"a = 1", b"b = 1"), 2, 60)


def test_no_worker_outlives_the_work() -> None:
    before = set(threading.enumerate())
    analyse_in_processes(tasks(b"a = 1", b"b = 1"), 2, 60)
    assert set(threading.enumerate()) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_folder_one_works_in_hides_no_module(tmp_path: Path) -> None:
    """The command is used inside projects that have modules named like those of the standard library."""
    for name in ("json", "struct", "signal", "libcst", "dataclasses"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported the wrong module')\n")
    script = (
        "import sys; sys.path[:] = [entry for entry in sys.path if entry]\n"
        "from fastapi_lint.engine.pool import Task, analyse_in_processes\n"
        "print(analyse_in_processes([Task('a.py', b'x = 1')], 2, 60)[0].fault)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(pool.__file__).parents[2])}
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.stdout.strip(), result.stderr) == ("None", "")
