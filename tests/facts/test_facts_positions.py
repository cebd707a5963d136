"""Places of facts: the same as those of libcst's PositionProvider, which is too slow for us.

``FASTAPI_LINT_POSITION_FILES`` may name files or folders (separated as in ``PATH``) to compare in addition.
"""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

import click
import libcst
import pytest
from facts_reference import differences
from facts_samples import SAMPLES

from fastapi_lint.facts.extract import SyntaxFault, Unanalysable
from fastapi_lint.text.source import Source, UnreadableSource

LIBRARY = Path(sysconfig.get_path("stdlib"))
FILES = [
    *sorted(Path(click.__file__).parent.glob("[_u]*.py")),
    *(LIBRARY / name for name in ("string.py", "typing.py", "asyncio/streams.py", "contextlib.py", "json/decoder.py")),
]


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    assert differences(SAMPLES[name]) == []


@pytest.mark.parametrize("file", [file for file in FILES if file.exists()], ids=lambda file: file.name)
def test_files(file: Path) -> None:
    assert differences(Source.read(file, file.name).text) == []


def more_files() -> list[Path]:
    """The files of the environment variable."""
    named = [Path(name) for name in os.environ.get("FASTAPI_LINT_POSITION_FILES", "").split(os.pathsep) if name]
    return [file for path in named for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]


@pytest.mark.skipif(not more_files(), reason="no FASTAPI_LINT_POSITION_FILES")
def test_more_files() -> None:
    wrong = {}
    for file in more_files():
        try:
            found = differences(Source.read(file, file.name).text)
        except (SyntaxFault, Unanalysable, UnreadableSource, libcst.ParserSyntaxError):
            continue
        if found:
            wrong[str(file)] = found[:3]
    assert wrong == {}
