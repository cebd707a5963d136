"""``# noqa`` held against flake8 itself: the same findings are silenced in the same files."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from noqa_samples import CODES, registry, source, theirs

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.directives import Directives
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.facts.extract import extract
from fastapi_lint.text.location import Location, Position
from fastapi_lint.text.source import Source

FILES = 240


def ours(root: Path) -> set[tuple[str, int, str]]:
    """What we leave of a finding of each code on each line of each file."""
    directives = Directives(registry())
    left = set()
    for file in root.glob("case*.py"):
        lines = SourceLines(root).lines(file.name)
        suppressions = directives.read(extract(Source.read(file, file.name)), lines)
        # what stands behind the last line end is no line to flake8
        for number in range(1, len(lines) + (lines[-1] != "")):
            place = Location(file.name, Position(number, 1), Position(number, 2))
            found = [Diagnostic(code, "a-rule", "", place) for code in CODES]
            left |= {(file.name, number, diagnostic.code) for diagnostic in suppressions.keep(found)}
    return left


def test_flake8_silences_the_same(tmp_path: Path) -> None:
    chance = random.Random(7)
    texts = [source(chance) for _ in range(FILES)]
    for number, text in enumerate(texts):
        newline = "\r\n" if number % 5 == 0 else "\n"
        mark = "\ufeff" if number % 7 == 0 else ""
        (tmp_path / f"case{number}.py").write_bytes((mark + text.replace("\n", newline)).encode())
    left, expected = ours(tmp_path), theirs(tmp_path)
    assert len(expected) > 3 * FILES, "nearly all was silenced, which tests nothing"
    differing = sorted(left ^ expected)
    assert not differing, [
        (
            place,
            texts[int(place[0][4:-3])].split("\n")[place[1] - 1],
            "only we silence it" if place in expected else "only flake8 silences it",
        )
        for place in differing[:5]
    ]
    assert len({place[:2] for place in left}) * 3 > len(left) > 0


def test_the_one_difference(tmp_path: Path) -> None:
    """``# flake8: noqa: CODE`` skips the whole file in flake8; with us it silences what it names."""
    (tmp_path / "case0.py").write_text("# flake8: noqa: FAL101\na = 1\n")
    (tmp_path / "case1.py").write_text("a = 1\n")
    assert {place for place in theirs(tmp_path) if place[0] == "case0.py"} == set()
    assert {place for place in ours(tmp_path) if place[0] == "case0.py"} == {
        ("case0.py", line, code) for line in (1, 2) for code in ("FAL102", "FAL301")
    }


def test_lines_inside_the_fields_of_formatted_strings(tmp_path: Path) -> None:
    """From Python 3.12 on, flake8 parts lines at the ends of lines inside replacement fields; we don't on any."""
    (tmp_path / "case0.py").write_text("a = f'''{\n1\n}'''  # noqa\nb = 1\n")
    assert {line for _, line, _ in ours(tmp_path)} == {4}
    assert {line for _, line, _ in theirs(tmp_path)} == ({4} if sys.version_info < (3, 12) else {1, 2, 4})
