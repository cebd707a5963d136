"""Tables on a terminal."""

from __future__ import annotations

import pytest

from fastapi_lint.report.columns import Column, aligned, display_width, shortened

COLUMNS = (Column("A", 1), Column("PATH", 2, "/", least=8), Column("X", optional=True), Column("Y", optional=True))
ROWS = [("a" * 10, "/api/v1/users/{user_id}", "200", "yes"), ("a", "/", "", "")]


def test_without_a_limit_columns_are_as_wide_as_their_cells() -> None:
    assert list(aligned(COLUMNS, ROWS, None)) == [
        "A           PATH                     X    Y",
        "aaaaaaaaaa  /api/v1/users/{user_id}  200  yes",
        "a           /",
    ]


@pytest.mark.parametrize("width", range(12, 60))
def test_a_table_fits(width: int) -> None:
    lines = list(aligned(COLUMNS, ROWS, width))
    assert max(map(len, lines)) <= width
    assert lines[0].startswith("A") and "PATH" in lines[0]


def test_cells_share_the_room() -> None:
    assert list(aligned(COLUMNS, ROWS, 36)) == [
        "A         PATH              X    Y",
        "aaaaaaa…  …users/{user_id}  200  yes",
        "a         /",
    ]


def test_where_there_is_no_room_optional_columns_go_the_last_first() -> None:
    assert list(aligned(COLUMNS, ROWS, 19))[0].split() == ["A", "PATH", "X"]
    assert list(aligned(COLUMNS, ROWS, 13))[0].split() == ["A", "PATH"]


@pytest.mark.parametrize(
    ("text", "width", "ending", "short"),
    [
        ("short", 5, "", "short"),
        ("longer", 5, "", "long…"),
        ("longer", 1, "", "…"),
        ("/api/v1/users/{id}", 12, "/", "…/users/{id}"),
        ("/api/v1/users/{id}", 14, "/", "…/users/{id}"),
        ("/api/v1/{a_very_long_name}", 12, "/", "…_long_name}"),
        ("shop.api.items:create", 14, ".:", "…items:create"),
        ("名前名前", 5, "", "名前…"),
        ("名前名前", 5, "/", "…名前"),
    ],
)
def test_shortened_texts(text: str, width: int, ending: str, short: str) -> None:
    assert shortened(text, width, ending) == short
    assert display_width(short) <= width


def test_wide_characters_keep_columns_aligned() -> None:
    lines = list(aligned((Column("A"), Column("B")), [("名前", "x"), ("a", "y")], None))
    assert [display_width(line[: line.index(end)]) for line, end in zip(lines, "Bxy", strict=True)] == [6, 6, 6]
