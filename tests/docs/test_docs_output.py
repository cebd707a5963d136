"""What docs/output.md shows is what is written, and what docs/ci.md and action.yml say is what there is."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from command import command

from fastapi_lint.cli.check import check
from fastapi_lint.cli.main import cli
from fastapi_lint.report.formats import NAMES
from fastapi_lint.rules.docstrings import fences

ROOT = Path(__file__).parents[2]
OUTPUT = (ROOT / "docs/output.md").read_text(encoding="utf-8")
CI = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))


def run(*command: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project of the examples, as a repository."""
    source = fences(OUTPUT)[0]
    assert source.language == "python"
    (tmp_path / ".git").mkdir()
    (tmp_path / "app").mkdir()
    (tmp_path / "app/main.py").write_text(source.text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_are_what_is_written(name: str, project: Path) -> None:
    section = OUTPUT.split(f"\n### `{name}`\n")[1].split("\n### ")[0]
    (example,) = fences(section)
    result = command("check", "-q", "--no-cache", "--format", name, cwd=project)
    assert result.returncode == 1
    if example.language != "json" or name == "jsonl":
        assert example.text.rstrip("\n") == result.stdout.rstrip("\n")
    elif name == "sarif":
        assert [json.loads(example.text)] == json.loads(result.stdout)["runs"][0]["results"]
    else:
        assert json.loads(example.text) == json.loads(result.stdout)


def options_of(command: click.Command) -> set[str]:
    return {option for parameter in command.params for option in parameter.opts if option.startswith("-")}


def commands_in(text: str) -> Iterator[list[str]]:
    """The words of each ``fastapi-lint`` command in the blocks of a page."""
    for fence in fences(text):
        for found in re.findall(r"fastapi-lint ((?:check|routes|rule)\b[^\n|]*)", fence.text):
            yield shlex.split(found.split("||")[0])


@pytest.mark.parametrize("page", ["README.md", "docs/ci.md"])
def test_commands_and_their_options_exist(page: str) -> None:
    found = list(commands_in((ROOT / page).read_text(encoding="utf-8")))
    assert len(found) >= 4
    for name, *words in found:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        options = options_of(command)
        assert [word for word in words if word.startswith("-") and word not in options] == []
        formats = [value for option, value in zip(words, words[1:], strict=False) if option == "--format"]
        assert set(formats) <= set(NAMES)


def test_options_named_on_the_pages_exist() -> None:
    named = set(re.findall(r"`(--[a-z][a-z-]*)", OUTPUT + CI))
    assert named - options_of(check) == set()
    assert {"--output-file", "--statistics", "--quiet", "--color", "--exit-zero"} <= named


def test_links_to_files_and_headings_lead_somewhere() -> None:
    headings = {heading.strip("`").lower() for heading in re.findall(r"^#+ (.*)$", OUTPUT, re.M)}
    for target in re.findall(r"\]\((?!https:|\d)([^)]+)\)", OUTPUT + CI):
        assert target[1:] in headings if target.startswith("#") else (ROOT / "docs" / target).is_file(), target


def test_snippets_are_yaml() -> None:
    documents = [yaml.safe_load(fence.text) for fence in fences(CI) if fence.language == "yaml"]
    assert len(documents) == 4
    steps = [step for document in documents for job in document.get("jobs", {}).values() for step in job["steps"]]
    ours = [step for step in steps if step.get("uses", "").startswith("OWNER/fastapi-lint@")]
    assert ours and all(set(step.get("with", {})) <= set(ACTION["inputs"]) for step in ours)


def test_the_inputs_of_the_action_are_documented() -> None:
    documented = dict(re.findall(r"^\| `([a-z-]+)` \|\s*(?:`(.*?)`)?\s*\|", CI, re.M))
    assert documented == {name: field["default"] for name, field in ACTION["inputs"].items()}
    assert all(f"`{name}`" in CI for name in ACTION["outputs"])


def test_the_action_takes_inputs_from_the_environment_alone() -> None:
    """What stands in a script as ``${{ … }}`` is put in before the shell reads it, and so may be a command."""
    assert not any("${{" in step["run"] for step in ACTION["runs"]["steps"])


def checked(project: Path, paths: str = ".", args: str = "", name: str = "github", sarif: str = "") -> dict[str, Any]:
    """How the step of the action that checks ends."""
    program = project / "the program"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fastapi_lint "$@"\n')
    program.chmod(0o755)
    step = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    given = {
        "PROGRAM": str(program),
        "CHECK_PATHS": paths,
        "CHECK_ARGS": args,
        "CHECK_FORMAT": name,
        "SARIF_FILE": sarif,
    }
    assert set(step["env"]) == set(given)
    files = {"GITHUB_OUTPUT": project / "output", "GITHUB_STEP_SUMMARY": project / "summary"}
    for file in files.values():
        file.write_text("")
    named = {variable: str(file) for variable, file in files.items()}
    # As GitHub runs the steps whose shell is bash.
    ended = run("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], cwd=project, **given, **named)
    assert "Traceback" not in ended.stderr
    contents = {variable: file.read_text() for variable, file in files.items()}
    return {"status": ended.returncode, "log": ended.stdout, "errors": ended.stderr, **contents}


def test_the_action_annotates_and_sums_up(project: Path) -> None:
    ended = checked(project)
    assert ended["status"] == 1 and ended["GITHUB_OUTPUT"] == "exit-code=1\n"
    assert ended["log"].startswith("::warning file=app/main.py,line=10,")
    assert ended["GITHUB_STEP_SUMMARY"].startswith("## fastapi-lint\n\n1 finding in 1 file.")


def test_the_action_writes_sarif(project: Path) -> None:
    ended = checked(project, args="--exit-zero", sarif="out.sarif")
    assert ended["status"] == 0 and ended["GITHUB_OUTPUT"] == "exit-code=0\n"
    assert ended["log"].count("::warning") == 1 and ended["GITHUB_STEP_SUMMARY"].count("## fastapi-lint") == 1
    assert len(json.loads((project / "out.sarif").read_text())["runs"][0]["results"]) == 1


def test_the_action_passes_paths_and_options_on(project: Path) -> None:
    (project / "a folder; true").mkdir()
    (project / "a folder; true/broken.py").write_text("x = (\n")
    (project / "-broken.py").write_text("x = (\n")
    ended = checked(project, "a folder; true\n-broken.py\n", "--select FAL0\n  --no-cache", "concise")
    assert ended["status"] == 1
    assert [line.split(":")[0] for line in ended["log"].splitlines()] == ["-broken.py", "a folder; true/broken.py"]
    assert checked(project, "app", "--ignore  FAL501")["status"] == 0


def test_the_action_fails_when_the_check_cannot_be_done(project: Path) -> None:
    ended = checked(project, "nowhere", sarif="out.sarif")
    assert ended["status"] == 2 and ended["GITHUB_OUTPUT"] == "exit-code=2\n"
    assert ended["errors"].count("fastapi-lint: nowhere does not exist.") == 2
    assert checked(project, args="--selct")["status"] == 2
