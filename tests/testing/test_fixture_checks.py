"""Tests of the checks: each passes on what is right, and fails on what is planted wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.registry import Registry
from fastapi_lint.testing import Check, Checked, CheckSkipped, FixtureFailure, Linter, RunError, Suite, checks
from fastapi_lint.testing.running import Found
from fastapi_lint.text.location import Location, Position


class Marked(Rule):
    """Finds every mark."""

    code = "FAL121"
    name = "shadowed-route"
    messages = {"found": "found a {what}"}

    def check_module(self, module: object, project: object) -> tuple[()]:
        return ()


REGISTRY = Registry([Marked])


def finding(path: str, line: int, what: str, column: int = 1) -> Diagnostic:
    return Marked().finding("found", Location(path, Position(line, column), Position(line, column + 1)), what=what)


def marks(files: Mapping[str, bytes]) -> list[Diagnostic]:
    """A linter that reads as the real one does, and finds the calls ``mark(…)`` that no noqa comment silences."""
    return [
        finding(path, number, line.partition(b"mark(")[2].partition(b")")[0].decode())
        for path, data in files.items()
        if path.endswith(".py")
        for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"").split(b"\n"), 1)
        if b"mark(" in line and b"# noqa: FAL121" not in line
    ]


class FakeLinter(Linter):
    """Marks, seen by every front end alike; a test replaces what it wants to be wrong."""

    def __init__(self) -> None:
        self.engine: Callable[[Mapping[str, bytes]], Iterable[Diagnostic]] = marks
        self.flake8: Callable[[Mapping[str, bytes]], Iterable[Diagnostic]] = marks
        self.many: Callable[[Mapping[str, bytes], int], Iterable[Diagnostic]] = lambda files, jobs: marks(files)
        self.warm: Callable[[Mapping[str, bytes]], Iterable[Diagnostic]] = marks
        self.warm_files = 1

    def check(self, files: Mapping[str, bytes]) -> Checked:
        return Checked(tuple(self.engine(files)), len(files), 0)

    def check_again(self, files: Mapping[str, bytes]) -> tuple[Checked, Checked, Checked]:
        warm = Checked(tuple(self.warm(files)), len(files), self.warm_files)
        return self.check(files), warm, warm

    def check_together(
        self, projects: Sequence[Mapping[str, bytes]], codes: frozenset[str], jobs: int
    ) -> list[tuple[Diagnostic, ...]]:
        return [tuple(self.many(files, jobs)) for files in projects]

    def check_by_flake8(self, projects: Sequence[Mapping[str, bytes]]) -> list[list[Found]]:
        return [
            [(one.location.path, one.location.line, 1, one.code, one.message) for one in self.flake8(files)]
            for files in projects
        ]


class Planted:
    """A suite over planted fixtures and a linter that a test may make fail."""

    def __init__(self, root: Path) -> None:
        self.root, self.linter = root, FakeLinter()

    def check(self, text: str, kind: str = "findings", **options: object) -> Check:
        folder = self.root / "FAL121-shadowed-route"
        folder.mkdir(exist_ok=True)
        (folder / "case.py").write_text(text)
        suite = Suite(self.root, registry=REGISTRY, linter=self.linter, **options)  # type: ignore[arg-type]
        (found,) = (check for check in checks(suite) if check.kind == kind)
        return found

    def failure(self, text: str, kind: str = "findings", **options: object) -> list[str]:
        check = self.check(text, kind, **options)
        with pytest.raises(FixtureFailure) as caught:
            check.run()
        first, *rest = str(caught.value).replace(f"{self.root}/", "").split("\n")
        assert first == f"FAL121-shadowed-route/case.py:{kind}:"
        return rest


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    return Planted(tmp_path)


CASE = "FAL121-shadowed-route/case.py"


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n",
        "mark(a)  # error: FAL121\n",
        'mark(a)  # error: FAL121 "found a a"\n',
        "x = 1  # ok: FAL121\n",
        "x = 1  # todo-error: FAL121\n",
        "mark(a)  # todo-ok: FAL121\n",
        "# error[+1]: FAL121\nmark(a)\n",
    ],
)
def test_findings_as_announced(planted: Planted, text: str) -> None:
    planted.check(text).run()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("mark(a)\n", [f"{CASE}:1: FAL121  | mark(a)", '    unexpected: "found a a" (column 1)']),
        ("x  # error: FAL121\n", [f"{CASE}:1: FAL121  | x  # error: FAL121", "    missing: FAL121"]),
        (
            'mark(a)  # error: FAL121 "a b"\n',
            [
                f'{CASE}:1: FAL121  | mark(a)  # error: FAL121 "a b"',
                '    missing: FAL121 "a b"',
                '    unexpected: "found a a" (column 1)',
            ],
        ),
        (
            "mark(a)  # ok: FAL121\n",
            [f"{CASE}:1: FAL121  | mark(a)  # ok: FAL121", '    a near miss is reported: "found a a" (column 1)'],
        ),
        (
            "mark(a)  # todo-error: FAL121\n",
            [
                f"{CASE}:1: FAL121  | mark(a)  # todo-error: FAL121",
                "    cured: FAL121 is found now: make it '# error:'",
            ],
        ),
        (
            "x = 1  # todo-ok: FAL121\n",
            [
                f"{CASE}:1: FAL121  | x = 1  # todo-ok: FAL121",
                "    cured: FAL121 is reported no more: make it '# ok:'",
            ],
        ),
        (
            "mark(a)  # error: FAL121; FAL121\n",
            [f"{CASE}:1: FAL121  | mark(a)  # error: FAL121; FAL121", "    missing: FAL121"],
        ),
    ],
)
def test_every_difference_fails(planted: Planted, text: str, told: list[str]) -> None:
    assert planted.failure(text) == told


def test_two_findings_on_a_line_need_two_expectations(planted: Planted) -> None:
    planted.linter.engine = lambda files: [finding("case.py", 1, "a"), finding("case.py", 1, "b")]
    planted.check('x = 1  # error: FAL121; FAL121 "a a"\n').run()
    planted.check('x = 1  # error: FAL121 "a b"; FAL121\n').run()
    assert planted.failure("x = 1  # error: FAL121\n")[1] == '    unexpected: "found a b" (column 1)'


def test_a_finding_of_another_rule_or_file_fails(planted: Planted) -> None:
    planted.linter.engine = lambda files: [replace(finding("pyproject.toml", 3, "a"), code="FAL000")]
    assert planted.failure("x = 1\n")[0].startswith("FAL121-shadowed-route/case.py:3: FAL000")


@pytest.mark.parametrize("text", ["x  # error: FAL12\n", "x  # ok: FAL122\n", "# options: {\n"])
def test_a_case_that_cannot_be_read_fails_once(planted: Planted, text: str) -> None:
    with pytest.raises(FixtureFailure, match=r"case\.py"):
        planted.check(text).run()
    with pytest.raises(CheckSkipped, match="which its check of findings tells"):
        planted.check(text, "noqa").run()


def test_noqa(planted: Planted) -> None:
    text = "mark(a)  # error: FAL121\n"
    planted.check(text, "noqa").run()
    planted.linter.engine = lambda files: [finding("case.py", 1, "a")]
    assert planted.failure(text, "noqa") == [f"+ {CASE}:1: FAL121"]
    with pytest.raises(CheckSkipped, match="no finding stands where"):
        planted.linter.engine = marks
        planted.check("x = 1\n", "noqa").run()


def test_noqa_may_silence_no_other_line(planted: Planted) -> None:
    def careless(files: Mapping[str, bytes]) -> list[Diagnostic]:
        return [] if b"# noqa: FAL121" in files["case.py"] else marks(files)

    planted.linter.engine = careless
    text = "mark(a)  # error: FAL121\nmark(b)  # noqa: E501  # error: FAL121\n"
    assert planted.failure(text, "noqa") == [f"- {CASE}:2: FAL121"]


VARIANTS = [
    ("crlf", lambda data: b"\r\n" in data),
    ("bom", lambda data: data.startswith(b"\xef\xbb\xbf")),
    ("aliased", lambda data: b"as imported_1" in data),
    ("qualified", lambda data: b"module_1." in data),
]


@pytest.mark.parametrize(("kind", "differs"), VARIANTS)
def test_variants(planted: Planted, kind: str, differs: Callable[[bytes], bool]) -> None:
    text = "from fastapi import Depends\nmark(Depends)  # error: FAL121\n"
    planted.check(text, kind).run()

    def confused(files: Mapping[str, bytes]) -> list[Diagnostic]:
        return [] if differs(files["case.py"]) else marks(files)

    planted.linter.engine = confused
    told = planted.failure(text, kind)
    assert len(told) == 1 and told[0].startswith(f"- {CASE}:2:") and "FAL121" in told[0]


@pytest.mark.parametrize("kind", ["aliased", "qualified"])
def test_variants_without_imports_are_skipped_with_a_reason(planted: Planted, kind: str) -> None:
    with pytest.raises(CheckSkipped, match="imports nothing from a library"):
        planted.check("mark(a)  # error: FAL121\n", kind).run()


def test_columns_count_where_names_stay(planted: Planted) -> None:
    planted.linter.engine = lambda files: [finding("case.py", 1, "a", 2 if b"\r" in files["case.py"] else 1)]
    assert planted.failure("x = 1  # error: FAL121\n", "crlf") == [
        f"- {CASE}:1: 1 FAL121 found a a",
        f"+ {CASE}:1: 2 FAL121 found a a",
    ]


def test_cache(planted: Planted) -> None:
    text = "mark(a)  # error: FAL121\n"
    planted.check(text, "cache").run()
    planted.linter.warm = lambda files: []
    assert planted.failure(text, "cache") == [f"- {CASE}:1: 1 FAL121 found a a"]
    planted.linter.warm, planted.linter.warm_files = marks, 0
    assert planted.failure(text, "cache") == ["of 2 files, the cold run took 0 from the cache, the warm 0"]


def test_jobs(planted: Planted) -> None:
    text = "mark(a)  # error: FAL121\n"
    planted.check(text, "jobs").run()
    planted.linter.many = lambda files, jobs: marks(files)[: 2 - jobs]
    assert planted.failure(text, "jobs") == [f"- {CASE}:1: 1 FAL121 found a a"]


def test_flake8(planted: Planted) -> None:
    text = "mark(a)  # error: FAL121\n"
    planted.check(text, "flake8").run()
    planted.linter.flake8 = lambda files: []
    assert planted.failure(text, "flake8") == [f"- {CASE}:1: 1 FAL121 found a a"]


def test_flake8_that_cannot_run_fails(planted: Planted) -> None:
    runs: list[Mapping[str, bytes]] = []

    def broken(files: Mapping[str, bytes]) -> list[Diagnostic]:
        runs.append(files)
        raise RunError("flake8 ended with 1: no such plugin")

    planted.linter.flake8 = broken
    check = planted.check("x = 1\n", "flake8")
    for _ in range(2):
        with pytest.raises(FixtureFailure, match="no such plugin"):
            check.run()
    assert len(runs) == 1, "it is not run again for every case"


def test_files_that_flake8_cannot_parse_are_skipped(planted: Planted) -> None:
    planted.linter.engine = lambda files: [replace(finding("case.py", 1, "a"), code="FAL001")]
    with pytest.raises(CheckSkipped, match="cannot parse"):
        planted.check("x = (\n", "flake8").run()


def test_fix(planted: Planted) -> None:
    text = "mark(a)  # error: FAL121\n"
    (planted.root / "FAL121-shadowed-route").mkdir()
    (planted.root / "FAL121-shadowed-route/case.fixed.py").write_text("x = 1\n")
    with pytest.raises(CheckSkipped, match="no machinery"):
        planted.check(text, "fix").run()

    def fixer(new: bytes) -> Callable[[Mapping[str, bytes]], dict[str, bytes]]:
        return lambda files: {**files, "case.py": new}

    planted.check(text, "fix", fixer=fixer(b"x = 1\n")).run()
    told = planted.failure(text, "fix", fixer=fixer(b"x = 2\n"))
    assert told[2:] == ["@@ -1,2 +1,2 @@", "-x = 1", "+x = 2", " "]
    assert "only line ends" in planted.failure(text, "fix", fixer=fixer(b"x = 1\r\n"))[0]


def test_a_fix_is_checked_only_where_one_is_given(planted: Planted) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        planted.check("x = 1\n", "fix")


def test_a_limited_suite_runs_only_what_is_asked_for_together(planted: Planted) -> None:
    folder = planted.root / "FAL121-shadowed-route"
    folder.mkdir()
    for name in ("a.py", "b.py"):
        (folder / name).write_text("mark(a)  # error: FAL121\n")
    seen: list[Mapping[str, bytes]] = []

    def linter(files: Mapping[str, bytes], jobs: int) -> list[Diagnostic]:
        seen.append(files)
        return marks(files)

    planted.linter.many = linter
    suite = Suite(planted.root, registry=REGISTRY, linter=planted.linter)
    wanted = [check for check in checks(suite) if str(check) == "FAL121-shadowed-route/b.py:jobs"]
    suite.limit({check.place for check in wanted})
    wanted[0].run()
    assert [sorted(files) for files in seen] == [["b.py", "fastapi-lint.toml"]] * 2
