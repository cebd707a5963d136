"""Places in files."""

from __future__ import annotations

from fastapi_lint.text.location import stretch_of


def test_stretches() -> None:
    assert [stretch_of(line, ((2, 3), (5, 9))) for line in (1, 2, 3, 4, 9, 10)] == [
        *[(1, 1), (2, 3), (2, 3)],
        *[(4, 4), (5, 9), (10, 10)],
    ]
    assert stretch_of(7, ()) == (7, 7)
