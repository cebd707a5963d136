#!/usr/bin/env python3
"""How long a check takes, beside bare ``libcst.parse_module`` and other tools over the same files in the same run.

    python benchmarks/check_speed.py TREE [--jobs N] [--repetitions N] [--tools NAMES]

Each measurement is a process of its own, start-up of Python included, and the kinds take turns, so that a busy moment
of the machine hits all of them:

- bare: ``libcst.parse_module`` over the files that a check reads, in as many processes as the check may use;
- cold: a check without a cache; warm: one where nothing has changed since the last;
- changed: one after a line was added to one file (a copy of the tree is made for that);
- ruff, flake8, bandit, pylint, fixit, as far as they are installed, over the same tree without their caches.

Shown are the median and the least of the repetitions, the ratio of the medians to bare parsing and to a cold check, and
the peak memory of the largest process.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

LINT = [sys.executable, "-m", "fastapi_lint"]
TOOLS = {
    "ruff": ["ruff", "check", "--no-cache", "--exit-zero", "--quiet"],
    "flake8": ["flake8", "--exit-zero", "--quiet", "--quiet", "--isolated", "--disable-noqa"],
    "bandit": ["bandit", "--recursive", "--quiet", "--exit-zero"],
    "pylint": ["pylint", "--recursive=y", "--exit-zero", "--reports=n", "--jobs={jobs}"],
    "fixit": ["fixit", "--quiet", "lint"],
}
PARSE = """
import os, sys, libcst
for name in sys.stdin.read().split("\\0"):
    try:
        libcst.parse_module(open(name, "rb").read())
    except Exception:
        pass
os._exit(0)
"""


@dataclass(slots=True)
class Measured:
    """Seconds of the whole process and its peak memory in megabytes, one of each a repetition."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> int:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    parser.add_argument("--repetitions", type=int, default=3, metavar="N")
    parser.add_argument("--tools", default=",".join(TOOLS), help="other tools to compare with, by comma")
    options = parser.parse_args()
    tools = [tool for tool in options.tools.split(",") if tool and shutil.which(tool)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tree")
        shutil.copytree(options.tree.resolve(), copy, symlinks=True, ignore=shutil.ignore_patterns(".*_cache", ".git"))
        kinds = kinds_of(copy, Path(folder, "cache"), options.jobs, tools)
        results = {kind: Measured() for kind in kinds}
        for _ in range(options.repetitions):
            for kind, run in kinds.items():
                run(results[kind])
        show(options.tree, copy, options.jobs, results)
    return 0


def kinds_of(tree: Path, cache: Path, jobs: int, tools: list[str]) -> dict[str, Callable[[Measured], None]]:
    """What is measured, by name; the order matters: a cold check comes before those that find its cache."""
    files = python_files(tree)
    shares = [files[start::jobs] for start in range(jobs)]
    check = [*LINT, "check", str(tree), "--quiet", "--exit-zero", "--jobs", str(jobs), "--cache-dir", str(cache)]
    victim = files[len(files) // 2]

    def cold(measured: Measured) -> None:
        shutil.rmtree(cache, ignore_errors=True)
        timed([check], measured)

    def changed(measured: Measured) -> None:
        with victim.open("a") as stream:
            stream.write(f"\nCHANGED_AT = {time.time()!r}\n")
        timed([check], measured)

    def bare(measured: Measured) -> None:
        timed([[sys.executable, "-c", PARSE]] * jobs, measured, ["\0".join(map(str, share)) for share in shares])

    def tool(name: str) -> Callable[[Measured], None]:
        command = [part.format(jobs=jobs) for part in TOOLS[name]]
        return lambda measured: timed([[*command, str(tree)]], measured)

    own = {"bare": bare, "cold": cold, "warm": lambda measured: timed([check], measured), "changed": changed}
    return {**own, **{name: tool(name) for name in tools}}


def python_files(tree: Path) -> list[Path]:
    """The files that a check reads, the largest first."""
    from fastapi_lint.config.configuration import configuration_of
    from fastapi_lint.engine.discovery import discover, group_by_project

    found: list[Path] = []
    for place, paths in group_by_project([tree]).items():
        found += [place.root / path for path in discover(place, paths, configuration_of()).files]
    return sorted(found, key=lambda path: -path.stat().st_size)


def timed(commands: list[list[str]], measured: Measured, inputs: list[str] | None = None) -> None:
    """Runs commands side by side, and notes how long it took until the last has ended."""
    start = time.perf_counter()
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    for process, text in zip(processes, inputs or [""] * len(processes)):
        assert process.stdin is not None
        process.stdin.write(text.encode())
        process.stdin.close()
    peaks = [os.wait4(process.pid, 0)[2].ru_maxrss / 1024 for process in processes]
    measured.seconds.append(time.perf_counter() - start)
    measured.memory.append(max(peaks))


def show(tree: Path, copy: Path, jobs: int, results: dict[str, Measured]) -> None:
    """Prints the figures."""
    files = python_files(copy)
    lines = sum(path.read_bytes().count(b"\n") for path in files)
    count = len(results["bare"].seconds)
    print(
        f"{tree}: {len(files):,} files, {lines:,} lines; Python {sys.version.split()[0]}, {os.cpu_count()} processors"
    )
    print(f"{jobs} jobs, {count} repetitions\n")
    print(f"{'':10}{'median s':>10}{'least s':>10}{'of bare':>10}{'of cold':>10}{'memory MB':>12}")
    middle = {kind: statistics.median(measured.seconds) for kind, measured in results.items()}
    for kind, measured in results.items():
        ratios = f"{middle[kind] / middle['bare']:>10.2f}{middle[kind] / middle['cold']:>10.3f}"
        print(f"{kind:10}{middle[kind]:>10.2f}{min(measured.seconds):>10.2f}{ratios}{max(measured.memory):>12.0f}")


if __name__ == "__main__":
    sys.exit(main())
