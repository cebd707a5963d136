#!/usr/bin/env python3
"""How many faults that were planted by hand in copies of real projects a check finds.

    python benchmarks/planted.py SOURCES [NAME ...]

SOURCES is a folder with the sources of each project, as for ``routes_agreement.py``; ``benchmarks/projects.toml`` says
where in it each project is and how to get it. The faults are in ``benchmarks/planted/NAME.toml``: text of our own that
is put into a copy of the project, so that nothing of the project is repeated there. A change names

- the file, which is made where there is none;
- ``imports``: text behind the imports of the module;
- ``text``: put at the end of the module, or of the class that ``in`` names.

A line that ends in ``# fault`` is where the fault is. It counts as found when a finding of its rule, or the evidence of
one, points at such a line.
"""

from __future__ import annotations

import argparse
import ast
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from textwrap import indent
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
MARK = "# fault"
Fault = dict[str, Any]
Change = dict[str, str]
Place = tuple[str, int]


def main() -> int:
    """Plants the faults of each project and counts those that are found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sources", type=Path)
    parser.add_argument("names", nargs="*", metavar="NAME", help="projects; all by default")
    options = parser.parse_args()
    projects = tomllib.loads((HERE / "projects.toml").read_text(encoding="utf-8"))
    planted = {path.stem: path for path in sorted((HERE / "planted").glob("*.toml"))}
    if unknown := sorted(set(options.names) - planted.keys()):
        parser.error(f"no faults for {', '.join(unknown)}")
    all_faults: Counter[str] = Counter()
    all_found: Counter[str] = Counter()
    for name in options.names or planted:
        tree = options.sources / projects[name]["base"]
        if not tree.is_dir():
            print(f"{name}: its sources are not in {tree}; get them: {projects[name]['source']}")
            continue
        faults = tomllib.loads(planted[name].read_text(encoding="utf-8"))["fault"]
        for fault, is_found in zip(faults, found(tree, faults)):
            all_faults[fault["rule"]] += 1
            all_found[fault["rule"]] += is_found
            if not is_found:
                print(f"{name}: {fault['rule']} missed: {fault['story']}", flush=True)
    for rule in sorted(all_faults):
        print(f"{rule}: {all_found[rule]} of {all_faults[rule]}")
    print(f"all: {all_found.total()} of {all_faults.total()}")
    return 0


def found(tree: Path, faults: list[Fault]) -> list[bool]:
    """Which faults a check finds that are planted into a copy of a tree."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, tree.name)
        shutil.copytree(tree, copy, symlinks=True, ignore=shutil.ignore_patterns(".*_cache", ".git", "node_modules"))
        for number, fault in enumerate(faults):
            for change in fault["change"]:
                plant(copy, change, number)
        marked = [marks(copy, fault, number) for number, fault in enumerate(faults)]
        pointed = places(copy, sorted({fault["rule"] for fault in faults}))
    return [any((fault["rule"], *place) in pointed for place in own) for fault, own in zip(faults, marked)]


def plant(copy: Path, change: Change, number: int) -> None:
    """Puts one change into a copy, with the number of its fault in the marks."""
    path = copy / change["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    source = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = source.splitlines()
    text = change["text"].replace(MARK, f"{MARK} {number}").strip("\n")
    if "in" in change:
        (cls,) = (node for node in classes(source) if node.name == change["in"])
        lines[cls.end_lineno : cls.end_lineno] = ["", *indent(text, " " * cls.body[0].col_offset).splitlines()]
    else:
        lines += ["", "", *text.splitlines()]
    imports = (node for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom)))
    last = max((node.end_lineno or 0 for node in imports), default=0)
    lines[last:last] = change.get("imports", "").strip("\n").splitlines()
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def classes(source: str) -> list[ast.ClassDef]:
    """The classes of a module."""
    return [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef)]


def marks(copy: Path, fault: Fault, number: int) -> set[Place]:
    """Where the lines of a fault are, once all are planted."""
    return {
        (change["file"], line)
        for change in fault["change"]
        for line, text in enumerate((copy / change["file"]).read_text(encoding="utf-8").splitlines(), 1)
        if text.endswith(f"{MARK} {number}")
    }


def places(copy: Path, rules: list[str]) -> set[tuple[str, str, int]]:
    """What the findings of rules and their evidence point at: rule, file and line."""
    command = [sys.executable, "-m", "fastapi_lint", "check", ".", "--select", ",".join(rules), "--exit-zero"]
    command += ["--output-format", "json", "--no-baseline", "--no-cache"]
    output = subprocess.run(command, capture_output=True, text=True, check=True, cwd=copy).stdout
    return {
        (finding["code"], place["path"], place["start"]["line"])
        for finding in json.loads(output)["findings"]
        for place in (finding, *finding["related"])
    }


if __name__ == "__main__":
    sys.exit(main())
