"""Findings to report: an ordinary one, and odd ones of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from fastapi_lint.diagnostics import Confidence, Context, Diagnostic, Edit, Fix, Related, Severity, fingerprints
from fastapi_lint.engine.sources import SourceLines
from fastapi_lint.report.findings import Finding, Report
from fastapi_lint.report.formats import renderer
from fastapi_lint.report.redaction import RedactedLines
from fastapi_lint.text.location import Location, Position

SOURCE = """\
from fastapi import APIRouter

router = APIRouter()


@router.post("/items")
def create_item(item: dict) -> dict:
    return item
"""


def at(line: int, column: int, end_column: int, path: str = "app/items.py", end_line: int | None = None) -> Location:
    return Location(path, Position(line, column), Position(end_line or line, end_column))


OPEN = Diagnostic(
    code="FAL301",
    name="unauthenticated-route",
    message="POST /items needs no login",
    location=at(6, 1, 23),
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    related=(
        Related("the router is made without dependencies", at(3, 10, 21)),
        Related("elsewhere in the project, routes depend on `get_user`"),
    ),
    fix=Fix("Add the dependency", safe=False, edits=(Edit("app/items.py", 40, 51, "APIRouter(x)"),)),
)

ODD_NAMES = (
    "plain.py",
    "with space.py",
    "quote\"d'.py",
    "100%25.py",
    "::error::x.py",
    "a:b,c=d;e.py",
    "tab\tline\nreturn\r.py",
    "naïve 🦊 名.py",
    "caf\udce9.py",  # a byte that is not UTF-8
    "escape\x1b[31m\x07.py",
    "<&]]>.py",
    "##[error]x.py",
    "query?#fragment.py",
    "back\\slash|bar.py",
    "app/sub/../items.py",
)
ODD_TEXTS = (
    "quotes \" ' `code`",
    "50% of %0A, %25 and %",
    "::error file=x::y ##[error]z",
    "line\r\nline\nline\r",
    "fox 🦊, e\u0301, 名",
    "control \x00\x07\x08\x1b[31m\x7f\x85\u2028",
    "lone \ud800, \udfff and reversed \udd8a\ud83e",
    "left \u202e to right",
    "<b>&amp;</b> ]]> <!-- -->",
    "[text](1) {0} {item_id} \\[",
    "no characters \ufffe\uffff",
    "| a | b |",
    "@someone #1 http://example.org",
)
ODD_SOURCE = 'é = "🦊\\t", [1,\t2]  # \x1b[31m %0A ::error::\nsecond = "名"\n\nlast = 1\n'


def odd_findings(folder: Path, count: int | None = None) -> list[Finding]:
    """Findings with odd names and odd texts in every place, in files that exist; ``count`` of them if given."""
    for name in ODD_NAMES[:-1]:
        (folder / name).write_text(ODD_SOURCE, encoding="utf-8", newline="")
    diagnostics = [_odd(number, name, text) for number, (name, text) in enumerate(product(ODD_NAMES, ODD_TEXTS))]
    rounds = 1 if count is None else 1 + count // len(diagnostics)
    chosen = [replace(one, message=one.message + "." * number) for number in range(rounds) for one in diagnostics]
    return findings_in(folder, chosen[:count])


def _odd(number: int, name: str, text: str) -> Diagnostic:
    severities, confidences = list(Severity), list(Confidence)
    end_line = 1 + number % 2
    return Diagnostic(
        code=("FAL301", "FAL102", "FAL999")[number % 3],
        name="odd",
        message=text,
        location=at(1, 5, 9 if end_line == 1 else 4, name, end_line),
        severity=severities[number % len(severities)],
        confidence=confidences[number % len(confidences)],
        related=(Related(text, at(2, 1, 7, name)), Related(text), Related(f"again {text}", at(99, 1, 2, "gone.py"))),
        fix=Fix(text, safe=number % 2 == 0, edits=(Edit(name, 4, 6, text),)) if number % 4 == 0 else None,
        redact=number % 7 == 0,
        flow=number % 5 == 0,
    )


def findings_in(folder: Path, diagnostics: Sequence[Diagnostic]) -> list[Finding]:
    """Diagnostics about the files of a folder."""
    hidden = [diagnostic.location for diagnostic in diagnostics if diagnostic.redact]
    sources, known = RedactedLines(SourceLines(folder), hidden), fingerprints(diagnostics, _context)
    return [Finding(diagnostic, folder, sources, known) for diagnostic in diagnostics]


def _context(diagnostic: Diagnostic) -> Context:
    return Context("", f"line {diagnostic.location.line}")


def report_of(folder: Path, diagnostics: Sequence[Diagnostic], cwd: Path | None = None, color: bool = False) -> Report:
    """A report of diagnostics about the files of a folder."""
    return Report(findings_in(folder, diagnostics), cwd or folder, color)


def rendered(name: str, report: Report) -> str:
    """A report as the command writes it to a file."""
    text = "".join(f"{line}\n" for line in renderer(name)(report))
    return text.encode("utf-8", "backslashreplace").decode()
