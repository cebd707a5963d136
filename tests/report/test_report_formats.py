"""The formats of findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from report_samples import OPEN, at, report_of

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.report.findings import printable, shown_path
from fastapi_lint.report.formats import NAMES, renderer
from fastapi_lint.report.frame import code_frame
from fastapi_lint.text.location import Location


def render(name: str, project: Path, diagnostics: Sequence[Diagnostic], cwd: Path | None = None) -> str:
    return "\n".join(renderer(name)(report_of(project, diagnostics, cwd)))


def test_full_shows_the_code_the_evidence_and_the_remedy(project: Path) -> None:
    assert render("full", project, [OPEN]) == (
        "error[FAL301]: POST /items needs no login [unauthenticated-route]\n"
        " --> app/items.py:6:1\n"
        "  |\n"
        '6 | @router.post("/items")\n'
        "  | ^^^^^^^^^^^^^^^^^^^^^^\n"
        "7 | def create_item(item: dict) -> dict:\n"
        "  |\n"
        "note: the router is made without dependencies\n"
        " --> app/items.py:3:10\n"
        "  |\n"
        "3 | router = APIRouter()\n"
        "  |          ^^^^^^^^^^^\n"
        "  |\n"
        "note: elsewhere in the project, routes depend on `get_user`\n"
        "help: Add the dependency (may change what the application does)\n"
    )


def test_concise_is_one_line_per_finding(project: Path) -> None:
    line = "app/items.py:6:1: FAL301 [unauthenticated-route] POST /items needs no login"
    assert render("concise", project, [OPEN, OPEN]) == f"{line}\n{line}"


@pytest.mark.parametrize("name", NAMES)
def test_paths_are_shown_from_where_one_stands(project: Path, name: str) -> None:
    (project / "app/api").mkdir()
    assert "app/items.py" in render(name, project, [OPEN])
    inside = render(name, project, [OPEN], project / "app")
    assert "items.py" in inside and "app/items.py" not in inside
    assert (project / "app/items.py").as_posix() in render(name, project, [OPEN], project / "app/api")


def test_a_finding_without_source_has_no_frame(project: Path) -> None:
    for place in (at(1, 1, 2, "gone.py"), at(99, 1, 2), at(1, 1, 2, ".")):
        lines = render("full", project, [Diagnostic("FAL002", "x", "message", place)]).split("\n")
        assert len(lines) == 3 and lines[1].lstrip().startswith("-->")


def frame(text: str, place: Location, context: int = 0) -> list[str]:
    return code_frame(text.split("\n"), place, context, 2)


def test_carets_stand_under_what_is_meant() -> None:
    assert frame("a = f(1)", at(1, 5, 9)) == ["   |", " 1 | a = f(1)", "   |     ^^^^", "   |"]
    assert frame("\tx = 1", at(1, 2, 3))[1:3] == [" 1 |     x = 1", "   |     ^"]
    assert frame("名 = '値' + x", at(1, 11, 12))[1:3] == [" 1 | 名 = '値' + x", "   |             ^"]


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    assert frame("f(\n  1,\n)  ", at(1, 1, 2, end_line=3))[1:3] == [" 1 | f(", "   | ^^"]


def test_places_that_a_line_does_not_have_do_no_harm() -> None:
    assert frame("x", at(1, 50, 60))[2] == "   |  ^"
    assert frame("x = 1", at(1, 3, 3))[2] == "   |   ^"
    assert frame("x = 1", at(1, 3, 99))[2] == "   |   ^^^"


def test_context_leaves_out_blank_lines_at_the_rim() -> None:
    text = "a\n\nb\n\nc"
    assert frame(text, at(3, 1, 2), 1) == ["   |", " 3 | b", "   | ^", "   |"]
    assert [line[:2].strip() for line in frame(text, at(3, 1, 2), 2)] == ["", "1", "2", "3", "", "4", "5", ""]


def test_very_long_lines_are_cut_around_the_place() -> None:
    text = "x" * 5000 + "MARK" + "y" * 5000
    lines = frame(text, at(1, 5001, 5005))
    assert all(len(line) < 220 for line in lines)
    shown, carets = lines[1][5:], lines[2][5:]
    assert shown[carets.index("^") : carets.index("^") + carets.count("^")] == "MARK"
    assert all(len(line) < 220 for line in frame(text, at(1, 1, 9000)))


def test_text_that_a_terminal_would_obey_is_escaped() -> None:
    assert printable("a\x1b[0mé\n") == "a\\x1b[0mé\\n"
    assert printable("\ud800") == "\\ud800"


def test_a_path_outside_the_folder_one_stands_in_is_absolute(tmp_path: Path) -> None:
    assert shown_path(tmp_path, "a.py", tmp_path) == "a.py"
    assert shown_path(tmp_path, "a.py", tmp_path / "sub") == (tmp_path / "a.py").as_posix()
    assert shown_path(tmp_path / "sub", "a.py", tmp_path) == "sub/a.py"
