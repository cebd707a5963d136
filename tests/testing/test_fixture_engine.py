"""Tests of the fixture runner with the real linter: what is right passes, what is planted wrong fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from fastapi_lint.engine import files as engine_files
from fastapi_lint.testing import KINDS, Check, CheckSkipped, FixtureFailure, Linter, RunError, Suite, checks

FAULT = "A = 1  # fastapi-lint: ignore[FAL999]"
RIGHT = f'from fastapi import FastAPI\n\napp = FastAPI()\n{FAULT}  # error: FAL004 "FAL999"\n'


def planted(root: Path, files: dict[str, str]) -> dict[str, Check]:
    """The checks of one case of FAL004, by kind."""
    for path, text in files.items():
        file = root / "FAL004-invalid-suppression" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return {check.kind: check for check in checks(Suite(root))}


def test_all_checks_of_a_right_case_pass(tmp_path: Path) -> None:
    found = planted(tmp_path, {"case.py": RIGHT})
    assert list(found) == [kind for kind in KINDS if not kind.startswith("fix") and kind != "one-by-one"]
    for check in found.values():
        check.run()


def test_all_checks_of_a_right_project_pass(tmp_path: Path) -> None:
    files = {"shop/app/main.py": RIGHT, "shop/app/__init__.py": "", "shop/fastapi-lint.toml": 'src = ["app"]\n'}
    found = planted(tmp_path, files)
    assert list(found) == [kind for kind in KINDS if not kind.startswith("fix")]
    for check in found.values():
        check.run()


def test_a_finding_that_is_lost_when_its_file_is_checked_alone_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = planted(tmp_path, {"shop/app.py": RIGHT, "shop/other.py": ""})["one-by-one"]
    check.run()
    monkeypatch.setattr(Linter, "check_one_by_one", lambda self, files: ())
    with pytest.raises(FixtureFailure, match="app.py:4: "):
        check.run()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RIGHT.replace("  # error", "  # note"), "case.py:4: FAL004"),
        (RIGHT.replace('"FAL999"', '"FAL998"'), 'missing: FAL004 "FAL998"'),
        (RIGHT + "B = 1  # error: FAL004\n", "case.py:5: FAL004"),
        (RIGHT.replace("error", "ok"), "a near miss is reported"),
        (RIGHT.replace("error", "todo-error"), "is found now"),
        (RIGHT + "B = 1  # todo-ok: FAL004\n", "is reported no more"),
    ],
)
def test_wrong_expectations_fail(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(FixtureFailure) as caught:
        planted(tmp_path, {"case.py": text})["findings"].run()
    assert told in str(caught.value)


def test_jobs_are_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    real = engine_files.analyse_in_processes

    def spy(tasks: list[engine_files.Task], jobs: int, limit: float) -> object:
        started.append(jobs)
        return real(tasks, jobs, limit)

    monkeypatch.setattr(engine_files, "analyse_in_processes", spy)
    projects = [{"a.py": FAULT.encode()}, {"b.py": b""}, {"a.py": FAULT.encode()}]
    alone = Linter().check_together(projects, frozenset({"FAL004"}), 1)
    assert started == []
    together = Linter().check_together(projects, frozenset({"FAL004"}), 2)
    assert started == [2]
    assert alone == together
    assert [[one.location.path for one in found] for found in alone] == [["a.py"], [], ["a.py"]]


def test_the_warm_run_takes_its_facts_from_the_cache() -> None:
    cold, warm, again = Linter().check_again({"a.py": FAULT.encode(), "b.py": b"x = 1\n"})
    assert (cold.files, cold.cached, warm.files, warm.cached, again.cached) == (2, 0, 2, 2, 2)
    assert len(cold.found) == 1 and cold.found == warm.found == again.found


def test_flake8_keeps_projects_apart() -> None:
    on = {"a.py": FAULT.encode(), "fastapi-lint.toml": b'select = ["FAL004"]\n'}
    off = {"a.py": FAULT.encode(), "fastapi-lint.toml": b'select = ["FAL002"]\n'}
    broken = {"a.py": b"x = '\0'\n", "fastapi-lint.toml": b'select = ["FAL002"]\n'}
    first, second, third = Linter().check_by_flake8([on, off, broken])
    assert [found[:4] for found in first] == [("a.py", 1, 8, "FAL004")]
    assert second == third == []


def test_flake8_without_the_plugin_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from fastapi_lint.testing import running

    monkeypatch.setattr(running, "_FLAKE8", (*running._FLAKE8, "--require-plugins=no-such-plugin"))
    with pytest.raises(RunError, match="required plugins were not installed"):
        Linter().check_by_flake8([{"a.py": b"x = 1\n"}])


def test_a_case_without_findings_has_nothing_to_silence(tmp_path: Path) -> None:
    with pytest.raises(CheckSkipped):
        planted(tmp_path, {"case.py": "x = 1\n"})["noqa"].run()
