"""A run: the same answer however it is asked for, and honest about what failed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastapi_lint.config.configuration import Layer
from fastapi_lint.config.discovery import _find
from fastapi_lint.config.errors import ConfigurationError
from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine import run as engine
from fastapi_lint.engine.errors import UsageError
from fastapi_lint.engine.results import Result
from fastapi_lint.engine.run import Request, run
from fastapi_lint.rules.api import Rule
from fastapi_lint.rules.engine.internal_error import InternalError
from fastapi_lint.rules.engine.invalid_suppression import InvalidSuppression
from fastapi_lint.rules.engine.syntax_error import SyntaxErrorRule
from fastapi_lint.rules.engine.unanalysable_file import UnanalysableFile
from fastapi_lint.rules.engine.unused_suppression import UnusedSuppression
from fastapi_lint.rules.registry import Registry

PROJECT = Path(__file__).parents[2] / "fixtures/projects/bookshop"


class EveryRoute(Rule):
    """Reports every route, once per route."""

    code = "FAL191"
    name = "every-route"
    messages = {"found": "{route} is a route"}

    def check_route(self, route, project):  # type: ignore[no-untyped-def]
        yield self.finding("found", route.location, route=route.label)


class EveryFunction(Rule):
    """Reports every function; off by default."""

    code = "FAL192"
    name = "every-function"
    profile = "strict"
    messages = {"found": "{name} is a function"}

    def check_function(self, function, project):  # type: ignore[no-untyped-def]
        yield self.finding("found", function.location, name=function.name)


class Broken(Rule):
    """Fails on every module but one."""

    code = "FAL193"
    name = "broken-rule"
    messages = {"found": "{path} is a module"}

    def check_module(self, module, project):  # type: ignore[no-untyped-def]
        if module.path != "a.py":
            raise LookupError(f"no luck with {module.path}")
        yield self.finding("found", module.location(0, 1), path=module.path)


ENGINE_RULES = (InternalError, SyntaxErrorRule, UnanalysableFile, UnusedSuppression, InvalidSuppression)


@pytest.fixture(autouse=True)
def few_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    _find.cache_clear()
    monkeypatch.setattr(engine, "load", lambda: Registry([*ENGINE_RULES, EveryRoute, EveryFunction]))
    yield


def checked(*paths: Path, jobs: int | None = 1, cache: Path | None = None, **said: object) -> Result:
    overrides = (Layer("command line", {key.replace("_", "-"): value for key, value in said.items()}),)
    return run(Request(paths, jobs=jobs, cache=cache is not None, cache_dir=cache, overrides=overrides))


def found(result: Result) -> list[Diagnostic]:
    return [diagnostic for project in result.projects for diagnostic in project.diagnostics]


def short(result: Result) -> list[str]:
    return [f"{d.location.path}:{d.location.line} {d.code} {d.message}" for d in found(result)]


def write(root: Path, **files: str) -> Path:
    for name, text in files.items():
        (root / f"{name}.py").write_text(text)
    return root


APP = "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get('/a')\ndef a(): ...\n"


def test_the_findings_of_the_sample_project() -> None:
    result = checked(PROJECT)
    assert len(found(result)) == 13
    assert {diagnostic.code for diagnostic in found(result)} == {"FAL191"}
    (project,) = result.projects
    assert project.files == 16 and project.lines > 400 and project.root == PROJECT


def test_the_answer_does_not_depend_on_jobs_or_cache(tmp_path: Path) -> None:
    shutil.copytree(PROJECT, tmp_path / "project")
    (tmp_path / "project/broken.py").write_text("x = (\n")
    project, cache = tmp_path / "project", tmp_path / "cache"
    plain = checked(project)
    cold = checked(project, cache=cache)
    warm = checked(project, cache=cache)
    assert found(plain) == found(cold) == found(warm) == found(checked(project, jobs=3))
    assert found(checked(project, jobs=3, cache=cache)) == found(plain)
    assert (cold.projects[0].cached, warm.projects[0].cached) == (0, warm.projects[0].files)


def test_a_cache_of_two_jobs_is_that_of_one(tmp_path: Path) -> None:
    contents = []
    for jobs in (1, 2):
        checked(PROJECT, jobs=jobs, cache=tmp_path / str(jobs))
        contents.append([file.read_bytes() for file in sorted((tmp_path / str(jobs)).glob("*.cache"))])
    assert contents[0] == contents[1]


@pytest.mark.parametrize("path", ["", "bookshop", "bookshop/routers/books.py", "bookshop/routers"])
def test_a_part_of_a_project_is_judged_like_the_whole(path: str) -> None:
    everything = found(checked(PROJECT))
    part = found(checked(PROJECT / path))
    assert part == [diagnostic for diagnostic in everything if f"{diagnostic.location.path}/".startswith(path)]
    assert part


def test_the_answer_does_not_depend_on_hashes_or_on_where_one_stands(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fastapi_lint", "check", "--no-cache", "--format", "json", "--jobs", "1"]

    def json_of(path: str, cwd: Path, hash_seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        result = subprocess.run([*command, path], cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert result.returncode == 1
        return result.stdout

    reference = json_of(".", PROJECT, "7")
    for seed in ("0", "1", "2"):
        assert json_of(".", PROJECT, seed) == reference
    assert json_of(str(PROJECT), tmp_path, "3").replace(f"{PROJECT.as_posix()}/", "") == reference


def test_files_that_fail_do_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path, main=APP, broken="x = (\n")
    (tmp_path / "binary.py").write_bytes(b"\x00\xff")
    assert [(d.location.path, d.code) for d in found(checked(tmp_path))] == [
        ("binary.py", "FAL002"),
        ("broken.py", "FAL001"),
        ("main.py", "FAL191"),
    ]


def test_a_rule_that_fails_is_named_once_and_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "load", lambda: Registry([*ENGINE_RULES, EveryRoute, Broken]))
    write(tmp_path, a="x = 1\n", b="y = 1  # noqa: FAL193\n", main=APP)
    result = checked(tmp_path)
    assert short(result) == [
        "a.py:1 FAL193 a.py is a module",
        "b.py:1 FAL000 rule `broken-rule` failed on module `b.py`: LookupError: no luck with b.py (and 1 more); "
        "please report this",
        "main.py:6 FAL191 GET /a is a route",
    ]
    assert "LookupError" in result.projects[0].tracebacks[0]


def test_an_internal_error_is_reported_wherever_it_is_and_whatever_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "load", lambda: Registry([*ENGINE_RULES, Broken]))
    write(tmp_path, a="x = 1\n", b="y = 1  # noqa\n", c="")
    for path in ("b.py", "a.py"):
        result = checked(tmp_path / path, select=("FAL193",), ignore=("FAL000",))
        assert ("b.py", "FAL000") in [(d.location.path, d.code) for d in found(result)]


def test_a_project_that_cannot_be_linked_is_an_internal_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("fastapi_lint.model.project.link", broken)
    write(tmp_path, main=APP + "x = 1  # noqa: FAL191\n", broken="x = (\n")
    result = checked(tmp_path)
    assert [diagnostic.code for diagnostic in found(result)] == ["FAL000", "FAL001"]
    assert "ZeroDivisionError: oh" in found(result)[0].message and "oh" in result.projects[0].tracebacks[0]


def test_selection_by_the_command_line_and_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, main=APP)
    assert [d.code for d in found(checked(tmp_path, profile="strict"))] == ["FAL191", "FAL192"]
    assert found(checked(tmp_path, ignore=("every-route",))) == []
    (tmp_path / "fastapi-lint.toml").write_text('select = ["FAL192"]\n')
    _find.cache_clear()
    assert [d.code for d in found(checked(tmp_path))] == ["FAL192"]
    assert [d.code for d in found(checked(tmp_path, extend_select=("FAL191",)))] == ["FAL191", "FAL192"]


def test_rules_that_are_off_in_some_files(tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    write(tmp_path, main=APP)
    write(tmp_path / "scripts", run=APP, broken="x = (\n")
    ignores = '[per-file-ignores]\n"scripts/" = ["routing"]\n"/main.py" = ["FAL001"]\n'
    (tmp_path / "fastapi-lint.toml").write_text(ignores)
    assert [(d.location.path, d.code) for d in found(checked(tmp_path))] == [
        ("main.py", "FAL191"),
        ("scripts/broken.py", "FAL001"),
    ]


def test_comments_silence_and_are_judged_themselves(tmp_path: Path) -> None:
    text = (
        "from fastapi import FastAPI\n"
        "app = FastAPI()\n"
        "@app.get('/a')  # noqa: FAL191\n"
        "def a(): ...\n"
        "@app.get('/b')  # fastapi-lint: ignore[every-route] a reason\n"
        "def b(): ...\n"
        "@app.get('/c')\n"
        "def c(): ...  # noqa: FAL191, E501\n"
        "x = 1  # fastapi-lint: ignore[FAL999]\n"
        "# fastapi-lint: ignore[FAL191]\n"
        "y = 1\n"
    )
    write(tmp_path, main=text)
    result = checked(tmp_path)
    assert [(d.location.line, d.code) for d in found(result)] == [
        (7, "FAL191"),
        (8, "FAL003"),
        (9, "FAL004"),
        (10, "FAL003"),
    ]
    remaining = text
    fixes = [diagnostic.fix for diagnostic in found(result) if diagnostic.fix is not None]
    for edit in sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: -edit.start):
        remaining = remaining[: edit.start] + edit.replacement + remaining[edit.end :]
    assert remaining == text.replace("FAL191, E501", "E501").replace("# fastapi-lint: ignore[FAL191]\n", "")


def test_a_fix_takes_the_whole_comment_when_nothing_is_left_of_it(tmp_path: Path) -> None:
    write(tmp_path, main="x = 1  # noqa: FAL191\ny = 1  # noqa: FAL191 # more\nz = 2 # why # noqa: FAL191")
    text = (tmp_path / "main.py").read_text()
    for diagnostic in reversed(found(checked(tmp_path))):
        assert diagnostic.code == "FAL003" and diagnostic.fix is not None and diagnostic.fix.safe
        (edit,) = diagnostic.fix.edits
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    assert text == "x = 1\ny = 1  # more\nz = 2 # why"


def test_comments_about_rules_that_did_not_run_are_not_unused(tmp_path: Path) -> None:
    write(tmp_path, main="x = 1  # noqa: FAL192\ny = 1  # noqa: FAL19\n")
    assert found(checked(tmp_path)) == []
    assert [d.code for d in found(checked(tmp_path, profile="strict"))] == ["FAL003", "FAL003"]


def test_flake8s_comments_can_be_left_to_flake8(tmp_path: Path) -> None:
    write(tmp_path, main=APP.replace("('/a')", "('/a')  # noqa: FAL191"))
    assert found(run(Request((tmp_path,), cache=False, jobs=1))) == []
    assert [d.code for d in found(run(Request((tmp_path,), cache=False, jobs=1, noqa=False)))] == ["FAL191"]


def test_projects_inside_a_folder_are_checked_by_their_own_configurations(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, main=APP)
        (tmp_path / name / "fastapi-lint.toml").touch()
    (tmp_path / "two/fastapi-lint.toml").write_text('select = ["FAL192"]\n')
    write(tmp_path, main=APP)
    result = checked(tmp_path)
    assert [(project.root.name, [d.code for d in project.diagnostics]) for project in result.projects] == [
        (tmp_path.name, ["FAL191"]),
        ("one", ["FAL191"]),
        ("two", ["FAL192"]),
    ]


def test_releases_come_from_lock_files_unless_the_configuration_says_otherwise(tmp_path: Path) -> None:
    write(tmp_path, main=APP)
    (tmp_path / "uv.lock").write_text('[[package]]\nname = "fastapi"\nversion = "0.100.0"\n')
    (tmp_path / "fastapi-lint.toml").write_text('pydantic-version = "1.10"\n')
    (project,) = checked(tmp_path).projects
    assert project.project is not None
    assert project.project.settings.versions == {"fastapi": (0, 100, 0), "pydantic": (1, 10)}


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Python files"):
        checked(tmp_path)
    write(tmp_path, main=APP)
    (tmp_path / "fastapi-lint.toml").write_text("selct = []\n")
    _find.cache_clear()
    with pytest.raises(ConfigurationError, match="selct"):
        checked(tmp_path)


def test_a_warm_run_imports_neither_libcst_nor_the_extractor(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from fastapi_lint.engine.run import Request, run\n"
        "result = run(Request((Path(sys.argv[1]),), cache_dir=Path(sys.argv[2])))\n"
        "heavy = {'libcst', 'fastapi_lint.syntax.tokens', 'fastapi_lint.facts.extract'} & set(sys.modules)\n"
        "print(result.projects[0].cached, sorted(heavy))"
    )
    command = [sys.executable, "-c", script, str(PROJECT), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    warm = subprocess.run(command, check=True, capture_output=True, text=True)
    assert warm.stdout.strip() == "16 []"


def test_facts_of_a_file_that_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    from fastapi_lint.engine import files
    from fastapi_lint.engine.analysis import Analyser

    analyse = Analyser.analyse

    def slow(self: Analyser, path: str, data: bytes):  # type: ignore[no-untyped-def]
        if path == "slow.py":
            time.sleep(5)
        return analyse(self, path, data)

    monkeypatch.setattr(Analyser, "analyse", slow)
    monkeypatch.setattr(files, "FILE_TIME_LIMIT", 0.5)
    write(tmp_path, main=APP, slow="x = 1\n", zebra="y = (\n")
    assert [(d.location.path, d.code) for d in found(checked(tmp_path))] == [
        ("main.py", "FAL191"),
        ("slow.py", "FAL002"),
        ("zebra.py", "FAL001"),
    ]
