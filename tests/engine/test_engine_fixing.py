"""Fixes: chosen without overlap, made in memory, checked again, and written whole or not at all."""

from __future__ import annotations

import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Layer
from fastapi_lint.diagnostics import Diagnostic, Edit, Fix
from fastapi_lint.engine import fixing
from fastapi_lint.engine.fix_choice import Candidate, choose
from fastapi_lint.engine.fix_files import write_fixed
from fastapi_lint.engine.fixing import Fixed, run_and_fix
from fastapi_lint.engine.narrowing import Narrowing
from fastapi_lint.engine.overlay import Overlay
from fastapi_lint.engine.results import Result
from fastapi_lint.engine.run import Request
from fastapi_lint.model.project import Project
from fastapi_lint.model.routing.routes import Route
from fastapi_lint.rules.routing.generic_route_decorator import GenericRouteDecorator
from fastapi_lint.text.location import Location, Position

ROUTE = '@app.api_route("/{name}", methods=["GET"])\ndef {name}() -> int:\n    return 1\n'
HEAD = "from fastapi import FastAPI\n\napp = FastAPI()\n"
BEFORE = HEAD + ROUTE.replace("{name}", "a")
AFTER = HEAD + '@app.get("/a")\ndef a() -> int:\n    return 1\n'
RULES = Layer("the test", {"select": ("FAL003", "FAL124", "FAL133")})


def fix(root: Path, *paths: str, unsafe: bool = False, write: bool = True, **options: object) -> tuple[Result, Fixed]:
    request = Request(tuple(root / path for path in paths) or (root,), overrides=(RULES,), jobs=1, **options)  # type: ignore[arg-type]
    return run_and_fix(request, unsafe=unsafe, write=write)


def findings(result: Result) -> list[str]:
    return [f"{found.location} {found.code}" for project in result.projects for found in project.diagnostics]


# What is chosen


def candidate(*edits: tuple[int, int, str], path: str = "a.py", code: str = "FAL101") -> Candidate:
    place = Location(path, Position(1, 1), Position(1, 2))
    fix = Fix("", True, tuple(Edit(path, *edit) for edit in edits))
    return Candidate(Diagnostic(code, "a-rule", str(edits), place, fix=fix), Path("/p"))


def nowhere(candidate: Candidate, edit: Edit) -> tuple[int, int]:
    return 1, 1


def in_tens(candidate: Candidate, edit: Edit) -> tuple[int, int]:
    return edit.start // 10, edit.start // 10


@pytest.mark.parametrize(
    ("fixes", "taken"),
    [
        ([[(0, 4, "a")], [(4, 8, "b")]], [0, 1]),
        ([[(0, 4, "a")], [(3, 8, "b")]], [0]),
        ([[(0, 4, "a")], [(1, 2, "b")]], [0]),
        ([[(4, 8, "a")], [(0, 5, "b")]], [1]),
        ([[(4, 4, "a")], [(4, 4, "b")]], [0]),
        ([[(4, 4, "a")], [(4, 8, "b")]], [0]),
        ([[(4, 4, "a")], [(0, 4, "b")]], [1, 0]),
        ([[(4, 4, "a")], [(2, 6, "b")]], [1]),
        # an edit that several want is made once; of the others, all are or none is
        ([[(0, 0, "import"), (10, 12, "a")], [(0, 0, "import"), (20, 22, "b")]], [0, 1]),
        ([[(0, 0, "import"), (10, 12, "a")], [(0, 0, "import"), (11, 22, "b")]], [0]),
        ([[(2, 6, "a")], [(0, 1, "b"), (4, 8, "c")], [(7, 9, "d")]], [1]),
        ([[(0, 4, "a"), (2, 6, "b")]], []),
    ],
)
def test_fixes_that_touch_each_other_are_not_made_together(
    fixes: list[list[tuple[int, int, str]]], taken: list[int]
) -> None:
    candidates = [candidate(*edits) for edits in fixes]
    chosen = choose(candidates, nowhere)
    assert [candidates.index(one) for one in chosen.candidates] == taken
    for spans in chosen.edits.values():
        assert spans == sorted(set(spans))


