"""What holds for every format: whatever the findings, the output is what the format's readers take, and soon there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from report_commands import commands
from report_samples import OPEN, odd_findings, rendered, report_of
from report_schemas import FINDING, GITLAB, JSON, RDJSON, SARIF, Schema, validate

from fastapi_lint.report.findings import Report
from fastapi_lint.report.formats import FOR_PEOPLE, NAMES, renderer

Validate = Callable[[Any, Schema], None]
"""Fails when a document is not as its schema says."""


def read_json(text: str, validate: Validate) -> int:
    validate(document := json.loads(text), JSON)
    return len(document["findings"])


def read_jsonl(text: str, validate: Validate) -> int:
    lines = text.split("\n")
    assert lines.pop() == ""
    for line in lines:
        validate(json.loads(line), FINDING)
    return len(lines)


def read_sarif(text: str, validate: Validate) -> int:
    validate(document := json.loads(text), SARIF)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    return len(run["results"])


def read_gitlab(text: str, validate: Validate) -> int:
    validate(document := json.loads(text), GITLAB)
    assert len({issue["fingerprint"] for issue in document}) == len(document)
    return len(document)


def read_rdjson(text: str, validate: Validate) -> int:
    validate(document := json.loads(text), RDJSON)
    return len(document["diagnostics"])


def read_junit(text: str, validate: Validate) -> int:
    root = ElementTree.fromstring(text.encode())
    failures = len(root.findall("testsuite/testcase/failure"))
    assert root.tag == "testsuites" and int(root.attrib["failures"]) == failures
    for suite in root:
        cases = suite.findall("testcase")
        assert cases and suite.attrib["name"] and len(cases) == len(suite)
        assert int(suite.attrib["tests"]) == len(cases) and suite.attrib["errors"] == "0"
        assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
    return failures


def read_github(text: str, validate: Validate) -> int:
    found, others = commands(text)
    for kind in ("error", "warning", "notice"):
        assert sum(command.name == kind for command in found) <= 10
    listed = [line for line in others if line.startswith("- ")]
    assert len(others) == len(listed) + bool(listed)
    return len(found) + len(listed)


def read_concise(text: str, validate: Validate) -> int:
    return text.count("\n")


def read_grouped(text: str, validate: Validate) -> int:
    return sum(line.startswith("  ") and line.strip()[0].isdigit() for line in text.split("\n"))


def read_full(text: str, validate: Validate) -> int:
    return sum(line.startswith(("error[", "warning[", "info[")) for line in text.split("\n"))


READERS: dict[str, Callable[[str, Validate], int]] = {name: globals()[f"read_{name}"] for name in NAMES}
"""How each format is read; says how many findings there are."""


@pytest.mark.parametrize("name", NAMES)
def test_no_findings(name: str, tmp_path: Path) -> None:
    assert READERS[name](rendered(name, report_of(tmp_path, [])), validate) == 0


@pytest.mark.parametrize("name", NAMES)
def test_one_finding(name: str, project: Path) -> None:
    assert READERS[name](rendered(name, report_of(project, [OPEN])), validate) == 1


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_and_texts(name: str, tmp_path: Path) -> None:
    findings = odd_findings(tmp_path)
    assert READERS[name](rendered(name, Report(findings, tmp_path)), validate) == len(findings)


@pytest.mark.parametrize("name", NAMES)
def test_no_text_works_on_the_terminal(name: str, tmp_path: Path) -> None:
    text = rendered(name, Report(odd_findings(tmp_path), tmp_path))
    if name == "github":  # the runner takes the commands, and only shows their messages
        text = "\n".join(command.data for command in commands(text)[0])
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_findings_take_less_than_two_seconds(name: str, tmp_path: Path) -> None:
    report = Report(odd_findings(tmp_path, 10_000), tmp_path)
    start = time.process_time()
    text = rendered(name, report)
    assert time.process_time() - start < 2
    assert READERS[name](text, lambda document, schema: None) == 10_000  # the schema alone would take ten seconds


@pytest.mark.parametrize("name", NAMES)
def test_evidence_is_in_every_format_that_has_room_for_it(name: str, project: Path) -> None:
    text = rendered(name, report_of(project, [OPEN]))
    assert ("the router is made without dependencies" in text) is (name != "concise")
    assert ("elsewhere in the project, routes depend on `get_user`" in text) is (name != "concise")


@pytest.mark.parametrize("name", NAMES)
def test_only_what_people_read_is_coloured(name: str, project: Path) -> None:
    plain, coloured = (rendered(name, report_of(project, [OPEN], color=color)) for color in (False, True))
    assert "\x1b" not in plain
    assert ("\x1b" in coloured) is (name in FOR_PEOPLE)


@pytest.mark.parametrize("name", NAMES)
def test_a_format_imports_no_other(name: str) -> None:
    script = (
        "import sys\n"
        "from fastapi_lint.report.formats import NAMES, renderer\n"
        "renderer(sys.argv[1])\n"
        "print(*(name for name in NAMES if f'fastapi_lint.report.{name}' in sys.modules))\n"
        "print('libcst' in sys.modules, 'click' in sys.modules)\n"
    )
    result = subprocess.run([sys.executable, "-c", script, name], capture_output=True, text=True, check=True)
    loaded, heavy = result.stdout.splitlines()
    shares = {"jsonl": {"json"}, "github": {"concise"}}
    assert set(loaded.split()) == {name} | shares.get(name, set())
    assert heavy == "False False"


def test_every_format_has_a_reader_here() -> None:
    assert all(callable(renderer(name)) for name in READERS)
