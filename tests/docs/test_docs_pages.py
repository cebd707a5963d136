"""Tests of what the generators make of a rule."""

from __future__ import annotations

import re

import pytest
from docs_sample import REGISTRY, PlainRule, SampleRule

from fastapi_lint.docs.coverage import coverage_problems, standards_page
from fastapi_lint.docs.rule_page import page_name, rule_page
from fastapi_lint.docs.rule_table import MarkerError, rule_table, with_rule_table
from fastapi_lint.docs.standards import CHAPTERS, STANDARDS, Standard
from fastapi_lint.docs.terminal import rule_text
from fastapi_lint.rules.registry import Registry


def test_page_has_all_sections_in_order() -> None:
    page = rule_page(SampleRule, REGISTRY)
    assert page.startswith("# FAL101 created-without-201\n\n<!-- Made by")
    assert re.findall(r"^## (.*)$", page, re.M) == [
        "What it does",
        "Why is this bad?",
        "Bad",
        "Good",
        "When not to use it",
        "Known limitations",
        "Fix safety",
        "Options",
        "How to silence it",
        "References",
    ]
    assert '```python\n@app.post("/items")\ndef create(): ...\n```' in page
    assert "| Standards | [API-6](../standards.md#api-6) |" in page
    assert "| Severity | error |" in page


def test_page_says_how_to_silence_what_can_be_silenced() -> None:
    def silencing(code: str) -> str:
        page = rule_page(type("Sample", (PlainRule,), {"code": code, "__doc__": PlainRule.__doc__}), REGISTRY)
        return page.partition("## How to silence it\n\n")[2]

    assert silencing("FAL102").startswith("On its line: `# noqa: FAL102` or `# fastapi-lint: ignore[plain-fault] why`.")
    assert silencing("FAL001").startswith("Exclude the file")
    assert silencing("FAL000").startswith("Not at all.")


def test_page_documents_options_from_the_metadata() -> None:
    page = rule_page(SampleRule, REGISTRY)
    assert "## Options\n\nTwo of them.\n\n| option |" in page
    assert '| `paths` | `list[str]` | `["/a", "/b"]` | Where. |' in page
    assert "[tool.fastapi-lint.rules.created-without-201]\nalways = false\n" in page
    assert "## Options" not in rule_page(PlainRule, REGISTRY)


def test_page_name() -> None:
    assert page_name(PlainRule) == "FAL102-plain-fault.md"


def test_rule_table() -> None:
    lines = rule_table(REGISTRY, pages="docs/rules").split("\n")
    assert lines[2] == (
        "| [FAL101](docs/rules/FAL101-created-without-201.md) | created-without-201 "
        "| A POST that creates a \\| resource answers 200. | on | unsafe |"
    )
    assert lines[3].endswith("| Another fault. | strict |  |")


def test_the_table_goes_between_the_markers() -> None:
    text = "a\n<!-- rules:begin -->\nold\n<!-- rules:end -->\nb\n"
    once = with_rule_table(text, "| new |")
    assert once == "a\n<!-- rules:begin -->\n| new |\n<!-- rules:end -->\nb\n"
    assert with_rule_table(once, "| new |") == once


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<!-- rules:begin -->",
        "<!-- rules:end --><!-- rules:begin -->",
        "<!-- rules:begin --><!-- rules:begin --><!-- rules:end -->",
        "<!-- rules:begin --><!-- rules:end --><!-- rules:end -->",
    ],
)
def test_faulty_markers_are_refused(text: str) -> None:
    with pytest.raises(MarkerError):
        with_rule_table(text, "")


def test_standards_page_links_rules_and_names_planned_ones() -> None:
    page = standards_page(REGISTRY)
    assert f"2 of {len(STANDARDS)} clauses" in page
    assert "| [FAL101](rules/FAL101-created-without-201.md) |" in page
    assert "| [FAL102](rules/FAL102-plain-fault.md), FAL103 |" in page
    assert "A way of working" in page
    assert all(f'<a id="{standard.lower()}"></a>{standard} |' in page for standard in STANDARDS)


def test_standards_are_well_formed() -> None:
    ids = [standard.id for chapter in CHAPTERS for standard in chapter.standards]
    assert len(ids) == len(set(ids)) == len(STANDARDS)
    for standard in STANDARDS.values():
        assert re.fullmatch(r"[A-Z]{2,3}-\d+", standard.id)
        assert all(re.fullmatch(r"FAL\d{3}", code) for code in standard.planned)
        assert len(set(standard.planned)) == len(standard.planned)


def test_coverage_problems() -> None:
    assert coverage_problems(REGISTRY) == []
    vague = type("Vague", (PlainRule,), {"standards": ("API-99",)})
    assert coverage_problems(Registry([vague])) == [
        "FAL102 plain-fault names the standard API-99, which does not exist",
        "FAL102 plain-fault is planned for API-7, but does not name it",
    ]


def test_a_clause_that_nothing_serves_says_why() -> None:
    def problems(standard: Standard) -> list[str]:
        return coverage_problems(Registry([]), {standard.id: standard})

    assert problems(Standard("API-1", "Text")) == ["no rule serves API-1, and it does not say why"]
    assert problems(Standard("API-1", "Text", note="Not in source code.")) == []
    assert problems(Standard("API-1", "Text", ("FAL101",))) == []


def test_terminal_text() -> None:
    text = rule_text(SampleRule, REGISTRY)
    assert text.startswith("FAL101 created-without-201\nA POST that creates a | resource answers 200.\n\nGroup:")
    assert '\nBad\n      @app.post("/items")\n      def create(): ...\n\nGood\n' in text
    assert '  - paths (list[str], default ["/a", "/b"]): Where.\n' in text
    assert "```" not in text and "\x1b" not in text
    assert text.endswith("  - RFC 9110\n")


def test_terminal_text_in_color_differs_by_color_only() -> None:
    colored = rule_text(SampleRule, REGISTRY, color=True)
    assert "\x1b[1mBad\x1b[0m" in colored
    assert re.sub(r"\x1b\[\d+m", "", colored) == rule_text(SampleRule, REGISTRY)