def test_fixes_of_different_rules_do_not_change_one_statement_together() -> None:
    first, other = candidate((0, 0, "import"), (11, 12, "a")), candidate((0, 0, "import"), (13, 14, "b"), code="FAL102")
    again, elsewhere = candidate((15, 16, "c")), candidate((0, 0, "import"), (23, 24, "d"), code="FAL102")
    assert choose([first, other, again, elsewhere], in_tens).candidates == [first, elsewhere, again]


def test_edits_of_other_files_do_not_touch() -> None:
    chosen = choose([candidate((0, 4, "a")), candidate((0, 4, "b"), path="b.py")], nowhere)
    assert len(chosen.candidates) == 2 and set(chosen.edits) == {Path("/p/a.py"), Path("/p/b.py")}


def test_random_fixes_never_overlap() -> None:
    source = random.Random(1)
    for _ in range(300):
        candidates = []
        for _ in range(source.randrange(1, 9)):
            starts = [source.randrange(40) for _ in range(source.randrange(1, 4))]
            candidates.append(candidate(*((start, start + source.randrange(6), "x") for start in starts)))
        chosen = choose(candidates, nowhere)
        (spans,) = chosen.edits.values() or ([],)
        assert all(one[1] <= other[0] and one[0] < other[0] for one, other in zip(spans, spans[1:]))
        wanted = {(edit.start, edit.end, "x") for one in chosen.candidates for edit in one.fix.edits}
        assert wanted == set(spans), "each fix has all its edits"


# What is written


def test_with_since_only_what_has_changed_is_fixed(tmp_path: Path) -> None:
    """Also in the rounds in which an import has moved all lines."""

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    route = '@app.get("/{name}")\ndef {name}(x: int = Query(1)) -> int:\n    return x\n\n\n'
    old = "from fastapi import FastAPI, Query\n\napp = FastAPI()\n\n\n" + route.replace("{name}", "old")
    second = ROUTE.replace("{name}", "second").replace("()", "(x: int = Query(1))") + "\n\n"
    (tmp_path / "main.py").write_text(old)
    (tmp_path / "fastapi-lint.toml").write_text("[rules.unannotated-dependency]\nalways = true\n")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    (tmp_path / "main.py").write_text(old + second + old.replace("old", "kept")[len(old) - len(route) :])
    both = Layer("the test", {"select": ("FAL124", "FAL132")})
    narrowing = Narrowing(since="main")
    fixed = run_and_fix(Request((tmp_path,), overrides=(both,), jobs=1, narrowing=narrowing))[1]
    after = (tmp_path / "main.py").read_text()
    assert route.replace("{name}", "old") in after, "it has not changed since"
    assert '@app.get("/second")\ndef second(x: Annotated[int, Query()] = 1)' in after
    assert "def kept(x: Annotated[int, Query()] = 1)" in after and len(fixed.findings) == 3


def test_what_can_be_fixed_is(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BEFORE)
    result, fixed = fix(tmp_path)
    assert (tmp_path / "main.py").read_text() == AFTER
    assert findings(result) == [] and [one.code for one in fixed.findings] == ["FAL124"] and fixed.problems == []
    again = fix(tmp_path)[1]
    assert again.after == {} and again.findings == []


def test_nothing_is_written_when_only_a_patch_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(BEFORE)
    fixed = fix(tmp_path, write=False)[1]
    assert (tmp_path / "main.py").read_text() == BEFORE
    assert fixed.after == {tmp_path / "main.py": AFTER.encode()} and fixed.before == {
        tmp_path / "main.py": BEFORE.encode()
    }


def test_fixes_that_only_show_when_others_are_made_are_made_too(tmp_path: Path) -> None:
    both = (
        HEAD
        + '@app.api_route("/a", response_model=int, methods=["GET"])  # noqa: FAL133\ndef a() -> int:\n    return 1\n'
    )
    (tmp_path / "main.py").write_text(both.replace("  # noqa: FAL133", ""))
    fixed = fix(tmp_path)[1]
    assert (tmp_path / "main.py").read_text() == AFTER
    assert sorted(one.code for one in fixed.findings) == ["FAL124", "FAL133"]


