"""The format ``sarif``: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

One run with the rules that found something and a result per finding. Paths are relative to the repository, which
``originalUriBaseIds`` places on this machine. The evidence is in ``relatedLocations``, and in the message as links to
these, since GitHub shows no other; where it is a path of execution, in ``codeFlows`` too. There are no snippets.
Findings that comments silence, or a baseline knows, are there with their ``suppressions``.

Columns count code points, as ``columnKind`` says. Braces in messages stay single although section 3.11.5 doubles them:
no viewer that we know makes them single again, and paths of routes are full of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from fastapi_lint import __version__
from fastapi_lint.diagnostics import Fix, Related
from fastapi_lint.engine.findings import WHOLE_PROJECT
from fastapi_lint.engine.outcome import INTERNAL_ERROR
from fastapi_lint.report.findings import Finding, Report, path_from, printable
from fastapi_lint.report.json_text import in_array, to_json
from fastapi_lint.report.repository import repository_root
from fastapi_lint.report.sarif_rules import LEVELS, descriptors
from fastapi_lint.text.location import Location, Position

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "fastapiLint/v1"
"""The name of our fingerprint among those of a result; another way to make it gets another version."""

_BASE = "%SRCROOT%"


def render(report: Report) -> Iterator[str]:
    """The document, a result per line."""
    base = repository_root(report.cwd)
    silenced = [each.finding for each in report.silenced]
    rules = descriptors(finding.diagnostic for finding in (*report.findings, *silenced))
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    failed = any(finding.diagnostic.code == INTERNAL_ERROR for finding in report.findings)
    yield f'{{"$schema": {to_json(SCHEMA)}, "version": "2.1.0", "runs": [{{'
    yield f'"tool": {to_json({"driver": {"name": "fastapi-lint", "version": __version__, "rules": rules}})},'
    yield f'"invocations": {to_json([{"executionSuccessful": not failed}])},'
    yield f'"originalUriBaseIds": {to_json({_BASE: {"uri": _folder_uri(base)}})},'
    yield '"columnKind": "unicodeCodePoints", "results": ['
    results = [_result(finding, index, base) for finding in report.findings]
    results += [
        {**_result(each.finding, index, base), "suppressions": [{"kind": "inSource" if each.in_source else "external"}]}
        for each in report.silenced
    ]
    yield from in_array(map(to_json, results))
    yield "]}]}"


def _result(finding: Finding, index: dict[str, int], base: Path) -> dict[str, Any]:
    found = finding.diagnostic
    located = [step for step in found.related if step.location is not None]
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index[found.code],
        "level": LEVELS[found.severity],
        "message": {"text": _message(found.message, found.related, located)},
        "locations": [{"physicalLocation": _physical(finding, found.location, base)}],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint.value},
        "properties": {"confidence": found.confidence.value},
    }
    if located:
        result["relatedLocations"] = [
            {"id": number, **_step(finding, step, base)} for number, step in enumerate(located, 1)
        ]
    if found.flow:
        steps = list(located)
        if found.location not in [step.location for step in located]:
            steps.append(Related(found.message, found.location))
        locations = [{"location": _step(finding, step, base)} for step in steps]
        result["codeFlows"] = [{"threadFlows": [{"locations": locations}]}]
    if found.fix is not None:
        result["fixes"] = [_fix(finding, found.fix, base)]
    return result


def _message(message: str, related: tuple[Related, ...], located: list[Related]) -> str:
    """The message, and the evidence line by line; what has a place as a link to it."""
    lines = [printable(message)]
    for step in related:
        text = printable(step.message)
        lines.append(text if step.location is None else f"[{_link_text(text)}]({located.index(step) + 1})")
    return "\n".join(lines)


def _link_text(text: str) -> str:
    """A text as it stands in a link (section 3.11.6)."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _step(finding: Finding, step: Related, base: Path) -> dict[str, Any]:
    assert step.location is not None
    return {"physicalLocation": _physical(finding, step.location, base), "message": {"text": step.message}}


def _physical(finding: Finding, place: Location, base: Path) -> dict[str, Any]:
    artifact = {"artifactLocation": _artifact(finding, place.path, base)}
    return artifact if place.path == WHOLE_PROJECT else {**artifact, "region": _region(place.start, place.end)}


def _artifact(finding: Finding, path: str, base: Path) -> dict[str, str]:
    relative = path_from(base, finding.root, path)
    if Path(relative).is_absolute():
        return {"uri": Path(relative).as_uri()}
    # A colon is quoted too: in the first segment it would end the name of a scheme (RFC 3986, section 4.2).
    return {"uri": quote_from_bytes(_encoded(relative), safe="/"), "uriBaseId": _BASE}


def _folder_uri(path: Path) -> str:
    uri = path.as_uri()
    return uri if uri.endswith("/") else f"{uri}/"


def _encoded(path: str) -> bytes:
    """The bytes of a path: of a file name that is not Unicode, those it has on the disk."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")


def _region(start: Position, end: Position) -> dict[str, int]:
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(finding: Finding, fix: Fix, base: Path) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        start, end = (finding.sources.position(edit.path, offset) for offset in (edit.start, edit.end))
        replacement = {"deletedRegion": _region(start, end), "insertedContent": {"text": edit.replacement}}
        changes.setdefault(edit.path, []).append(replacement)
    return {
        "description": {"text": fix.message},
        "artifactChanges": [
            {"artifactLocation": _artifact(finding, path, base), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }
