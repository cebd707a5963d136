"""Edits of texts."""

from __future__ import annotations

import pytest

from fastapi_lint.text.edits import EditError, TextEdit, apply_edits


def test_no_edits() -> None:
    assert apply_edits("abc", []) == "abc"


def test_edits_in_any_order() -> None:
    edits = [TextEdit(4, 5, "E"), TextEdit(0, 1, "AA"), TextEdit(2, 3, "")]
    assert apply_edits("abcde", edits) == "AAbdE"


def test_whole_text_and_ends() -> None:
    assert apply_edits("abc", [(0, 3, "x")]) == "x"
    assert apply_edits("abc", [(0, 0, "<"), (3, 3, ">")]) == "<abc>"
    assert apply_edits("", [(0, 0, "x")]) == "x"


def test_neighbours_touch() -> None:
    assert apply_edits("abcd", [(0, 2, "x"), (2, 4, "y")]) == "xy"


def test_insertions_at_one_place_keep_their_order_and_come_before_a_replacement() -> None:
    assert apply_edits("abc", [(1, 2, "B"), (1, 1, "1"), (1, 1, "2"), (2, 2, "3")]) == "a12B3c"


def test_untouched_characters_stay() -> None:
    text = "a\r\nb\x0c\n\ufeff😀\t\n"
    assert apply_edits(text, [(3, 4, "B")]) == "a\r\nB\x0c\n\ufeff😀\t\n"


@pytest.mark.parametrize(
    "edits",
    [
        [(0, 2, "x"), (1, 3, "y")],
        [(0, 2, "x"), (0, 2, "x")],
        [(0, 3, "x"), (1, 2, "y")],
        [(0, 3, "x"), (1, 1, "y")],
    ],
)
def test_overlaps_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(EditError, match="overlaps"):
        apply_edits("abcd", edits)
    with pytest.raises(EditError, match="overlaps"):
        apply_edits("abcd", edits[::-1])


@pytest.mark.parametrize("edit", [(-1, 0, ""), (0, 4, ""), (4, 4, ""), (2, 1, "")])
def test_edits_beyond_the_text_are_refused(edit: tuple[int, int, str]) -> None:
    with pytest.raises(EditError, match="beyond"):
        apply_edits("abc", [edit])
