"""The formats ``json`` and ``jsonl``."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from report_samples import ODD_NAMES, ODD_TEXTS, OPEN, odd_findings, rendered, report_of

from fastapi_lint.report.findings import Report
from fastapi_lint.report.json_text import to_json


def test_all_that_is_known(project: Path) -> None:
    document = json.loads(rendered("json", report_of(project, [OPEN])))
    fingerprint = document["findings"][0].pop("fingerprint")
    assert len(fingerprint) == 32
    assert document == {
        "version": 1,
        "findings": [
            {
                "code": "FAL301",
                "name": "unauthenticated-route",
                "severity": "error",
                "confidence": "medium",
                "message": "POST /items needs no login",
                "path": "app/items.py",
                "start": {"line": 6, "column": 1},
                "end": {"line": 6, "column": 23},
                "related": [
                    {
                        "message": "the router is made without dependencies",
                        "path": "app/items.py",
                        "start": {"line": 3, "column": 10},
                        "end": {"line": 3, "column": 21},
                    },
                    {
                        "message": "elsewhere in the project, routes depend on `get_user`",
                        "path": None,
                        "start": None,
                        "end": None,
                    },
                ],
                "fix": {
                    "message": "Add the dependency",
                    "safe": False,
                    "edits": [{"path": "app/items.py", "start": 40, "end": 51, "replacement": "APIRouter(x)"}],
                },
            }
        ],
    }


def test_lines_hold_what_the_document_holds(project: Path) -> None:
    report = report_of(project, [OPEN, replace(OPEN, message="another")])
    lines = [json.loads(line) for line in rendered("jsonl", report).splitlines()]
    assert lines == json.loads(rendered("json", report))["findings"]


def test_names_and_texts_are_exact_but_for_lone_surrogates(tmp_path: Path) -> None:
    document = json.loads(rendered("json", Report(odd_findings(tmp_path), tmp_path)))
    expected = [(name.replace("app/sub/../", "app/"), text) for name, text in product(ODD_NAMES, ODD_TEXTS)]
    escaped = [tuple(part.encode("utf-8", "backslashreplace").decode() for part in parts) for parts in expected]
    assert [(found["path"], found["message"]) for found in document["findings"]] == escaped


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["a", 1, None, True], '["a", 1, null, true]'),
        ("🦊", '"\\ud83e\\udd8a"'),
        ("\udce9", '"\\\\udce9"'),
        ({"\ud800": "é\udfff"}, '{"\\\\ud800": "\\u00e9\\\\udfff"}'),
        ("\\ud800", '"\\\\ud800"'),
        ("\udd8a\ud83e", '"\\\\udd8a\\\\ud83e"'),
    ],
)
def test_text_that_is_not_unicode_is_escaped(value: object, text: str) -> None:
    assert to_json(value) == text