def test_fixes_that_would_spoil_each_other_are_made_one_after_the_other(tmp_path: Path) -> None:
    route = '@app.get("/a")\ndef a({q}) -> str | None:\n    return q\n'
    text = "from typing import Annotated\n\nfrom fastapi import FastAPI, Query\n\napp = FastAPI()\n" + route
    (tmp_path / "main.py").write_text(text.replace("{q}", "q: str | None = Query(min_length=3)"))
    (tmp_path / "fastapi-lint.toml").write_text("[rules.unannotated-dependency]\nalways = true\n")
    both = Layer("the test", {"select": ("FAL132", "FAL143")})
    run_and_fix(Request((tmp_path,), overrides=(both,), jobs=1), unsafe=True)
    expected = text.replace("{q}", "q: Annotated[str | None, Query(min_length=3)] = None")
    assert (tmp_path / "main.py").read_text() == expected


def test_findings_that_are_not_reported_are_not_fixed(tmp_path: Path) -> None:
    silenced = BEFORE.replace('methods=["GET"])', 'methods=["GET"])  # noqa: FAL124')
    (tmp_path / "main.py").write_text(silenced)
    (tmp_path / "other.py").write_text(BEFORE)
    fixed = fix(tmp_path, "main.py")[1]
    assert fixed.after == {} and (tmp_path / "other.py").read_text() == BEFORE


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [True, False])
def test_all_else_stays_byte_for_byte(tmp_path: Path, newline: str, mark: bytes, end: bool) -> None:
    odd = "x = '𝔘'  \f\n\n# 𝔘 ü\ny = [1,  2 ]\n"

    def data(text: str) -> bytes:
        whole = odd + text + odd
        return mark + (whole if end else whole.rstrip("\n")).replace("\n", newline).encode()

    (tmp_path / "main.py").write_bytes(data(BEFORE))
    fix(tmp_path)
    assert (tmp_path / "main.py").read_bytes() == data(AFTER)


def test_the_encoding_stays(tmp_path: Path) -> None:
    head = b"# -*- coding: latin-1 -*-\nx = '\xe4'\n"
    (tmp_path / "main.py").write_bytes(head + BEFORE.encode())
    fix(tmp_path)
    assert (tmp_path / "main.py").read_bytes() == head + AFTER.encode()


def test_a_character_that_the_encoding_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GenericRouteDecorator, "_fix", lambda self, route, method, project: first("# ü", route))
    (tmp_path / "main.py").write_text("# coding: ascii\n" + BEFORE)
    result, fixed = fix(tmp_path)
    assert fixed.problems == [f"{tmp_path}/main.py is not fixed: its encoding, ascii, lacks characters of the fix."]
    assert len(findings(result)) == 1 and (tmp_path / "main.py").read_text() == "# coding: ascii\n" + BEFORE


