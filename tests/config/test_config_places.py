"""Where in a TOML file something is said, for files that say the same in every way TOML has."""

from __future__ import annotations

import random
from typing import Any

import pytest
from config_samples import SOUND

from fastapi_lint.config.files import parse_toml
from fastapi_lint.config.places import place_in
from fastapi_lint.config.toml import dumps, toml_key

TEXT = '''\
# top = ["/a"]
[project]
name = "x"  # [tool.fastapi-lint]
[ tool . "fastapi-lint" ]
public-paths = [
  "/a", # "/b"
  '/b',
  """/c""",
  "/\\u0064", "tail\\"", """"quoted"""",
]
app = "m:app"
per-file-ignores = {"tests/" = ["FAL1"], 'x.py' = []}
severity.FAL1 = "info"
[[tool.fastapi-lint.require]]
dependency = "one"
paths = ["/x"]
[[ tool . fastapi-lint . require ]]
dependency = "two"
[tool.fastapi-lint.extend-per-file-ignores]
"y.py" = ["FAL1"]'''


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("key", "value", "line", "said"),
    [
        (("public-paths",), "/a", 6, '"/a"'),
        (("public-paths",), "/b", 7, "'/b'"),
        (("public-paths",), "/c", 8, '"""/c"""'),
        (("public-paths",), "/d", 9, '"/\\u0064"'),
        (("public-paths",), 'tail"', 9, '"tail\\""'),
        (("public-paths",), '"quoted"', 9, '""""quoted""""'),
        (("app",), "m:app", 11, '"m:app"'),
        (("per-file-ignores",), "x.py", 12, "'x.py'"),
        (("severity",), "FAL1", 13, "FAL1"),
        (("require", "dependency"), "two", 18, '"two"'),
        (("require", "paths"), "/x", 16, '"/x"'),
        (("extend-per-file-ignores",), "y.py", 20, '"y.py"'),
        (("app",), "not there", 11, "app"),
        (("nothing",), "not there", 1, "#"),
    ],
)
def test_places(newline: str, key: tuple[str, ...], value: str, line: int, said: str) -> None:
    text = TEXT.replace("\n", newline)
    parse_toml(text, "a test")
    start, end = place_in(text, ("tool", "fastapi-lint", *key), value)
    assert start.line == end.line == line
    assert text.split(newline)[line - 1][start.column - 1 : end.column - 1] == said


def strings(value: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """All strings of a table with their keys."""
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in strings(inner, (*path, key))]
    if isinstance(value, list):
        return [found for inner in value for found in strings(inner, path)]
    return [(path, value)] if isinstance(value, str) else []


def test_every_string_of_a_file_is_found() -> None:
    source = random.Random(1)
    for _ in range(20):
        keys = list(SOUND)
        source.shuffle(keys)
        text = dumps({key: SOUND[key] for key in keys})
        for path, value in strings(SOUND):
            start, end = place_in(text, path, value)
            line = text.splitlines()[start.line - 1]
            assert line.startswith(f"{toml_key(path[0])} = ")
            assert line[start.column - 1 : end.column - 1] == f'"{value}"', (path, value)
