#!/usr/bin/env python3
"""How long a check takes, beside bare ``libcst.parse_module`` over the same files in the same run.

    python benchmarks/check_speed.py TREE [--repetitions N]

Each measurement is a process of its own, on one processor, and the three kinds (bare parsing, a cold check, a warm
check) take turns, so that a busy moment of the machine hits all of them. Shown are the least and the median of the
repetitions: seconds of work inside the process (bare parsing: without the import of libcst and the reading of files)
and of the whole process, the phases of the check, and peak memory.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

KINDS = ("bare", "cold", "warm")


def main() -> int:
    """Runs the benchmark, or one measurement of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--repetitions", type=int, default=3, metavar="N")
    parser.add_argument("--measure", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    tree = options.tree.resolve()
    if options.measure:
        print(json.dumps(measure_bare(tree) if options.measure == "bare" else measure_check(tree, options.cache)))
        sys.stdout.flush()
        os._exit(0)  # as the command does
    with tempfile.TemporaryDirectory() as cache:
        run_process("cold", tree, Path(cache))  # fills the cache; the first run also warms the disk
        results: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
        for _ in range(options.repetitions):
            for kind in KINDS:
                results[kind].append(run_process(kind, tree, Path(cache) if kind == "warm" else None))
    show(tree, results)
    return 0


def run_process(kind: str, tree: Path, cache: Path | None) -> dict[str, Any]:
    """One measurement in a process of its own, with the seconds of the whole process."""
    command = [sys.executable, __file__, str(tree), "--measure", kind]
    if cache is not None:
        command += ["--cache", str(cache)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, preexec_fn=pin)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"the measurement `{kind}` failed")
    return {**json.loads(output), "process": seconds, "memory": usage.ru_maxrss / 1024}


def pin() -> None:
    """Keeps a process on one processor, where the system lets us."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure_bare(tree: Path) -> dict[str, Any]:
    """Bare parsing of the files that a check of ``tree`` reads."""
    import libcst

    from fastapi_lint.config.configuration import Configuration
    from fastapi_lint.engine.discovery import discover, group_by_project
    from fastapi_lint.text.source import Source, UnreadableSource

    texts = []
    for place, paths in group_by_project([tree]).items():
        for path in discover(place, paths, Configuration()).files:
            try:
                texts.append(Source.read(place.root / path, path).text)
            except UnreadableSource:
                continue
    seconds, failed = 0.0, 0
    for text in texts:
        start = time.perf_counter()
        try:
            libcst.parse_module(text)
        except (libcst.ParserSyntaxError, RecursionError):
            failed += 1
        seconds += time.perf_counter() - start
    return {"seconds": seconds, "failed": failed}


def measure_check(tree: Path, cache: Path | None) -> dict[str, Any]:
    """A check of ``tree`` in this process."""
    from fastapi_lint.engine.run import Request, run

    start = time.perf_counter()
    result = run(Request((tree,), jobs=1, cache=cache is not None, cache_dir=cache))
    return {
        "seconds": time.perf_counter() - start,
        "phases": result.phases.seconds,
        "files": sum(project.files for project in result.projects),
        "lines": sum(project.lines for project in result.projects),
        "cached": sum(project.cached for project in result.projects),
        "findings": sum(len(project.diagnostics) for project in result.projects),
        "libcst": "libcst" in sys.modules,
    }


def show(tree: Path, results: dict[str, list[dict[str, Any]]]) -> None:
    """Prints the figures."""
    cold, warm = results["cold"][0], results["warm"][0]
    print(f"{tree}: {cold['files']:,} files, {cold['lines']:,} lines, {cold['findings']:,} findings")
    print(f"Python {sys.version.split()[0]}, one processor, {len(results['bare'])} repetitions; least / median\n")
    print(f"{'':8}{'work s':>16}{'process s':>16}{'work / bare':>14}{'process / bare':>17}{'memory MB':>12}")
    for kind in KINDS:
        runs = results[kind]
        work = f"{least(runs, 'seconds'):.3f} / {middle(runs, 'seconds'):.3f}"
        process = f"{least(runs, 'process'):.3f} / {middle(runs, 'process'):.3f}"
        ratios = [least(runs, key) / least(results["bare"], key) for key in ("seconds", "process")]
        print(f"{kind:8}{work:>16}{process:>16}{ratios[0]:>14.2f}{ratios[1]:>17.2f}{middle(runs, 'memory'):>12.0f}")
    for kind in ("cold", "warm"):
        phases = results[kind][0]["phases"]
        parts = (f"{phase} {min(run['phases'][phase] for run in results[kind]):.3f}" for phase in phases)
        print(f"\n{kind} phases (least, s): {'  '.join(parts)}", end="")
    print(f"\n\nwarm: {warm['cached']:,} files from the cache; libcst {'was' if warm['libcst'] else 'not'} imported")


def least(runs: list[dict[str, Any]], key: str) -> float:
    """The least value of the repetitions."""
    return min(run[key] for run in runs)


def middle(runs: list[dict[str, Any]], key: str) -> float:
    """The median of the repetitions."""
    return statistics.median(run[key] for run in runs)


if __name__ == "__main__":
    sys.exit(main())
