"""``# noqa`` comments that are written: they silence, and change nothing else."""

from __future__ import annotations

import ast
import random
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest
from noqa_samples import CODES, registry, source, theirs

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.add_noqa import Added, add_noqa, check_reason
from fastapi_lint.engine.directives import Directives
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.facts.extract import extract
from fastapi_lint.facts.module import ModuleFacts
from fastapi_lint.text.location import Location, Position
from fastapi_lint.text.source import Source


def facts_of(root: Path, paths: Iterable[str]) -> dict[str, ModuleFacts]:
    return {path: extract(Source.read(root / path, path)) for path in paths}


def finding(line: int, code: str = "FAL101", path: str = "a.py") -> Diagnostic:
    return Diagnostic(code, "a-rule", "", Location(path, Position(line, 1), Position(line, 2)))


def add(root: Path, found: Iterable[Diagnostic], reason: str = "") -> Added:
    found = list(found)
    return add_noqa(root, facts_of(root, {one.location.path for one in found}), found, reason)


def after(root: Path, text: str, *lines: int, codes: Iterable[str] = ("FAL101",), reason: str = "") -> str:
    """A module with comments for findings on some lines."""
    (root / "a.py").write_bytes(text.encode())
    assert add(root, [finding(line, code) for line in lines for code in codes], reason).left == []
    return (root / "a.py").read_bytes().decode()


@pytest.mark.parametrize(
    ("text", "lines", "expected"),
    [
        ("a = 1\n", [1], "a = 1  # noqa: FAL101\n"),
        ("a = 1", [1], "a = 1  # noqa: FAL101"),
        ("a = 1 \t\n", [1], "a = 1  # noqa: FAL101\n"),
        ("a = 1\r\nb = 2\r\n", [1, 2], "a = 1  # noqa: FAL101\r\nb = 2  # noqa: FAL101\r\n"),
        ("a = 1\rb = 2\r", [2], "a = 1\rb = 2  # noqa: FAL101\r"),
        ("a = 1  # type: ignore\n", [1], "a = 1  # type: ignore  # noqa: FAL101\n"),
        ("a = 1  # noqa: E501\n", [1], "a = 1  # noqa: FAL101, E501\n"),
        ("a = 1  # noqa:E501,W291 why\n", [1], "a = 1  # noqa:FAL101, E501,W291 why\n"),
        ("a = 1  # x # NOQA: E501B2C\n", [1], "a = 1  # x # NOQA: FAL101, E501B2C\n"),
        ("a = 1  #noqa: FAL101\n", [1], "a = 1  #noqa: FAL101  # noqa: FAL101\n"),
        ("a = 1  # fastapi-lint: ignore[FAL9] b\n", [1], "a = 1  # fastapi-lint: ignore[FAL9] b  # noqa: FAL101\n"),
        ("a = '''\nx\n'''\nb\n", [1], "a = '''\nx\n'''  # noqa: FAL101\nb\n"),
        ("a = '''\nx\n'''\n", [2, 3], "a = '''\nx\n'''  # noqa: FAL101\n"),
        ("a = 1 + \\\n  2\n", [1], "a = 1 + \\\n  2  # noqa: FAL101\n"),
        ("a = 1 \\\n\nb\n", [1], "a = 1 \\\n  # noqa: FAL101\nb\n"),
        ("f(\n  1,\n)\n", [1, 2], "f(  # noqa: FAL101\n  1,  # noqa: FAL101\n)\n"),
        ("f(\n  '''\n  ''', 1,\n)\n", [2], "f(\n  '''\n  ''', 1,  # noqa: FAL101\n)\n"),
        ("f(f'''{1}\n''', 2)\n", [1], "f(f'''{1}\n''', 2)  # noqa: FAL101\n"),
    ],
)
def test_where_comments_go(tmp_path: Path, text: str, lines: list[int], expected: str) -> None:
    assert after(tmp_path, text, *lines) == expected
    assert ast.dump(ast.parse(expected)) == ast.dump(ast.parse(text))


def test_codes_and_reasons(tmp_path: Path) -> None:
    codes = ("FAL301", "FAL101", "FAL301")
    assert after(tmp_path, "a = 1\n", 1, codes=codes) == "a = 1  # noqa: FAL101, FAL301\n"
    assert after(tmp_path, "a = 1\n", 1, reason="for now") == "a = 1  # noqa: FAL101  for now\n"
    assert after(tmp_path, "a = 1  # noqa: E501\n", 1, reason="for now") == "a = 1  # noqa: FAL101, E501\n"


