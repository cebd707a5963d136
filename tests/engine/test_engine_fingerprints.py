"""What a finding is recognised by."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.fingerprints import Fingerprints
from fastapi_lint.engine.layout import Layouts
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.facts.extract import extract
from fastapi_lint.text.location import Location, position_at
from fastapi_lint.text.source import Source


class Project:
    """Findings in a module whose text says where they are: ``<`` and ``>`` stand around each place."""

    def __init__(self, root: Path, marked: str, *, path: str = "a.py", redact: bool = False, code: str = "FAL101"):
        text, places = _without_marks(marked)
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        facts = extract(Source.from_bytes(text.encode(), path))
        self.found = [
            Diagnostic(
                code,
                "a-rule",
                f"message {number}",
                Location(path, position_at(facts.line_starts, start), position_at(facts.line_starts, end)),
                redact=redact,
            )
            for number, (start, end) in enumerate(places)
        ]
        self.prints = Fingerprints(self.found, Layouts({path: facts}, SourceLines(root)), SourceLines(root))

    @property
    def values(self) -> list[str]:
        return [self.prints[diagnostic].value for diagnostic in self.found]


def _without_marks(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, starts, places = "", [], []
    for character in marked:
        if character == "‹":
            starts.append(len(text))
        elif character == "›":
            places.append((starts.pop(), len(text)))
        else:
            text += character
    return text, sorted(places)


CALLS = "def f():\n    x = 1\n    ‹sleep(1, 2)›\ndef g():\n    ‹sleep(1, 2)›\n    ‹sleep(1, 2)›\n‹sleep(1, 2)›\n"


def test_no_two_findings_have_the_same(tmp_path: Path) -> None:
    project = Project(tmp_path, CALLS)
    assert len(set(project.values)) == len(project.values) == 4
    assert [project.prints[found].scope for found in project.found] == ["f", "g", "g", ""]
    assert all(len(value) == 32 and int(value, 16) >= 0 for value in project.values)


@pytest.mark.parametrize(
    "changed",
    [
        "# a comment\n\n" + CALLS,
        CALLS.replace("x = 1", "y = 2\n    z = '''\nflush left\n'''\n    # comment"),
        CALLS.replace("(1, 2)›", "(1, 2)›  # noqa: E501"),
        CALLS.replace("sleep(1, 2)", "sleep( 1,2 )"),
        CALLS.replace("    ‹sleep(1, 2)›", "    ‹sleep(\n        1,\n        2,\n    )›"),
        CALLS.replace("def f():", "def f(a: int, b: int) -> None:"),
        CALLS.replace("def g():\n", "def g():\n  if True:\n"),
    ],
)
def test_what_changes_nothing(tmp_path: Path, changed: str) -> None:
    assert Project(tmp_path / "b", changed).values == Project(tmp_path / "a", CALLS).values


@pytest.mark.parametrize(
    "changed", [CALLS.replace("def f", "def h"), CALLS.replace("(1, 2)", "(1, 3)"), CALLS.replace("sleep", "wait")]
)
def test_what_makes_another_finding_of_it(tmp_path: Path, changed: str) -> None:
    assert Project(tmp_path / "b", changed).values[0] != Project(tmp_path / "a", CALLS).values[0]


def test_the_rule_and_the_file(tmp_path: Path) -> None:
    one, other = Project(tmp_path, "‹x›"), Project(tmp_path, "‹x›", code="FAL102")
    moved = Project(tmp_path, "‹x›", path="b/c.py")
    assert one.values != other.values and one.values == moved.values
    assert one.prints[one.found[0]].in_project != moved.prints[moved.found[0]].in_project
    assert moved.prints[moved.found[0]].path == "b/c.py"


def test_on_a_decorator_the_function_is_what_counts(tmp_path: Path) -> None:
    before = "@‹app.post('/a')›\n@‹app.put('/b')›\ndef create(): ...\n"
    after = "@‹app.post(\n    '/a/{id}',\n    status_code=201,\n)›\n@limited\n@‹app.put('/b')›\ndef create(x): ...\n"
    assert Project(tmp_path / "a", before).values == Project(tmp_path / "b", after).values
    renamed = Project(tmp_path / "c", before.replace("create", "make"))
    assert not set(renamed.values) & set(Project(tmp_path / "d", before).values)


@pytest.mark.parametrize("other", ["'other'", "'''\n  of several\n  lines'''"])
def test_a_secret_leaves_no_trace(tmp_path: Path, other: str) -> None:
    one = Project(tmp_path / "a", "KEY = ‹'secret'›\n", redact=True)
    assert one.values == Project(tmp_path / "b", f"KEY = ‹{other}›\n", redact=True).values
    assert one.values != Project(tmp_path / "c", "PASSWORD = ‹'secret'›\n", redact=True).values
    assert one.values != Project(tmp_path / "d", "KEY = ‹'secret'›\n").values


def test_files_that_have_no_facts_or_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("x = (\n")
    place = Location("broken.py", position_at((0,), 0), position_at((0,), 1))
    nowhere = Location(".", place.start, place.end)
    found = [Diagnostic("FAL001", "syntax-error", "no", place), Diagnostic("FAL000", "internal-error", "no", nowhere)]
    prints = Fingerprints(found, Layouts({}, SourceLines(tmp_path)), SourceLines(tmp_path))
    assert prints[found[0]].value != prints[found[1]].value
