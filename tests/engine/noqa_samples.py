"""Modules with all kinds of noqa comments, and what flake8 makes of them."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry

CODES = ("FAL101", "FAL102", "FAL301")

PLUGIN = f"""
class EveryLine:
    name, version = "every-line", "1"
    def __init__(self, tree, lines):
        self.lines = lines
    def run(self):
        for number in range(1, len(self.lines) + 1):
            for code in {CODES!r}:
                yield number, 0, code + " on every line", type(self)
"""
CONFIGURATION = "[flake8:local-plugins]\nextension = FAL = every_line:EveryLine\npaths = .\n"

PIECES = (
    *("# noqa", "# NoQA", "#noqa", "#  noqa", "# noqa:", "# noqa: ", "# noqa:\t", "# noqa :", "noqa", "#"),
    *("FAL101", "FAL102", "FAL301", "FAL1", "FAL10", "FAL3", "FAL", "F401", "E501", "fal101", "Fal3", "FAL1010", "A1"),
    *(",", ", ", " ", "  ", ";", "\t", " because ", "é", "x", "7", ":", " # type: ignore ", "# pylint: disable=x "),
)
COMMENTS = (
    *("# noqa", "# noqa: FAL101", "# noqa:FAL101,FAL301", "# noqa: E501, FAL3", "# noqa: FAL102 said so", "# plain"),
    *("# type: ignore  # noqa: FAL301", "# noqa: E501 # noqa: FAL101", "# noqa: fal101", "#noqa", "# NOQA:FAL1"),
)
STATEMENTS = (
    "a = 1{0}",
    "{0}",
    "\n\n",
    "if a:{0}\n    b = 2{1}\n    {2}\nelse:\n    c = 3{3}",
    "f({0}\n    1,{1}\n    '''x{quoted}\n    y{quoted}''',{2}\n    # alone{3}\n){4}",
    "s = '''{quoted}\n{quoted}\n'''{0}",
    'def g():{0}\n    """Text.{quoted}\n\n    {quoted}\n    """{1}\n    return 1{2}',
    "b = 1 + \\\n    2 + \\\n    3{0}",
    "b = (1 +{0}\n    2 + \\\n    3){1}",
    "x = 1 \\\n{0}\npass",
    "t = '{quoted}'{0}",
    "u = 'a\\\nb{quoted}'{0}",
    "v = f'''{quoted}{{a}}\n{{a}}'''{0}\nw = '''a\n''' + '''b{quoted}\n'''{1}",
    "@d({0}\n    1){1}\nclass C:{2}\n    x: int = [{3}\n    ]{4}",
    "y = {{{0}\n    'a': 1,{1}\n    'b': f'{{a}}',{2}\n}}{3}; z = 1{4}",
    "\x0c\n",
)


def comment(chance: random.Random) -> str:
    """What may stand behind code: mostly nothing, else a comment of the usual forms or of any."""
    dice = chance.random()
    if dice < 0.6:
        return ""
    text = chance.choice(COMMENTS) if dice < 0.8 else "# " * (dice < 0.9) + "#" + quoted(chance)
    return chance.choice(("  ", " ", "")) + text


def quoted(chance: random.Random) -> str:
    """What may stand in a string."""
    if chance.random() < 0.6:
        return ""
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 6)))


def source(chance: random.Random) -> str:
    """A module of random statements."""
    parts = []
    for _ in range(chance.randint(1, 12)):
        statement = chance.choice(STATEMENTS)
        statement = re.sub(r"{quoted}", lambda _: quoted(chance).replace("{", "{{").replace("}", "}}"), statement)
        parts.append(statement.format(*(comment(chance) for _ in range(5))))
    if chance.random() < 0.05:
        parts.insert(
            chance.randint(0, len(parts)), chance.choice(("# flake8: noqa", "  # flake8:NOQA", "x=1# flake8: noqa"))
        )
    return "\n".join(parts) + chance.choice(("\n", ""))


def registry() -> Registry:
    """Rules with these codes."""
    return Registry(type(code, (Rule,), {"code": code, "name": code.lower(), "__doc__": "A rule."}) for code in CODES)


def theirs(root: Path) -> set[tuple[str, int, str]]:
    """What flake8 leaves of it."""
    (root / "every_line.py").write_text(PLUGIN)
    (root / ".flake8").write_text(CONFIGURATION)
    command = [
        sys.executable,
        "-m",
        "flake8",
        "--jobs=1",
        "--select=FAL,E9",
        "--format=%(path)s|%(row)d|%(code)s|%(text)s",
        ".",
    ]
    result = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.stderr == "" and result.returncode == 1
    found = [line.split("|", 3) for line in result.stdout.splitlines()]
    assert not [row for row in found if row[2].startswith("E9")]
    return {
        (path.removeprefix("./"), int(line), code)
        for path, line, code, text in found
        if text == "on every line" and path.startswith("./case")
    }
