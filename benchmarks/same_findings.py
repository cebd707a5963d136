#!/usr/bin/env python3
"""Whether a check says the same however it runs: worker processes, cache, order of files and hash seed.

    python benchmarks/same_findings.py TREE [TREE ...] [--seeds N]

Each check is a process of its own with the strict profile; its json output must be byte for byte that of the first. The
cache is met cold, warm, with one file changed and changed back, corrupt and off; the files are named one by
one, in a random order. Ends with 1 where something differs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from check_speed import LINT, python_files


def main() -> int:
    """Runs the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("trees", type=Path, nargs="+", metavar="TREE")
    parser.add_argument("--seeds", type=int, default=10, metavar="N", help="hash seeds to try")
    options = parser.parse_args()
    differ = False
    for tree in options.trees:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "tree")
            shutil.copytree(tree.resolve(), copy, symlinks=True, ignore=shutil.ignore_patterns(".*_cache", ".git"))
            answers = list(variants(copy, Path(folder, "cache"), options.seeds))
        first = answers[0][1]
        print(f"{tree}: {len(answers)} ways, {len(json.loads(first)['findings']):,} findings in the first")
        for name, answer in answers:
            if answer != first:
                differ = True
                print(f"  {name}: {len(answer):,} bytes instead of {len(first):,}")
    return int(differ)


def variants(tree: Path, cache: Path, seeds: int) -> Iterator[tuple[str, bytes]]:
    """What a check prints, by the way it runs."""
    cached = ["--cache-dir", str(cache)]
    yield "no cache, two jobs", check(tree, "--no-cache", "--jobs", "2")
    for jobs in ("1", "8"):
        yield f"no cache, {jobs} jobs", check(tree, "--no-cache", "--jobs", jobs)
    yield "cold cache", check(tree, *cached)
    yield "warm cache", check(tree, *cached)
    files = python_files(tree)
    with changed(files[len(files) // 2]):
        check(tree, *cached)
    yield "a file changed and changed back", check(tree, *cached)
    for path in filter(Path.is_file, cache.rglob("*")):
        content = bytearray(path.read_bytes())
        content[len(content) // 2 :] = bytes(reversed(content[len(content) // 2 :]))
        path.write_bytes(content)
    yield "corrupt cache", check(tree, *cached)
    random.Random(1).shuffle(files)
    yield "files in a random order", check(tree, "--no-cache", paths=[str(path.relative_to(tree)) for path in files])
    for seed in range(seeds):
        yield f"hash seed {seed}", check(tree, "--no-cache", seed=seed)


@contextmanager
def changed(path: Path) -> Iterator[None]:
    """Gives a file a line more for a while."""
    content = path.read_bytes()
    path.write_bytes(content + b"\nCHANGED = 1\n")
    yield
    path.write_bytes(content)


def check(tree: Path, *options: str, paths: list[str] | None = None, seed: int | None = None) -> bytes:
    """The json that a check with the strict profile prints."""
    command = [*LINT, "check", *(paths or ["."]), "--quiet", "--exit-zero", "--profile", "strict", "--format", "json"]
    environment = {**os.environ, "PYTHONHASHSEED": "random" if seed is None else str(seed)}
    return subprocess.run([*command, *options], cwd=tree, env=environment, capture_output=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
