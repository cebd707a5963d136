"""The format ``sarif``."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import pytest
from click.testing import CliRunner
from report_samples import ODD_NAMES, ODD_SOURCE, ODD_TEXTS, OPEN, at, odd_findings, rendered, report_of
from report_schemas import SARIF, validate

from fastapi_lint import __version__
from fastapi_lint.cli.main import cli
from fastapi_lint.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from fastapi_lint.report.findings import Report, printable
from fastapi_lint.rules.registry import load


def run_of(report: Report) -> dict[str, Any]:
    (run,) = json.loads(rendered("sarif", report))["runs"]
    return run


def result_of(project: Path, diagnostic: Diagnostic) -> dict[str, Any]:
    (result,) = run_of(report_of(project, [diagnostic]))["results"]
    return result


def test_a_run(project: Path) -> None:
    document = json.loads(rendered("sarif", report_of(project, [OPEN])))
    assert document["version"] == "2.1.0" and document["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("fastapi-lint", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"uri": f"{project.as_uri()}/"}}
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_result(project: Path) -> None:
    result = result_of(project, OPEN)
    assert len(result.pop("partialFingerprints")["fastapiLint/v1"]) == 32
    artifact = {"uri": "app/items.py", "uriBaseId": "%SRCROOT%"}
    router = {"startLine": 3, "startColumn": 10, "endLine": 3, "endColumn": 21}
    assert result == {
        "ruleId": "FAL301",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "POST /items needs no login\n[the router is made without dependencies](1)\n"
            "elsewhere in the project, routes depend on `get_user`"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": 6, "startColumn": 1, "endLine": 6, "endColumn": 23},
                }
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": artifact, "region": router},
                "message": {"text": "the router is made without dependencies"},
            }
        ],
        "fixes": [
            {
                "description": {"text": "Add the dependency"},
                "artifactChanges": [
                    {
                        "artifactLocation": artifact,
                        "replacements": [{"deletedRegion": router, "insertedContent": {"text": "APIRouter(x)"}}],
                    }
                ],
            }
        ],
        "properties": {"confidence": "medium"},
    }


@pytest.mark.parametrize(("severity", "level"), [(Severity.ERROR, "error"), (Severity.INFO, "note")])
def test_levels(project: Path, severity: Severity, level: str) -> None:
    assert result_of(project, replace(OPEN, severity=severity))["level"] == level


def test_the_rules_that_found_something_are_described(project: Path) -> None:
    registry = load()
    diagnostics = [Diagnostic(rule.code, rule.name, "found", at(1, 1, 2)) for rule in registry]
    diagnostics.append(Diagnostic("FAL999", "new", "found", at(1, 1, 2)))
    run = run_of(report_of(project, diagnostics[3:] + diagnostics[:5]))
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*(rule.code for rule in registry), "FAL999"]
    assert rules.pop() == {"id": "FAL999", "name": "new"}
    assert [run["results"][number]["ruleIndex"] for number in (0, 1)] == [3, 4]
    described = next(rule for rule in rules if rule["id"] == "FAL301")
    assert described["name"] == "unauthenticated-route"
    assert described["shortDescription"]["text"] == "A writing route of an application with authentication has none."
    assert described["fullDescription"]["text"].startswith("Reports a POST, PUT, PATCH or DELETE route when nothing")
    assert described["help"]["text"].startswith("Reports a POST, PUT, PATCH or DELETE route when nothing")
    for heading in ("What it does", "Why is this bad?", "Bad", "Good", "When not to use it", "Known limitations"):
        assert f"\n\n## {heading}\n\n" in described["help"]["markdown"]
    assert described["defaultConfiguration"] == {"level": "warning"}
    assert described["properties"] == {"tags": ["security"], "precision": "high", "problem.severity": "warning"}


def test_the_uris_are_those_of_the_files(tmp_path: Path) -> None:
    run = run_of(Report(odd_findings(tmp_path), tmp_path))
    base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    found = []
    for result in run["results"][:: len(ODD_TEXTS)]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        found.append(unquote_to_bytes(urlsplit(urljoin(base, uri)).path))
    assert found == [os.fsencode(os.path.normpath(tmp_path / name)) for name in ODD_NAMES]
    assert all(os.path.isfile(path) for path in found[:-1])


def test_paths_are_relative_to_the_repository(project: Path) -> None:
    (project / ".git").mkdir()
    run = run_of(report_of(project, [OPEN], project / "app"))
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "app/items.py", "uriBaseId": "%SRCROOT%"}
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == f"{project.as_uri()}/"


def test_files_outside_the_repository_have_absolute_uris(project: Path) -> None:
    (project / "other/.git").mkdir(parents=True)
    run = run_of(report_of(project, [OPEN], project / "other"))
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": (project / "app/items.py").as_uri()}


def test_the_root_of_everything_is_a_base() -> None:
    run = run_of(report_of(Path("/"), [], Path("/")))
    assert run["originalUriBaseIds"]["%SRCROOT%"]["uri"] == "file:///"


def test_a_finding_about_the_project_has_no_region(project: Path) -> None:
    failed = Diagnostic("FAL000", "internal-error", "it failed", at(1, 1, 2, "."))
    run = run_of(report_of(project, [failed]))
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": ".", "uriBaseId": "%SRCROOT%"}}
    assert run["invocations"] == [{"executionSuccessful": False}]


def test_links_lead_to_the_evidence_whatever_its_text(tmp_path: Path) -> None:
    findings = odd_findings(tmp_path)
    for finding, result in zip(findings, run_of(Report(findings, tmp_path))["results"], strict=True):
        links = re.findall(r"^\[((?:[^\\\[\]]|\\.)*)\]\((\d+)\)$", result["message"]["text"], re.M)
        read = [(re.sub(r"\\(.)", r"\1", text), int(number)) for text, number in links]
        text = printable(finding.diagnostic.message)
        assert read == [(text, 1), (f"again {text}", 2)]
        assert [location["id"] for location in result["relatedLocations"]] == [1, 2]


def flow(project: Path, *places: tuple[int, int, int]) -> list[int]:
    """The lines of the code flow of a finding in line 6 whose evidence stands at ``places``."""
    steps = tuple(Related("a step", at(*place)) for place in places)
    result = result_of(project, replace(OPEN, related=(*steps, Related("no place")), flow=True))
    ((thread,),) = [code_flow["threadFlows"] for code_flow in result["codeFlows"]]
    return [step["location"]["physicalLocation"]["region"]["startLine"] for step in thread["locations"]]


def test_a_path_of_execution_is_a_code_flow_that_passes_the_finding(project: Path) -> None:
    assert flow(project, (1, 1, 2), (3, 10, 21)) == [1, 3, 6]
    assert flow(project, (1, 1, 2), (6, 1, 23), (7, 1, 4)) == [1, 6, 7]
    assert "codeFlows" not in result_of(project, OPEN)


def test_fixes_name_the_characters_they_replace(tmp_path: Path) -> None:
    text = ODD_SOURCE.replace("\n", "\r\n")
    (tmp_path / "odd.py").write_text(text, encoding="utf-8", newline="")
    start = text.index('"名"')
    fix = Fix("Say more", safe=True, edits=(Edit("odd.py", start, start + 3, "'a'"), Edit("odd.py", 0, 0, "# x\n")))
    found = result_of(tmp_path, Diagnostic("FAL101", "x", "m", at(1, 1, 2, "odd.py"), fix=fix))
    (change,) = found["fixes"][0]["artifactChanges"]
    assert [tuple(replacement["deletedRegion"].values()) for replacement in change["replacements"]] == [
        (2, 10, 2, 13),
        (1, 1, 1, 1),
    ]


def test_what_is_silenced_is_there_with_its_suppression(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(
        "from fastapi import FastAPI\n"
        "app = FastAPI()\n"
        "@app.delete('/a')\n"
        "def a(): ...\n"
        "@app.delete('/b')  # noqa: FAL102\n"
        "def b(): ...\n"
    )
    runner, arguments = CliRunner(), [str(tmp_path), "--no-cache", "--format", "sarif"]
    first = runner.invoke(cli, ["check", *arguments])
    baseline = tmp_path / "known.json"
    runner.invoke(cli, ["baseline", "create", str(tmp_path), "--baseline", str(baseline)], catch_exceptions=False)
    again = runner.invoke(cli, ["check", *arguments, "--baseline", str(baseline)])
    kinds = []
    for result in (first, again):
        document = json.loads(result.stdout)
        validate(document, SARIF)
        results = document["runs"][0]["results"]
        kinds.append([(each["ruleId"], [own["kind"] for own in each.get("suppressions", [])]) for each in results])
    assert kinds == [[("FAL102", []), ("FAL102", ["inSource"])], [("FAL102", ["inSource"]), ("FAL102", ["external"])]]
