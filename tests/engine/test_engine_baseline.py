"""Baselines: what is in the file, and how it is held against findings."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from fastapi_lint.engine.baseline import Comparison, Entry, compare, path_in_baseline, read_baseline, write_baseline
from fastapi_lint.engine.errors import UsageError

ONE = Entry("a.py", "FAL101", "create", "1" * 32)
TWO = Entry("a.py", "FAL301", "", "2" * 32)
THREE = Entry("sub/bücher.py", "FAL301", "Shop.create", "3" * 32)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    write_baseline(file, [THREE, ONE, TWO, ONE])
    assert read_baseline(file) == [ONE, TWO, THREE]
    assert json.loads(file.read_text())[1] == {
        "path": "a.py", "code": "FAL101", "in": "create", "fingerprint": "1" * 32,
    }  # fmt: skip
    write_baseline(file, [])
    assert read_baseline(file) == []


def test_an_entry_more_is_a_line_more(tmp_path: Path) -> None:
    entries = [Entry(f"{name}.py", "FAL101", "", "0" * 32) for name in "abcde"]
    write_baseline(tmp_path / "all.json", entries)
    lines = (tmp_path / "all.json").read_text().split("\n")
    for left_out in entries:
        write_baseline(tmp_path / "less.json", [entry for entry in entries if entry != left_out])
        less = (tmp_path / "less.json").read_text().split("\n")
        assert [line for line in lines if line not in less] == [line for line in lines if left_out.path in line]
        assert [line for line in less if line not in lines] == []


def test_what_a_merge_leaves_behind_is_read(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    write_baseline(file, [ONE, TWO])
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines[:2], lines[3], lines[2], lines[3], *lines[4:]]), encoding="utf-8-sig")
    assert sorted(read_baseline(file)) == [ONE, TWO]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no baseline: line 1 is no JSON"),
        (b"\xff\xfe", "is no baseline: it is no JSON"),
        (b"[" * 100_000, "is no baseline"),
        (b'[\n{"format": "fastapi-lint baseline", "version": 1}\n<<<<<<< HEAD\n]', "line 3 is no JSON"),
        (b"{}", "is no baseline of fastapi-lint"),
        (b"[]", "is no baseline of fastapi-lint"),
        (b"null", "is no baseline of fastapi-lint"),
        (b'{"results": {}}', "is no baseline of fastapi-lint"),
        (b'[{"format": "fastapi-lint baseline", "version": 2}]', "of another release: its version is 2"),
        (b'[{"format": "fastapi-lint baseline"}]', "of another release: its version is None"),
        (b'[{"format": "fastapi-lint baseline", "version": 1}, 7]', "is damaged: entry 1 is no finding"),
        (b'[{"format": "fastapi-lint baseline", "version": 1}, {"path": "a"}]', "entry 1 is no finding"),
    ],
)
def test_what_is_no_baseline(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "b.json").write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_baseline(tmp_path / "b.json")


@pytest.mark.parametrize(
    "change",
    [{"path": ""}, {"path": 1}, {"path": "a\0"}, {"code": "x"}, {"code": None}, {"in": 7}, {"fingerprint": "12"}],
)
def test_entries_that_are_none(tmp_path: Path, change: dict[str, object]) -> None:
    write_baseline(tmp_path / "b.json", [ONE, TWO])
    content = json.loads((tmp_path / "b.json").read_text())
    content[2].update(change)
    (tmp_path / "b.json").write_text(json.dumps(content))
    with pytest.raises(UsageError, match="entry 2 is no finding"):
        read_baseline(tmp_path / "b.json")


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no baseline .*none.json; `fastapi-lint baseline create` makes it"):
        read_baseline(tmp_path / "none.json")
    with pytest.raises(UsageError, match="can't be read"):
        read_baseline(tmp_path)
    with pytest.raises(UsageError, match="can't be written"):
        write_baseline(tmp_path / "nowhere/b.json", [])


def compared(
    tmp_path: Path, entries: list[Entry], found: list[Entry], checked: list[Entry] | None = None
) -> Comparison:
    return compare(tmp_path / "b.json", entries, found, entries if checked is None else checked)


def test_known_new_and_stale(tmp_path: Path) -> None:
    (tmp_path / "a.py").touch()
    result = compared(tmp_path, [ONE, TWO], [TWO, THREE])
    assert (result.known, result.new, result.stale, result.moved) == ([TWO], [THREE], [ONE], {})
    assert result.updated(accept_new=False) == [TWO]
    assert result.updated(accept_new=True) == [TWO, THREE]


def test_what_was_not_checked_stays(tmp_path: Path) -> None:
    result = compared(tmp_path, [ONE, TWO, THREE], [TWO], [TWO, THREE])
    assert (result.known, result.stale, result.unchecked) == ([TWO], [THREE], [ONE])
    assert result.updated(accept_new=False) == [TWO, ONE]


def test_files_that_have_moved(tmp_path: Path) -> None:
    moved = ONE._replace(path="new/place.py")
    result = compared(tmp_path, [ONE, TWO], [moved])
    assert (result.moved, result.new, result.stale) == ({ONE: moved}, [], [TWO])
    assert result.updated(accept_new=False) == [moved]
    (tmp_path / "a.py").touch()  # a copy is no move
    result = compared(tmp_path, [ONE], [moved])
    assert (result.moved, result.new, result.stale) == ({}, [moved], [ONE])


def test_one_entry_hides_one_finding(tmp_path: Path) -> None:
    copies = [ONE._replace(path=f"copy{number}.py") for number in range(3)]
    result = compared(tmp_path, [ONE], copies)
    assert (result.moved, result.new) == ({ONE: copies[0]}, copies[1:])
    result = compared(tmp_path, [ONE, TWO], [ONE, *copies])
    assert (result.known, result.moved, result.new) == ([ONE], {}, copies)


def test_nothing_is_lost_or_hidden_twice(tmp_path: Path) -> None:
    chance = random.Random(3)
    for name in "ab":
        (tmp_path / f"{name}.py").touch()

    def some() -> list[Entry]:
        places = {(chance.choice("abcd"), chance.choice("123")) for _ in range(chance.randint(0, 6))}
        return [Entry(f"{path}.py", "FAL101", "", digit * 32) for path, digit in sorted(places)]

    for _ in range(500):
        entries, found = some(), some()
        checked = [entry for entry in entries if chance.random() < 0.7]
        result = compared(tmp_path, entries, found, checked)
        assert sorted([*result.known, *result.moved, *result.stale, *result.unchecked]) == sorted(entries)
        assert sorted([*result.known, *result.moved.values(), *result.new]) == sorted(found)
        assert set(result.stale) <= set(checked) and not set(result.unchecked) & set(checked)
        assert not {entry.path for entry in result.moved} & {"a.py", "b.py"}
        again = compared(tmp_path, result.updated(accept_new=True), found, checked)
        assert (again.new, again.stale, again.moved) == ([], [], {})


def test_paths_count_from_the_folder_of_the_baseline(tmp_path: Path) -> None:
    assert path_in_baseline(tmp_path / "b.json", tmp_path, "app/a.py") == "app/a.py"
    assert path_in_baseline(tmp_path / "b.json", tmp_path / "app", "a.py") == "app/a.py"
    assert path_in_baseline(tmp_path / "ci/b.json", tmp_path, "app/a.py") == "../app/a.py"