def test_mode_and_links_stay(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "project", tmp_path / "elsewhere.py"
    folder.mkdir()
    elsewhere.write_text(BEFORE)
    elsewhere.chmod(0o754)
    (folder / "main.py").symlink_to(elsewhere)
    fix(folder, "main.py")
    assert elsewhere.read_text() == AFTER and (folder / "main.py").is_symlink()
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o754


# What is refused


def first(text: str, route: object) -> Fix:
    """A fix that writes a line above all others."""
    path = route.location.path  # type: ignore[attr-defined]
    return Fix("", True, (Edit(path, 0, 0, text + "\n"),))


def test_what_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.py").write_text(BEFORE)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert fix(tmp_path)[1].problems == [f"{tmp_path}/main.py is not fixed: it or its folder is read-only."]
    assert (tmp_path / "main.py").read_text() == BEFORE


@pytest.mark.parametrize(
    ("head", "refused"),
    [
        ("# Code generated by a tool. DO NOT EDIT.\n", True),
        ("# @generated\n", True),
        ("# Do not edit: this file is generated from api.yaml\n", True),
        ("# The ids are generated by the database.\n", False),
        ('TEXT = "@generated"\n', False),
    ],
)
def test_a_generated_file_is_refused(tmp_path: Path, head: str, refused: bool) -> None:
    (tmp_path / "main.py").write_text(head + BEFORE)
    result, fixed = fix(tmp_path)
    assert bool(fixed.problems) == refused == bool(findings(result))
    assert ((tmp_path / "main.py").read_text() == head + BEFORE) == refused


def test_a_lossy_encoding_is_refused(tmp_path: Path) -> None:
    data = b"# coding: utf-7\nx = '+AGE-'\n" + BEFORE.encode()
    (tmp_path / "main.py").write_bytes(data)
    fixed = fix(tmp_path)[1]
    assert (tmp_path / "main.py").read_bytes() == data
    assert not fixed.after


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.py").write_text(BEFORE)
    (tmp_path / "other.py").write_text(BEFORE.replace("/a", "/b"))
    run = fixing.run

    def changed_while_it_runs(request: Request) -> Result:
        result = run(request)
        (tmp_path / "main.py").write_text(BEFORE + "\nx = 1\n")
        return result

    monkeypatch.setattr(fixing, "run", changed_while_it_runs)
    result, fixed = fix(tmp_path)
    assert (tmp_path / "main.py").read_text() == BEFORE + "\nx = 1\n"
    assert "api_route" not in (tmp_path / "other.py").read_text() and list(fixed.after) == [tmp_path / "other.py"]
    assert fixed.problems == [f"{tmp_path}/main.py is not fixed: it has changed since it was checked."]
    assert findings(result) == ["main.py:4 FAL124"] and len(fixed.findings) == 1


def test_files_that_are_fixed_together_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.py", "b.py", "c.py", "d.py")]
    for file in files:
        file.write_text("old")
    files[0].write_text("other")
    a, b, c, d = files
    failed = write_fixed(
        dict.fromkeys(files, b"new"),
        dict.fromkeys(files, b"old"),
        [frozenset({a, b}), frozenset({b, c}), frozenset({d})],
    )
    assert [file.read_text() for file in files] == ["other", "old", "old", "new"]
    assert "it has changed since it was checked" in failed[a] and "together" in failed[b] and "together" in failed[c]


# What is taken back


def test_a_fix_that_makes_no_python_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GenericRouteDecorator, "_fix", lambda self, route, method, project: first("x = (", route))
    (tmp_path / "main.py").write_text(BEFORE.replace('methods=["GET"]', 'methods=["GET"], response_model=int'))
    (tmp_path / "other.py").write_text(HEAD + "x = 1  # noqa: FAL124\n")
    result, fixed = fix(tmp_path)
    assert (tmp_path / "main.py").read_text() == BEFORE, "the other fix of the file was made in a further round"
    assert fixed.problems == [f"FAL124 in {tmp_path}/main.py is not fixed: the fix would leave what is no Python."]
    assert "noqa" not in (tmp_path / "other.py").read_text() and findings(result) == ["main.py:4 FAL124"]


@pytest.mark.parametrize("text", ["x = 1", ROUTE.replace("{name}", "b")])
def test_a_fix_that_leaves_its_finding_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(GenericRouteDecorator, "_fix", lambda self, route, method, project: first(text, route))
    (tmp_path / "main.py").write_text("\n" + BEFORE)
    result, fixed = fix(tmp_path)
    assert (tmp_path / "main.py").read_text() == "\n" + BEFORE and findings(result) == ["main.py:5 FAL124"]
    assert fixed.problems == [f"FAL124 in {tmp_path}/main.py is not fixed: the fix would leave its finding."]


