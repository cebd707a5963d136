"""Records what git ignores, for lists of patterns made at random: ``python tests/engine/record_gitignore.py``.

The answers stand in ``gitignore.json``: the files of a tree, and for each case the ignore files and what of the tree is
ignored. Patterns are made of parts that meet the corners of git's syntax.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

ANSWERS = Path(__file__).parent / "gitignore.json"
TREE = [
    "a.py", "b.py", "a.pyc", "ab", "abc.txt", "#hash", "!bang", "sp ace", "trail ", "[x].py", "back\\slash", "x-y", "]",
    ".hidden/a.py", "build/out.py", "build/keep.py", "src/build/a.py", "src/build/deep/b.py", "src/a/b/c.py",
    "src/a/b/d.py", "src/a/x/c.py", "src/b.py", "src/gen_pb2.py", "a/b/c/d/e.py", "a/b/e.py", "a/x.py", "doc/a.py",
    "doc/api/a.py", "doc/api/b.txt", "1/0.py", "A/B.py", "-/a.py",
]  # fmt: skip
SEGMENTS = [
    "a", "b", "c", "src", "build", "doc", "api", "x", "e.py", "a.py", "b.py", "*.py", "*", "**", "***", "?", "??", "a*",
    "*b*", "*.py[co]", "[ab]", "[!ab]", "[^a]*", "[a-c]", "[c-a]", "[]]", "[]x-]*", "[[:alpha:]]", "[[:digit:]]*",
    "[[:upper:]]", "[[:nope:]]", "[a", "\\a", "\\*", "\\[x\\].py", "gen_?b2.py", "*_pb2.py", ".hidden", ".*", "#hash",
    "\\#hash", "!bang", "\\!bang", "sp ace", "trail\\ ", "back\\\\slash", "x-y", "[w-z]-[!x]", "deep", "d", "[--0]",
    "[a-]*", "[\\]]", "[[-^]*",
]  # fmt: skip
PLACES = [".gitignore", ".gitignore", ".gitignore", "src/.gitignore", "a/b/.gitignore", "doc/.gitignore", "exclude"]
ENDS = ["\n", "\n", "\n", "\r\n", " \n", "  \n", "\t\n"]


def pattern(source: random.Random) -> str:
    """A line of an ignore file, without its end."""
    parts = [source.choice(SEGMENTS) for _ in range(source.choice((1, 1, 1, 2, 2, 3)))]
    text = "/".join(parts)
    return (
        source.choice(("", "", "", "!"))
        + source.choice(("", "", "", "/"))
        + text
        + source.choice(("", "", "", "/", "/**", "/*", "//"))
    )


def ignore_files(source: random.Random) -> dict[str, str]:
    """The ignore files of a case by place; ``exclude`` stands for ``.git/info/exclude``."""
    files: dict[str, str] = {}
    for _ in range(source.randint(1, 6)):
        place = source.choice(PLACES)
        line = source.choice(("", "# a comment", "   ", "/")) if source.random() < 0.08 else pattern(source)
        files[place] = files.get(place, source.choice(("", "", "\ufeff"))) + line + source.choice(ENDS)
    return files


def lay_out(root: Path) -> None:
    """Makes the files of the tree below ``root``."""
    for name in TREE:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def write(root: Path, files: dict[str, str]) -> None:
    """Puts ignore files in their places, and takes others away."""
    for place in set(PLACES):
        file = root / (place if place != "exclude" else ".git/info/exclude")
        if place in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(files[place].encode())
        else:
            file.unlink(missing_ok=True)


def main() -> None:
    """Asks git and writes the answers."""
    source = random.Random(7)
    cases = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
        subprocess.run(["git", "init", "-q", folder], env=environment, check=True)
        lay_out(root)
        while len(cases) < 500:
            files = ignore_files(source)
            write(root, files)
            answer = subprocess.run(
                ["git", "check-ignore", "--no-index", "-z", "--stdin"],
                cwd=root, env=environment, input="\0".join(TREE), capture_output=True, text=True, check=False,
            )  # fmt: skip
            ignored = sorted(filter(None, answer.stdout.split("\0")))
            # Most patterns fit nothing; a few such cases are enough.
            if ignored or source.random() < 0.1:
                cases.append({"files": files, "ignored": ignored})
        version = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    lines = ",\n".join(json.dumps(case, sort_keys=True) for case in cases)
    ANSWERS.write_text(f'{{"version": "{version}", "tree": {json.dumps(TREE)}, "cases": [\n{lines}\n]}}\n')
    print(f"{len(cases)} cases", file=sys.stderr)


if __name__ == "__main__":
    main()
