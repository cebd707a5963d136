"""The cache of facts: what is wrong with it costs time, never an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fastapi_lint.engine.cache import FactsCache
from fastapi_lint.engine.outcome import SYNTAX_ERROR, Fault
from fastapi_lint.engine.store import DIRECTORY, cache_file, digest

FAULT = Fault(SYNTAX_ERROR, "no", 3, 4, lasting=True)


def opened(file: Path | None, version: str = "1", faults: str = "1") -> FactsCache:
    return FactsCache(file, version, lambda: faults)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    file = cache_file(tmp_path, None)
    cache = opened(file)
    cache.put("a", "facts\nof a")
    cache.put("b", FAULT)
    cache.save()
    return file


def test_what_was_put_is_there_in_the_next_run(written: Path) -> None:
    cache = opened(written)
    assert cache.get("a") == "facts\nof a"
    assert cache.get("b") == FAULT
    assert cache.get("c") is None
    assert cache.warning is None


def test_the_folder_ignores_itself(written: Path) -> None:
    assert written.parent.name == DIRECTORY
    assert (written.parent / ".gitignore").read_text().splitlines()[-1] == "*"
    assert (written.parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_entries_that_no_file_has_any_more_are_dropped(written: Path) -> None:
    cache = opened(written)
    cache.get("a")
    cache.save()
    assert opened(written).get("b") is None


def test_a_run_that_learnt_nothing_writes_nothing(written: Path) -> None:
    before = written.stat().st_mtime_ns
    written.chmod(0o444)
    cache = opened(written)
    cache.get("a"), cache.get("b")
    cache.save()
    assert written.stat().st_mtime_ns == before


def test_facts_of_another_version_are_not_used(written: Path) -> None:
    cache = opened(written, version="2")
    assert cache.get("a") is None and cache.warning is None


def test_faults_of_another_parser_are_not_used(written: Path) -> None:
    cache = opened(written, faults="2")
    assert cache.get("a") == "facts\nof a" and cache.get("b") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: b"\x00\xff" * 100,
        lambda content: content[:-5],
        lambda content: content.replace(b"of a", b"of b"),
        lambda content: b"[1, 2]\n" + content,
        lambda content: b"null\n",
        lambda content: json.dumps(["another tool", "1", 0]).encode() + b"\n",
        lambda content: b"[" * 100_000,
    ],
)
def test_a_damaged_cache_is_ignored_with_one_warning(written: Path, damage: object) -> None:
    assert callable(damage)
    written.write_bytes(damage(written.read_bytes()))
    cache = opened(written)
    assert cache.get("a") is None
    assert cache.warning is not None and "damaged or not ours" in cache.warning
    cache.put("a", "new")
    cache.save()
    assert opened(written).get("a") == "new"


def test_a_folder_in_the_place_of_the_cache(tmp_path: Path) -> None:
    file = cache_file(tmp_path, None)
    file.mkdir(parents=True)
    cache = opened(file)
    assert cache.warning is not None and "can't be read" in cache.warning


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / DIRECTORY).write_text("a file where the folder should be")
    cache = opened(cache_file(tmp_path, None))
    cache.put("a", "facts")
    cache.save()
    assert cache.warning is not None


def test_without_a_file_nothing_is_remembered() -> None:
    cache = opened(None)
    cache.put("a", "facts")
    cache.save()
    assert cache.get("a") is None and cache.warning is None


def test_projects_can_share_a_folder(tmp_path: Path) -> None:
    one, two = cache_file(tmp_path / "x/app", tmp_path / "c"), cache_file(tmp_path / "y/app", tmp_path / "c")
    assert one.parent == two.parent == tmp_path / "c" and one != two
    moved = cache_file(tmp_path / "elsewhere/x/app", tmp_path / "elsewhere/c")
    assert moved.name == one.name


def test_the_digest_is_of_the_content() -> None:
    assert digest(b"a") == digest(b"a") != digest(b"b")