@pytest.mark.parametrize("reason", ["a\nb", "\x1b[31m", "E2E tests", "B2", "E501, too"])
def test_reasons_that_cannot_be(reason: str) -> None:
    with pytest.raises(UsageError, match="--reason: "):
        check_reason(reason)


@pytest.mark.parametrize("reason", ["", "the audit is due", "see #12", "naïve", "FALse alarm", "# fmt: skip"])
def test_reasons_that_can_be(reason: str) -> None:
    check_reason(reason)


@pytest.mark.parametrize("text", ["a = '# noqa: E501'\n", "a = '''# noqa: E501\n'''  # noqa: W291\n"])
def test_lines_that_flake8_reads_a_comment_in_already(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.py").write_text(text)
    added = add(tmp_path, [finding(1)])
    assert (added.left, added.comments, added.files, added.silenced) == ([finding(1)], 0, 0, 0)
    assert (tmp_path / "a.py").read_text() == text


def test_what_no_comment_silences_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("a = 1\n")
    found = [finding(1), *(finding(1, code) for code in ("FAL000", "FAL001", "FAL002", "FAL003"))]
    added = add(tmp_path, found)
    assert sorted(one.code for one in added.left) == ["FAL000", "FAL001", "FAL002", "FAL003"]
    assert (added.silenced, added.comments, added.files) == (1, 1, 1)


def test_the_bytes_around_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"\xef\xbb\xbfa = '\xc3\xbc'\r\n\tb = 1\x0c\r\n".replace(b"\tb", b"b"))
    file.chmod(0o640)
    add(tmp_path, [finding(1)])
    assert file.read_bytes() == b"\xef\xbb\xbfa = '\xc3\xbc'  # noqa: FAL101\r\nb = 1\x0c\r\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    file.write_bytes(b"# coding: latin-1\na = '\xfc'\n")
    add(tmp_path, [finding(2)], "früher")
    assert file.read_bytes() == b"# coding: latin-1\na = '\xfc'  # noqa: FAL101  fr\xfcher\n"


def test_files_that_cannot_be_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.py").write_bytes(b"# coding: latin-1\na = '\xfc'\n")
    found = [finding(2, path=f"{name}.py") for name in "abcd"]
    facts = facts_of(tmp_path, ("a.py", "b.py", "c.py", "d.py"))
    (tmp_path / "b.py").unlink()
    (tmp_path / "c.py").write_text("a = 1\nb = 2\nc = 3\n")
    added = add_noqa(tmp_path, facts, found, "€")
    assert added.left == found and added.files == 0
    assert [problem.split(": ", 1)[1] for problem in added.problems] == [
        "its encoding, latin-1, lacks characters of the reason.",
        "cannot be read: No such file or directory.",
        "has changed since it was checked.",
        "its encoding, latin-1, lacks characters of the reason.",
    ]

    def full(file: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fastapi_lint.engine.add_noqa.write_atomically", full)
    added = add_noqa(tmp_path, facts, found[:1], "")
    assert added.left == found[:1] and added.problems == ["a.py: can't be written: No space left on device."]


def test_many_modules(tmp_path: Path) -> None:
    """Comments for findings anywhere: each silences, to flake8 too, the code is the same, and no more can be added."""
    chance = random.Random(11)
    texts = {f"case{number}.py": source(chance) for number in range(150)}
    found: list[Diagnostic] = []
    directives = Directives(registry())
    for path, text in texts.items():
        newline = chance.choice(("\n", "\n", "\r\n"))
        (tmp_path / path).write_bytes(text.replace("\n", newline).encode())
        suppressions = directives.read(facts_of(tmp_path, [path])[path], text.split("\n"))
        lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip() and line.strip() != "\\"]
        chosen = chance.sample(lines, min(len(lines), 4))
        found += suppressions.keep([finding(line, chance.choice(CODES), path) for line in chosen])
    added = add(tmp_path, found)
    assert added.silenced > 200 and added.comments > 150 and len(added.left) < added.silenced / 5
    silenced = [one for one in found if one not in added.left]
    left_by_flake8 = theirs(tmp_path)
    for path, text in texts.items():
        now = SourceLines(tmp_path).lines(path)
        suppressions = directives.read(facts_of(tmp_path, [path])[path], now)
        assert suppressions.keep([one for one in silenced if one.location.path == path]) == []
        assert ast.dump(ast.parse("\n".join(now))) == ast.dump(ast.parse(text))
        assert len(now) == len(text.split("\n"))
        assert all(new.startswith(old.rstrip()) or "FAL" in new for old, new in zip(text.split("\n"), now))
    assert not {(one.location.path, one.location.line, one.code) for one in silenced} & left_by_flake8
    assert add(tmp_path, added.left).comments == 0
