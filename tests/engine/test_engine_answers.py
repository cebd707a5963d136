"""Answers of earlier runs: given where nothing has changed, and only there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Layer
from fastapi_lint.config.discovery import _find
from fastapi_lint.engine import checking
from fastapi_lint.engine.answers import MAX_ANSWERS, Answer, Answers, question_of
from fastapi_lint.engine.files import Content
from fastapi_lint.engine.outcome import SYNTAX_ERROR, Fault
from fastapi_lint.engine.results import Result
from fastapi_lint.engine.run import Request, run

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"
FAULT = "from fastapi import FastAPI\napp = FastAPI()\n@app.delete('/x')\ndef delete(): ...\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT, tmp_path / "project")
    (tmp_path / "project/extra.py").write_text(FAULT)
    return tmp_path / "project"


def checked(root: Path, cache: bool = True, **options: object) -> Result:
    _find.cache_clear()
    return run(Request((root,), jobs=1, cache=cache, **options))  # type: ignore[arg-type]


def said(result: Result) -> list[object]:
    return [
        [one.diagnostics, one.silenced, one.hidden_places, one.ran, one.lines, one.faults] for one in result.projects
    ]


def linked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    link = checking._link
    monkeypatch.setattr(checking, "_link", lambda *arguments: (calls.append(1), link(*arguments))[1])
    return calls


def test_where_nothing_has_changed_nothing_is_done(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "broken.py").write_text("x = (\n")
    first = checked(project)
    assert said(first)[0][0]
    calls = linked(monkeypatch)
    again = checked(project)
    assert said(again) == said(first) and not calls
    assert again.projects[0].project is None and again.projects[0].cached == again.projects[0].files


def test_an_answer_moves_with_its_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checked(project)
    project.rename(project.with_name("moved"))
    calls = linked(monkeypatch)
    assert said(checked(project.with_name("moved"))) == said(first) and not calls


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file": lambda root: (root / "extra.py").write_text(FAULT.replace("/x", "/y")),
    "a file more": lambda root: (root / "more.py").write_text(FAULT),
    "a file less": lambda root: (root / "extra.py").unlink(),
    "a comment": lambda root: (root / "extra.py").write_text(FAULT.replace("'/x')", "'/x')  # noqa: FAL102")),
    "a name of a file": lambda root: (root / "extra.py").rename(root / "other.py"),
    "the configuration": lambda root: (root / "fastapi-lint.toml").write_text("ignore = ['FAL102']\n"),
    "a severity": lambda root: (root / "fastapi-lint.toml").write_text("severity = {FAL102 = 'error'}\n"),
    "a lock file": lambda root: (root / "uv.lock").write_text('[[package]]\nname = "fastapi"\nversion = "0.100.0"\n'),
}


@pytest.mark.parametrize("change", list(CHANGES))
def test_what_changes_is_asked_anew(change: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked(project)
    CHANGES[change](project)
    calls = linked(monkeypatch)
    assert said(checked(project)) == said(checked(project, cache=False))
    assert len(calls) == 2


def test_each_way_to_ask_has_its_answer(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    requests = [
        Request((project,), jobs=1),
        Request((project / "extra.py",), jobs=1),
        Request((project,), jobs=1, noqa=False),
        Request((project,), jobs=1, overrides=(Layer("command line", {"select": ("FAL1",)}),)),
    ]
    first = [said(run(request)) for request in requests]
    calls = linked(monkeypatch)
    assert [said(run(request)) for request in requests] == first
    assert not calls


def test_only_the_model_is_never_answered(project: Path) -> None:
    checked(project)
    assert checked(project, rules=False).projects[0].project is not None


@pytest.mark.parametrize("content", [b"", b"no cache\n", b"[]\n"])
def test_damaged_answers_are_ignored(content: bytes, project: Path) -> None:
    first = checked(project)
    (file,) = (project / ".fastapi_lint_cache").glob("answers.cache")
    file.write_bytes(content)
    again = checked(project)
    assert said(again) == said(first)
    assert len(again.warnings) == 1 and "damaged or not ours" in again.warnings[0]
    assert not checked(project).warnings


def test_facts_of_a_project_that_was_answered_are_there(project: Path) -> None:
    first = checked(project).projects[0]
    again = checked(project).projects[0]
    assert {path: again.facts[path] for path in again.facts} == dict(first.facts)
    assert [again.fingerprints[one] for one in again.diagnostics] == [
        first.fingerprints[one] for one in first.diagnostics
    ]


def answers(file: Path, parser: str = "1") -> Answers:
    return Answers(file, "1", lambda: parser)


def test_as_many_answers_as_are_useful(tmp_path: Path) -> None:
    file = tmp_path / "answers.cache"
    for number in range(MAX_ANSWERS + 5):
        answers(file).put(str(number), Answer([], [], [], frozenset(), number, {}))
    known = [number for number in range(MAX_ANSWERS + 5) if answers(file).get(str(number)) is not None]
    assert known == list(range(5, MAX_ANSWERS + 5))


def test_faults_of_another_parser(tmp_path: Path) -> None:
    file = tmp_path / "answers.cache"
    answer = Answer([], [], [], frozenset({"FAL001"}), 1, {"a.py": Fault(SYNTAX_ERROR, "no", 3, 4, lasting=True)})
    answers(file).put("faulty", answer)
    assert answers(file).get("faulty") == answer
    assert answers(file, parser="2").get("faulty") is None


def test_a_question_without_all_files_has_no_name() -> None:
    contents = {"a.py": Content(b"", "a"), "b.py": Fault("FAL002", "cannot be read")}
    assert question_of(contents) is None
    assert question_of({"a.py": Content(b"", "a")}) != question_of({"b.py": Content(b"", "a")})
