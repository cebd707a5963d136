"""No report quotes what a finding asks to redact."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from report_samples import rendered, report_of

from fastapi_lint.diagnostics import Diagnostic
from fastapi_lint.engine.run import Request, run
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.report.findings import Report, findings_of
from fastapi_lint.report.formats import NAMES
from fastapi_lint.report.redaction import RedactedLines
from fastapi_lint.text.location import Location, Position

FIXTURE = Path(__file__).parents[2] / "fixtures/rules/FAL351-hardcoded-secret/by_form.py"
SOURCE = '''\
user = "shop"; password = "w8-Lq20z"
token = """Lq20y
Zx81wv
Pq77u"""; last = 1
'''


def diagnostic(start: tuple[int, int], end: tuple[int, int], redact: bool) -> Diagnostic:
    place = Location("app.py", Position(*start), Position(*end))
    return Diagnostic("FAL351", "hardcoded-secret", "a secret", place, redact=redact)


FINDINGS = [
    diagnostic((1, 27), (1, 37), redact=True),
    diagnostic((2, 9), (4, 9), redact=True),
    diagnostic((1, 1), (1, 5), redact=False),
    diagnostic((4, 11), (4, 15), redact=False),
]


@pytest.mark.parametrize("name", NAMES)
def test_no_format_shows_a_secret(name: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SOURCE)
    report = rendered(name, report_of(tmp_path, FINDINGS))
    for secret in ("Lq20z", "Lq20y", "Zx81wv", "Pq77u"):
        assert secret not in report


def test_only_the_secret_is_masked(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SOURCE)
    assert RedactedLines(SourceLines(tmp_path), [found.location for found in FINDINGS[:2]]).lines("app.py") == (
        'user = "shop"; password = **********',
        "token = ********",
        "******",
        "********; last = 1",
        "",
    )


def test_files_without_secrets_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SOURCE)
    sources = SourceLines(tmp_path)
    assert RedactedLines(sources, []).lines("app.py") is sources.lines("app.py")


@pytest.fixture(scope="module")
def found_secrets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, set[str]]:
    """What the linter finds in secrets of every form, and these."""
    folder = tmp_path_factory.mktemp("secrets")
    shutil.copy(FIXTURE, folder / "main.py")
    (result,) = run(Request((folder,), cache=False, jobs=1)).projects
    secrets = set()
    for found in result.diagnostics:
        if found.redact:
            (line, start), end = found.location.start, found.location.end
            text = result.sources.lines("main.py")[line - 1]
            secrets.add(text[start - 1 : end.column - 1 if end.line == line else None].strip("'\""))
    return Report(findings_of([result]), folder), secrets


@pytest.mark.parametrize("name", NAMES)
def test_no_format_shows_a_secret_that_was_found(name: str, found_secrets: tuple[Report, set[str]]) -> None:
    report, secrets = found_secrets
    assert len(secrets) >= 4
    text = rendered(name, report)
    if name == "sarif":
        text = json.dumps(json.loads(text)["runs"][0]["results"])  # the examples of the rule hold secrets of their own
    assert [secret for secret in secrets if secret in text] == []