def test_fixes_that_help_are_made_beside_one_that_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = GenericRouteDecorator._fix

    def fails_for_b(self: GenericRouteDecorator, route: Route, method: str, project: Project) -> Fix | None:
        return first("x = 1", route) if "/b" in route.label else own(self, route, method, project)

    monkeypatch.setattr(GenericRouteDecorator, "_fix", fails_for_b)
    routes = "".join(ROUTE.replace("{name}", name) for name in "abc")
    (tmp_path / "main.py").write_text(HEAD + routes)
    result, fixed = fix(tmp_path)
    expected = routes.replace('api_route("/a", methods=["GET"])', 'get("/a")')
    assert (tmp_path / "main.py").read_text() == HEAD + expected.replace(
        'api_route("/c", methods=["GET"])', 'get("/c")'
    )
    assert len(findings(result)) == 1 and len(fixed.findings) == 2 and len(fixed.problems) == 1


def test_a_fix_that_another_one_has_thwarted_is_made_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = GenericRouteDecorator._fix

    def fails_at_first(self: GenericRouteDecorator, route: Route, method: str, project: Project) -> Fix | None:
        is_alone = not any(other.states_response_model for other in project.routes)
        return own(self, route, method, project) if is_alone else first("x = 1", route)

    monkeypatch.setattr(GenericRouteDecorator, "_fix", fails_at_first)
    (tmp_path / "main.py").write_text("\n" + BEFORE + '@app.get("/b", response_model=int)\ndef b() -> int: ...\n')
    result, fixed = fix(tmp_path)
    assert (tmp_path / "main.py").read_text() == "\n" + AFTER + '@app.get("/b")\ndef b() -> int: ...\n'
    assert not fixed.problems and not findings(result) and len(fixed.findings) == 2


def test_fixes_that_come_to_no_end_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixing, "MAX_ROUNDS", 1)
    (tmp_path / "main.py").write_text(BEFORE.replace('methods=["GET"]', 'response_model=int, methods=["GET"]'))
    fixed = fix(tmp_path)[1]
    assert fixed.problems[0].endswith("its fixes come to no end in 1 rounds.")


# Unsafe fixes


def test_unsafe_fixes_are_made_only_when_they_are_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = GenericRouteDecorator._fix

    def unsafe(self: GenericRouteDecorator, *arguments: object) -> Fix:
        made = own(self, *arguments)  # type: ignore[arg-type]
        assert made is not None
        return Fix(made.message, False, made.edits)

    monkeypatch.setattr(GenericRouteDecorator, "_fix", unsafe)
    (tmp_path / "main.py").write_text(BEFORE)
    assert fix(tmp_path)[1].after == {} and (tmp_path / "main.py").read_text() == BEFORE
    assert fix(tmp_path, unsafe=True)[1].after and (tmp_path / "main.py").read_text() == AFTER


# Standard input


def test_a_text_that_stands_in_for_a_file_is_fixed_in_memory(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("x = 1\n")
    fixed = fix(tmp_path, overlay=Overlay(BEFORE.encode(), tmp_path / "main.py"))[1]
    assert list(fixed.after.values()) == [AFTER.encode()] and (tmp_path / "main.py").read_text() == "x = 1\n"


# A run that is killed


def test_a_run_that_is_killed_leaves_each_file_old_or_new(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    before = {f"m{number}.py": BEFORE.replace("/a", f"/{number}") for number in range(12)}
    after = {name: AFTER.replace("/a", f"/{name[1:-3]}") for name in before}
    command = [
        sys.executable,
        "-m",
        "fastapi_lint",
        "check",
        "--fix",
        "--select",
        "FAL124",
        "--no-cache",
        "-j",
        "1",
        ".",
    ]

    def start() -> subprocess.Popen[bytes]:
        for name, text in before.items():
            (project / name).write_text(text)
        return subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    began = time.perf_counter()
    assert start().wait() == 0
    whole = time.perf_counter() - began
    assert {name: (project / name).read_text() for name in before} == after
    source = random.Random(7)
    for _ in range(10):
        process = start()
        # most moments lie near the end, where files are written
        time.sleep(whole * (0.5 + 0.5 * source.random()))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name in before:
            assert (project / name).read_text() in (before[name], after[name])
    assert start().wait() == 0
    assert {file.name: file.read_text() for file in project.iterdir()} == after, "and nothing is left beside them"
