"""The formats ``gitlab``, ``junit`` and ``rdjson``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from report_samples import ODD_SOURCE, OPEN, at, rendered, report_of

from fastapi_lint.diagnostics import Diagnostic, Edit, Fix, Severity
from fastapi_lint.report.findings import Report

PLACE = {"path": "app/items.py", "lines": {"begin": 6, "end": 6}}


def test_a_gitlab_issue(project: Path) -> None:
    (issue,) = json.loads(rendered("gitlab", report_of(project, [OPEN])))
    assert len(issue.pop("fingerprint")) == 32
    assert issue == {
        "type": "issue",
        "check_name": "FAL301",
        "description": "FAL301 [unauthenticated-route] POST /items needs no login",
        "severity": "major",
        "location": PLACE,
        "content": {
            "body": "note: the router is made without dependencies (app/items.py:3:10)\n"
            "note: elsewhere in the project, routes depend on `get_user`\n"
            "help: Add the dependency (may change what the application does)"
        },
        "other_locations": [{"path": "app/items.py", "lines": {"begin": 3, "end": 3}}],
    }


@pytest.mark.parametrize(("severity", "said"), [(Severity.WARNING, "minor"), (Severity.INFO, "info")])
def test_severities_of_gitlab(project: Path, severity: Severity, said: str) -> None:
    (issue,) = json.loads(rendered("gitlab", report_of(project, [replace(OPEN, severity=severity)])))
    assert issue["severity"] == said


def test_paths_of_gitlab_are_relative_to_the_repository(project: Path) -> None:
    (project / ".git").mkdir()
    (issue,) = json.loads(rendered("gitlab", report_of(project, [OPEN], project / "app")))
    assert issue["location"] == PLACE and "(app/items.py:3:10)" in issue["content"]["body"]


def test_a_junit_report(project: Path) -> None:
    plain = Diagnostic("FAL102", "delete-without-204", 'says "<no>" & ✗', at(3, 1, 7))
    text = rendered("junit", report_of(project, [OPEN, plain]))
    assert text.isascii()
    root = ElementTree.fromstring(text)
    assert root.attrib == {"name": "fastapi-lint", "tests": "2", "failures": "2", "errors": "0"}
    (suite,) = root
    assert suite.attrib["name"] == "app/items.py"
    first, second = suite
    assert first.attrib == {"name": "FAL301 [unauthenticated-route] 6:1", "classname": "app/items.py"}
    assert first[0].attrib == {"type": "FAL301 error", "message": "POST /items needs no login"}
    assert first[0].text == (
        "\napp/items.py:6:1: POST /items needs no login\n"
        "  |\n"
        '6 | @router.post("/items")\n'
        "  | ^^^^^^^^^^^^^^^^^^^^^^\n"
        "7 | def create_item(item: dict) -> dict:\n"
        "  |\n"
        "note: the router is made without dependencies (app/items.py:3:10)\n"
        "note: elsewhere in the project, routes depend on `get_user`\n"
        "help: Add the dependency (may change what the application does)\n"
    )
    assert second[0].attrib["message"] == 'says "<no>" & ✗'


def test_a_junit_report_of_a_clean_project_has_a_test_that_passed(project: Path) -> None:
    root = ElementTree.fromstring(rendered("junit", report_of(project, [])))
    assert root.attrib["tests"] == "1" and root.attrib["failures"] == "0"
    (suite,) = root
    (case,) = suite
    assert case.attrib["name"] == "no findings" and len(case) == 0


def test_an_rdjson_diagnostic(project: Path) -> None:
    document = json.loads(rendered("rdjson", report_of(project, [OPEN])))
    assert document["source"] == {"name": "fastapi-lint"}
    place = {"start": {"line": 3, "column": 10}, "end": {"line": 3, "column": 21}}
    assert document["diagnostics"] == [
        {
            "message": "[unauthenticated-route] POST /items needs no login\n"
            "note: elsewhere in the project, routes depend on `get_user`",
            "location": {
                "path": "app/items.py",
                "range": {"start": {"line": 6, "column": 1}, "end": {"line": 6, "column": 23}},
            },
            "severity": "ERROR",
            "code": {"value": "FAL301"},
            "related_locations": [
                {
                    "message": "the router is made without dependencies",
                    "location": {"path": "app/items.py", "range": place},
                }
            ],
            "suggestions": [{"range": place, "text": "APIRouter(x)"}],
        }
    ]


@pytest.mark.parametrize("redact", [False, True])
def test_columns_of_rdjson_count_bytes(tmp_path: Path, redact: bool) -> None:
    (tmp_path / "odd.py").write_text(ODD_SOURCE, encoding="utf-8", newline="")
    column = ODD_SOURCE.index("[1,") + 1
    diagnostics = [
        Diagnostic("FAL101", "x", "m", at(1, column, column + 6, "odd.py")),
        Diagnostic("FAL351", "x", "m", at(1, 5, 10, "odd.py"), redact=redact),
    ]
    first, second = json.loads(rendered("rdjson", report_of(tmp_path, diagnostics)))["diagnostics"]
    line = ODD_SOURCE.split("\n")[0].encode()
    place = first["location"]["range"]
    assert line[place["start"]["column"] - 1 : place["end"]["column"] - 1] == b"[1,\t2]"
    place = second["location"]["range"]
    assert line[place["start"]["column"] - 1 : place["end"]["column"] - 1].decode() == '"🦊\\t"'


def test_a_fix_that_a_suggestion_cannot_hold_is_none(project: Path) -> None:
    here, there = Edit("app/items.py", 40, 51, "x"), Edit("app/main.py", 0, 0, "x")
    for edits in ((here, here), (there,), (here, there)):
        fixed = replace(OPEN, fix=Fix("Mend it", safe=True, edits=edits))
        (diagnostic,) = json.loads(rendered("rdjson", report_of(project, [fixed])))["diagnostics"]
        assert "suggestions" not in diagnostic


def test_fingerprints_of_gitlab_differ_between_the_projects_of_a_repository(tmp_path: Path) -> None:
    findings = []
    for name in ("one", "two"):
        findings += report_of(tmp_path / name, [OPEN]).findings
    first, second = json.loads(rendered("gitlab", Report(findings, tmp_path)))
    assert first["fingerprint"] != second["fingerprint"]
